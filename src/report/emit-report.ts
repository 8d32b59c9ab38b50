import type { EmitOutcome } from "../commands/emit.ts";
import { counted, type Format, json, type Rendering } from "./rendering.ts";
import { table } from "./table.ts";

/** Standard output has the text, unless it went to a file; what was written goes to standard error. */
export function reportEmit({ form, files, output }: EmitOutcome, format: Format): Rendering {
  if (format === "json") {
    const written = files.map(({ path, package: name, statements }) => ({ path, package: name ?? null, statements }));
    return { stdout: json({ as: form, output: output ?? null, files: written }), exitCode: 0 };
  }
  if (format === "table") {
    const rows = files.map((file) => [file.path || (output ?? "-"), file.package ?? "", String(file.statements)]);
    const heads = [
      ["file", "left"],
      ["package", "left"],
      ["statements", "right"],
    ] as const;
    return { stdout: table(heads, rows), exitCode: 0 };
  }
  return { stdout: output === undefined ? files.map(({ text }) => text).join("") : "", exitCode: 0 };
}

/** `212 statements, in 3 files in precompile/`. */
export function emitSummary({ files, output }: EmitOutcome): string {
  const statements = files.reduce((sum, file) => sum + file.statements, 0);
  const [only] = files;
  const inFolder = only === undefined || only.path !== "";
  const place =
    output === undefined
      ? ""
      : inFolder
        ? `, in ${counted(files.length, "file")} in ${output}`
        : `, written to ${output}`;
  return `${counted(statements, "statement")}${place}`;
}
