import { describe, expect, it } from "vitest";
import { type PycallRequest, pycallStages } from "../../src/commands/build-pycall.ts";
import { pycallCommand } from "../../src/julia/pycall.ts";
import { Rig } from "../rig.ts";
import { version } from "../toolchains.ts";

const request: PycallRequest = {
  sets: ["run:app"],
  editorTask: true,
  executeTrace: [],
  transitive: true,
  juliaArgs: [],
  force: false,
  unchecked: false,
  target: {
    as: "sysimage",
    output: "images/pycall.so",
    cpuTarget: "generic",
    incremental: true,
    filterStdlibs: false,
    importIntoMain: false,
    compress: false,
    fast: false,
    script: "more.jl",
    resume: false,
  },
  packages: [],
  julia: "julia",
  python: "/usr/bin/python3",
  includeQuarantined: true,
  failOn: ["failed"],
};

describe("the image for PyJulia", () => {
  it("is one stage before Julia 1.5", () => {
    expect(pycallStages(request, { version: version("1.4.2") }, "/cache/pycall")).toMatchSnapshot();
  });

  it.each(["1.5.3", "1.12.5"])("has a bare image for its base on Julia %s", (text) => {
    expect(pycallStages(request, { version: version(text) }, "/cache/pycall")).toMatchSnapshot();
  });

  it("holds the packages that are named beside PyCall", () => {
    const more = { ...request, packages: ["PyCall", "PyPlot"] };
    const stages = pycallStages(more, { version: version("1.10.8") }, "/cache/pycall");
    expect(stages.map(({ packages }) => packages)).toEqual([[], ["PyCall", "PyPlot"]]);
  });

  it("has PyCall from a project of its own, built for a Python where one is named", () => {
    expect(pycallCommand("julia", "/cache/pycall", undefined).args.slice(2)).toEqual([
      "--project=/cache/pycall",
      expect.stringMatching(/pycall\.jl$/),
    ]);
    expect(pycallCommand("julia", "/cache/pycall", "/usr/bin/python3").args.at(-1)).toBe("/usr/bin/python3");
  });
});

describe("build --pycall", () => {
  it.each([
    ["build --pycall --project . -o a.so", "a project of its own"],
    ["build --python python3 list.jl -o a.so", "belongs to --pycall"],
  ])("%s is refused as a slip", async (words, said) => {
    const done = await new Rig().run(words.split(" "));
    expect(done).toMatchObject({ status: 2, stderr: expect.stringContaining(said) });
  });

  it("names a Python that is not there", async () => {
    const done = await new Rig().run(["build", "--pycall", "--python", "no-such-python", "-o", "a.so"]);
    expect(done).toMatchObject({ status: 2, stderr: expect.stringContaining("PI918") });
  });
});
