import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Statement } from "../../statement/statement.ts";
import type { Verdict } from "../../statement/verdict.ts";
import type { ObjectFile, Sysimage } from "../build-plan.ts";
import type { JudgedStatement } from "../statement-file.ts";
import type { Emitted } from "./emit.ts";

interface Record {
  readonly inputs: string;
  readonly judged: readonly { readonly digest: string; readonly verdict: Verdict; readonly reason: string }[];
}

export const keptFolder = (output: Sysimage): string => `${output}.unlinked`;

/** `inputs`: the digest of what it was made from. Whatever an earlier bake left there goes. */
export function keepObject(
  output: Sysimage,
  inputs: string,
  object: ObjectFile,
  judged: readonly JudgedStatement[],
): void {
  const folder = keptFolder(output);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const record: Record = {
    inputs,
    judged: judged.map(({ statement: { digest }, verdict, reason }) => ({ digest, verdict, reason })),
  };
  moveFile(object, join(folder, objectName));
  writeFileSync(join(folder, recordName), JSON.stringify(record));
}

/** Why there is nothing to resume, or what there is. */
export function keptObject(
  output: Sysimage,
  inputs: string,
  statements: readonly Statement[],
): Emitted | "nothing was left by a failed link" | "what was left is of another list or other options" {
  const folder = keptFolder(output);
  const object = join(folder, objectName) as ObjectFile;
  if (!existsSync(join(folder, recordName)) || !existsSync(object)) return "nothing was left by a failed link";
  const record = JSON.parse(readFileSync(join(folder, recordName), "utf8")) as Record;
  if (record.inputs !== inputs) return "what was left is of another list or other options";
  const byDigest = new Map<string, Statement>(statements.map((statement) => [statement.digest, statement]));
  const judged = record.judged.flatMap(({ digest, verdict, reason }) => {
    const statement = byDigest.get(digest);
    return statement === undefined ? [] : [{ statement, verdict, reason }];
  });
  return { object, judged };
}

export function forgetObject(output: Sysimage): void {
  rmSync(keptFolder(output), { recursive: true, force: true });
}

const objectName = "sysimage-o.a";
const recordName = "record.json";

/** Over file systems too. */
function moveFile(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch {
    copyFileSync(from, to);
    rmSync(from);
  }
}
