import type { DoctorOutcome } from "../commands/doctor.ts";
import type { SetupOutcome } from "../commands/setup.ts";
import { type Format, json, type Rendering } from "./rendering.ts";
import { table } from "./table.ts";

export function reportDoctor({ rows, canBuild }: DoctorOutcome, format: Format): Rendering {
  const exitCode = canBuild ? 0 : 3;
  if (format === "json") return { stdout: json({ rows, canBuild }), exitCode };
  const body = rows.map(({ item, verdict, found, mend }) => [
    item,
    verdict,
    mend === undefined ? found : `${found}\n→ ${mend}`,
  ]);
  const total = canBuild ? "a build can work\n" : "a build cannot work before the missing rows are mended\n";
  return {
    stdout: `${table(
      [
        ["item", "left"],
        ["verdict", "left"],
        ["found", "left"],
      ],
      body,
    )}\n${total}`,
    exitCode,
  };
}

export function reportSetup({ toolchain, installed }: SetupOutcome, format: Format): Rendering {
  const { julia, version, foundBy } = toolchain;
  if (format === "json") return { stdout: json({ julia, version: version.text, foundBy, installed }), exitCode: 0 };
  const how = installed ? "installed" : `found through ${foundBy}`;
  return { stdout: `Julia ${version.text} is ready: ${julia} (${how})\n`, exitCode: 0 };
}
