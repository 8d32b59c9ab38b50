import { globSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { type EmitContext, emit } from "../../src/analysis/emit.ts";
import { emitForms } from "../../src/analysis/emit-form.ts";
import { compileTime, type Measurements, recompiles } from "../../src/analysis/measurement.ts";
import { packageOf } from "../../src/analysis/package-of.ts";
import { joined, type SetMember, type StatementSet } from "../../src/analysis/statement-set.ts";
import type { StatementDigest } from "../../src/statement/statement.ts";
import { ingest } from "../../src/trace/ingest.ts";
import { isModuleRelative, moduleOfFile } from "../../src/trace/module-names.ts";
import { corpora } from "../corpora.ts";
import { Rig, repository } from "../rig.ts";
import { call, type Seen, setOf, statementFrom } from "../samples.ts";

const context: EmitContext = {
  tool: "preimage 0.0.0",
  isModuleRelative: ({ tree }) => isModuleRelative(tree),
};

/** The statements of files, as `import` reads them; `trouble`: what it says of the others. */
function read(paths: readonly string[]): { set: StatementSet; trouble: string[] } {
  const members = new Map<StatementDigest, SetMember>();
  const trouble: string[] = [];
  for (const path of paths) {
    const sink = {
      sighting: ({ digest, canonical, compileMs, recompile }: Parameters<Sink["sighting"]>[0]) => {
        const measured: Measurements =
          compileMs === undefined && !recompile
            ? undefined
            : [{ source: path, compileMs, recompiles: recompile ? 1 : 0 }];
        const member = { digest, canonical, runs: [], printedWithHash: false, measured };
        const known = members.get(digest);
        members.set(digest, known === undefined ? member : joined(known, member, true));
      },
      damage: ({ code, message }: Parameters<Sink["damage"]>[0]) => void trouble.push(`${code} ${message}`),
      repeated: () => {},
    };
    ingest([path], sink, { origin: { moduleOfPackage: moduleOfFile(path) } });
  }
  return { set: { label: "x", members, runs: [] }, trouble };
}
type Sink = Parameters<typeof ingest>[1];

const told = ({ members }: StatementSet) =>
  [...members.values()]
    .map(({ canonical, measured }) => [canonical, compileTime(measured, "max"), recompiles(measured) > 0])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));

const files = [
  ...globSync("corpora/{traces/*,statements/accepted}/*.jl", { cwd: repository }).map((file) => join(repository, file)),
  ...(corpora === undefined
    ? []
    : [
        ...globSync("julia-*/*.jl", { cwd: corpora }),
        ...globSync("julia-*/stdlib-tests/*.jl", { cwd: corpora }).slice(0, 3),
        ...globSync("*.jl", { cwd: corpora }).filter((_, index) => index % 20 === 0),
      ].map((file) => join(corpora ?? "", file))),
];

describe.each(emitForms)("what is emitted as %s", (form) => {
  it(`is read back whole, over ${files.length} files`, () => {
    expect(files.length).toBeGreaterThan(10);
    const rig = new Rig();
    const lost: unknown[] = [];
    for (const file of files) {
      const { set } = read([file]);
      const written = emit(form, set, context).map(({ path, text }) => {
        const target = rig.path(path === "" ? "emitted.jl" : path.replace("/", "-"));
        writeFileSync(target, text);
        return target;
      });
      const back = read(written);
      const trouble = back.trouble.filter((message) => !message.startsWith("PI115"));
      if (trouble.length > 0 || JSON.stringify(told(back.set)) !== JSON.stringify(told(set)))
        lost.push([basename(file), trouble.slice(0, 3), told(set).length, told(back.set).length]);
    }
    expect(lost).toEqual([]);
  });
});

const seen: readonly Seen[] = [
  [call("Base.map", "typeof(App.area)", "Array{Dep.Shape, 1}"), 1, 2],
  [call("Base.sum", "Array{Float64, 1}"), 1],
  [call("App.run", "Base.GenericIOBuffer{Memory{UInt8}}"), 1],
  [call("Main.f", "App.Model"), 2],
  [call("update!", "Int64"), 1],
  [call("App.area", "closuretype(which(Tuple{typeof(App.area), Any}), 1)"), 1],
];
const set = setOf("x", seen);
const timed: StatementSet = {
  ...set,
  members: new Map(
    [...set.members].map(([digest, member]) => [
      digest,
      member.canonical.includes("App.run")
        ? { ...member, measured: [{ source: "x", compileMs: 33.5, recompiles: 2 }] }
        : member,
    ]),
  ),
};

it.each(emitForms)("the form of %s", async (form) => {
  const text = emit(form, timed, context)
    .map((file) => `${file.path === "" ? "" : `--- ${file.path} (${file.package}: ${file.statements})\n`}${file.text}`)
    .join("");
  await expect(text).toMatchFileSnapshot(join(repository, "corpora", "statements", "emitted", `${form}.expected`));
});

it.each(emitForms)("a look-up is read back with its time from the form of %s", (form) => {
  const lookUp = statementFrom(call("App.area", "closuretype(which(Tuple{typeof(App.area), Any}), 1)"));
  const members = [...timed.members.values()].map((member) =>
    member.digest === lookUp.digest
      ? { ...member, measured: [{ source: "x", compileMs: 7.25, recompiles: 1 }] }
      : member,
  );
  const whole = { ...timed, members: new Map(members.map((member) => [member.digest, member])) };
  const rig = new Rig();
  const written = emit(form, whole, context).map(({ path, text }, index) => {
    const target = rig.path(path === "" ? "emitted.jl" : path.replace("/", `-${index}-`));
    writeFileSync(target, text);
    return target;
  });
  expect(told(read(written).set)).toEqual(told(whole));
});

describe("the package of a statement", () => {
  it.each([
    [call("App.Inner.f", "Dep.X"), "App"],
    [call("Base.map", "Dates.Day", "Dep.X", "App.Y"), "Dep"],
    [call("Dates.format", "App.Time"), "App"],
    [call("Base.sum", "Dates.Day"), "Base"],
    [call("App.f", "Main.X"), "Main"],
    ["precompile(Tuple{Type{CSV.File}, String})", "CSV"],
    ["precompile(Tuple{})", "Base"],
  ])("%s: %s", (line, name) => expect(packageOf(statementFrom(line))).toBe(name));

  it("never chooses where a file is written", () => {
    const hostile = setOf("x", [
      [`precompile(Tuple{typeof(var"../../evil".f), Int64})`],
      [`precompile(Tuple{typeof(var"/etc".f)})`],
    ]);
    for (const form of ["precompiletools", "snoopcompile"] as const)
      expect(emit(form, hostile, context).map(({ path }) => path.replace("/precompile.jl", ""))).toEqual([
        expect.stringMatching(/^(?:precompile_)?unknown(?:\.jl)?$/),
      ]);
  });
});
