import { expect, it } from "vitest";
import { readJuliaArguments } from "../../src/julia/julia-arguments.ts";

it.each<[string, { project?: string; sysimage?: string }]>([
  ["app.jl --project=x", {}],
  ["--project=x app.jl", { project: "x" }],
  ["--project app.jl", { project: "@." }],
  ["--project= app.jl", { project: "" }],
  ["-q --project=x -e code --project=y", { project: "y" }],
  ["-e --project=x --project=y", { project: "y" }],
  ["-J sys.so --project=x", { project: "x", sysimage: "sys.so" }],
  ["-Jsys.so", { sysimage: "sys.so" }],
  ["--sysimage sys.so app.jl", { sysimage: "sys.so" }],
  ["--sysimage=sys.so app.jl", { sysimage: "sys.so" }],
  ["-O3 -g 2 -O 1 --project=x", { project: "x" }],
  ["-t 4 --project=x", { project: "x" }],
  ["-t4 -- --project=x", {}],
  ["- --project=x", {}],
])("reads `%s` as Julia does", (line, read) => {
  expect(readJuliaArguments(line.split(" "))).toEqual(read);
});
