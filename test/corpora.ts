import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../shared/corpora", import.meta.url));

/** Real traces, which are too large to be part of the project; undefined where they are not at hand. */
export const corpora: string | undefined = existsSync(folder) ? folder : undefined;

if (corpora === undefined) console.warn(`tests over real traces are skipped: ${folder} is not here`);
