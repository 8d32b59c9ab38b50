import { utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { workloadKey } from "../../src/commands/predictions.ts";
import { tempFolder } from "../temp-folder.ts";

it("a prediction holds for the script, what may be included beside it, its arguments and the files they name", () => {
  const folder = tempFolder();
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const script = write("app.jl", "1");
  const data = write("data.csv", "a");
  const key = (...args: readonly string[]): string => workloadKey("pipe", [script, data, ...args]);
  const first = key();
  expect(key()).toBe(first);
  expect(key("--fast")).not.toBe(first);
  expect(workloadKey("tty", [script, data])).not.toBe(first);
  utimesSync(data, 1, 1);
  const touched = key();
  write("part.jl", "2");
  const beside = key();
  write("app.jl", "3");
  expect(new Set([first, touched, beside, key()]).size).toBe(4);
});
