import { readdirSync, realpathSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { type ContentDigest, contentHash, digestFile } from "../support/hashing.ts";

/** What a package's compiled code is made of; tests, documents and what stands beside them are not. */
const parts = ["JuliaProject.toml", "Project.toml", "Artifacts.toml", "src", "ext", "deps"];

/**
 * SHA-256 over names and contents of the files that a developed package is made of. Undefined where nothing stands at
 * `path` any more. Throws what reading a file throws.
 */
export function sourceDigest(path: string): ContentDigest | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  const files = stat.isFile() ? [path] : parts.flatMap((part) => filesBelow(join(path, part), new Set()));
  const hash = contentHash();
  for (const file of files) {
    const name = stat.isFile() ? basename(file) : relative(path, file);
    hash.add(Buffer.from(`${name}\0${digestFile(file)}\n`));
  }
  return hash.digest();
}

/** In the order of their names. What begins with a dot is an editor's or git's; a link may lead round in a circle. */
function filesBelow(path: string, above: ReadonlySet<string>): string[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile()) return [path];
  if (!stat?.isDirectory()) return [];
  const real = realpathSync(path);
  if (above.has(real)) return [];
  const within = new Set([...above, real]);
  const names = readdirSync(path).filter((name) => !name.startsWith("."));
  return names.sort().flatMap((name) => filesBelow(join(path, name), within));
}
