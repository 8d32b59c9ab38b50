import { describe, expect, it } from "vitest";
import { countReasons, type PackagesOf, type PruneFilters, prune, statementOfText } from "../../src/analysis/prune.ts";
import type { Leads } from "../../src/statement/look-up.ts";
import type { RunId } from "../../src/statement/provenance.ts";
import { writtenText } from "../../src/statement/statement.ts";
import { call, type Seen, setOf, statementFrom } from "../samples.ts";

const nobodyKnows: PackagesOf = () => undefined;
const sin = call("Base.sin", "Float64");

/** What goes, each with its reason; the rest stays. */
function dropped(
  lines: readonly (string | Seen)[],
  filters: PruneFilters,
  packagesOf = nobodyKnows,
): Record<string, string> {
  const set = setOf(
    "x",
    lines.map((line): Seen => (typeof line === "string" ? [line, 1] : line)),
  );
  const pruned = prune(set, filters, packagesOf);
  expect(pruned.kept.length + pruned.dropped.length).toBe(set.members.size);
  return Object.fromEntries(pruned.dropped.map(({ member, reason }) => [member.canonical, reason]));
}

const canonical = (line: string): string => statementFrom(line).canonical;

describe("without a filter", () => {
  it("everything stays, in the order of its text", () => {
    const lines = [sin, call("Main.f", "Int64"), 'precompile(Tuple{Main.var"#1#2", Int64})'];
    const pruned = prune(
      setOf(
        "x",
        lines.map((line): Seen => [line, 1]),
      ),
      {},
      nobodyKnows,
    );
    expect(pruned.dropped).toEqual([]);
    expect(pruned.kept.map((statement) => statement.canonical)).toEqual(lines.map(canonical).sort());
  });

  it("an empty set stays empty", () => {
    expect(prune(setOf("x", []), { portable: "strict", minRuns: 2 }, nobodyKnows)).toEqual({ kept: [], dropped: [] });
  });
});

describe("what cannot be named elsewhere", () => {
  it.each([
    ["a closure", 'precompile(Tuple{Base.var"#6#7", Int64})', "closure"],
    ["a generator", 'precompile(Tuple{Base.var"##s52#36", Int64})', "generator"],
    ["the body of a keyword method", 'precompile(Tuple{typeof(Base.var"##sprint#355"), Int64})', "keyword-body"],
    ["a gensym among the parameters", 'precompile(Tuple{typeof(Base.f), Val{Symbol("##291")}})', "gensym-value"],
    ["a literal that lost its value", "precompile(Tuple{typeof(Base.f), Val{Dates.Hour(value=1)}})", "lossy-literal"],
    ["what the script defined", call("Main.f", "Int64"), "belongs to the script"],
    ["a closure of the script", 'precompile(Tuple{Main.var"#6#7", Int64})', "belongs to the script"],
  ])("goes: %s", (_, line, reason) => {
    expect(dropped([line, sin], { portable: "names" })).toEqual({ [canonical(line)]: reason });
    expect(dropped([line, sin], { portable: "strict" })).toEqual({ [canonical(line)]: reason });
  });

  it("is not a name with # that is the same in every session", () => {
    const lines = [
      'precompile(Tuple{Base.var"#sort##kw", Int64})',
      'precompile(Tuple{typeof(Test.var"#@testset"), Int64})',
    ];
    expect(dropped(lines, { portable: "names" })).toEqual({});
    const reasons = Object.values(dropped(lines, { portable: "strict" }));
    expect(reasons).toEqual(["name with #", "name with #"]);
  });
});

describe("what belongs to the script", () => {
  const mine = call("Main.f", "Int64");
  const module = call("Work.f", "Int64");
  const loaded: PackagesOf = () => new Set(["Base", "Core", "Main", "Dates"]);

  it("goes where that is asked for, and gensyms stay", () => {
    const closure = 'precompile(Tuple{Base.var"#6#7", Int64})';
    expect(dropped([mine, closure, sin], { dropMain: true })).toEqual({ [mine]: "belongs to the script" });
  });

  it("is also a module that no package was loaded for, where the runs can say", () => {
    const lines = [module, call("Dates.now"), sin];
    expect(dropped(lines, { dropMain: true }, loaded)).toEqual({ [module]: "belongs to the script" });
    expect(dropped(lines, { portable: "names" }, loaded)).toEqual({ [module]: "belongs to the script" });
  });

  it("is given the benefit of the doubt where one of the runs could not say", () => {
    const second: PackagesOf = (run) => (run === 1 ? new Set(["Base"]) : undefined);
    expect(dropped([[module, 1, 2]], { dropMain: true }, second)).toEqual({});
    expect(dropped([[module, 1]], { dropMain: true }, second)).toEqual({ [module]: "belongs to the script" });
    expect(dropped([[module]], { dropMain: true }, loaded)).toEqual({});
  });

  it("is not what a package of any of the runs has", () => {
    const packages: PackagesOf = (run) => new Set(run === 1 ? ["Base"] : ["Base", "Work"]);
    expect(dropped([[module, 1, 2]], { dropMain: true }, packages)).toEqual({});
    expect(dropped([[module, 1]], { dropMain: true }, packages)).toEqual({ [module]: "belongs to the script" });
  });
});

it("a name is looked up only where the Julia that was asked had printed it", () => {
  const asked = 'precompile(Tuple{Foo.var"#3#4"{Int64}, Int64})';
  const other = 'precompile(Tuple{Foo.var"#3#4"{Float64}, Int64})';
  const leads: Leads = new Map([
    ['Foo.var"#3#4"', { form: "closure", number: 1, signature: "Tuple{typeof(Foo.run)}" }],
  ]);
  const set = setOf("x", [
    [asked, 1],
    [other, 2],
  ]);
  const filters: PruneFilters = {
    portable: "names",
    leads: ({ runs }) => (runs.includes(1 as RunId) ? leads : undefined),
  };
  const { kept, dropped: gone, lookedUp } = prune(set, filters, nobodyKnows);
  expect(kept.map((statement) => statement.canonical)).toEqual([
    "precompile(Tuple{closuretype(which(Tuple{typeof(Foo.run)}), 1){Int64}, Int64})",
  ]);
  expect([gone.map(({ member }) => member.canonical), lookedUp]).toEqual([[other], 1]);
});

describe("seen in too few runs", () => {
  const lines: readonly Seen[] = [[call("A.f"), 1, 2], [call("B.f"), 1], [call("C.f")]];

  it.each([
    [1, []],
    [2, ["B", "C"]],
    [3, ["A", "B", "C"]],
  ])("fewer than %i goes", (minRuns, gone) => {
    const reason = `in fewer than ${minRuns} runs`;
    expect(dropped(lines, { minRuns })).toEqual(Object.fromEntries(gone.map((owner) => [call(`${owner}.f`), reason])));
  });
});

describe("owners", () => {
  const owners = ["Base", "Base.Iterators", "Dates", "DataFrames", "Core"];
  const lines = owners.map((owner) => call(`${owner}.f`, "Int64"));
  const left = (filters: PruneFilters): string[] => {
    const gone = dropped(lines, filters);
    return owners.filter((owner) => !(call(`${owner}.f`, "Int64") in gone));
  };

  it.each([
    [["Base"], ["Base"]],
    [["Base*"], ["Base", "Base.Iterators"]],
    [["Base.*"], ["Base.Iterators"]],
    [["Da*"], ["Dates", "DataFrames"]],
    [["*s"], ["Base.Iterators", "Dates", "DataFrames"]],
    [["D*s"], ["Dates", "DataFrames"]],
    [
      ["Dates", "Core"],
      ["Dates", "Core"],
    ],
    [["*"], owners],
    [["base"], []],
    [["B.se"], []],
    [["(Base|Core)"], []],
    [["Base?"], []],
    [[], owners],
  ])("%j keeps %j", (patterns, kept) => {
    expect(left({ owners: patterns })).toEqual(kept);
  });

  it.each([
    [["Base*"], ["Dates", "DataFrames", "Core"]],
    [["*"], []],
    [[], owners],
  ])("excluding %j keeps %j", (patterns, kept) => {
    expect(left({ excludedOwners: patterns })).toEqual(kept);
  });

  it("asked for and excluded are both heard, and told apart", () => {
    expect(dropped(lines, { owners: ["Base*", "Core"], excludedOwners: ["Base.*"] })).toEqual({
      [call("Base.Iterators.f", "Int64")]: "owner excluded",
      [call("Dates.f", "Int64")]: "owner not asked for",
      [call("DataFrames.f", "Int64")]: "owner not asked for",
    });
  });
});

describe("a list for another Julia", () => {
  const sorter =
    'precompile(Tuple{Base.var"#sort##kw", NamedTuple{(:rev,), Tuple{Bool}}, typeof(Base.sort), Array{Int64, 1}})';
  const kwcall =
    "precompile(Tuple{typeof(Core.kwcall), NamedTuple{(:rev,), Tuple{Bool}}, typeof(Base.sort), Array{Int64, 1}})";
  const buffer = "precompile(Tuple{typeof(Base.print), Base.GenericIOBuffer{Array{UInt8, 1}}, String})";
  const listFor = (minor: number, lines: readonly string[]) =>
    prune(
      setOf(
        "x",
        lines.map((line): Seen => [line, 1]),
      ),
      { release: { major: 1, minor } },
      nobodyKnows,
    );

  it("is written in its words, in the order of their text", () => {
    const { kept, dropped, rewritten } = listFor(12, [sin, sorter]);
    expect(kept.map(({ canonical }) => canonical)).toEqual([sin, kwcall].sort());
    expect({ dropped, rewritten }).toEqual({ dropped: [], rewritten: 1 });
  });

  it("has no room for what that Julia does not have", () => {
    const { kept, dropped, rewritten } = listFor(12, [buffer]);
    expect({ kept, rewritten }).toEqual({ kept: [], rewritten: 0 });
    expect(dropped).toMatchObject([{ reason: "IO buffer (another from Julia 1.11 on)", cannotCross: true }]);
  });

  it("says once what two Julias say in two ways", () => {
    const { kept, dropped } = listFor(12, [sorter, kwcall]);
    expect(kept.map(({ canonical }) => canonical)).toEqual([kwcall]);
    expect(dropped.map(({ reason }) => reason)).toEqual(["same as another"]);
  });
});

describe("repairs that are turned off", () => {
  const line = 'precompile(Tuple{typeof(Base.f), Base.Val{Char(0x78000000)}, Base.Val{Symbol("a\\b")}, Vector{Int64}})';
  const written = (...off: string[]): string[] => {
    const set = setOf("x", [[line, 1]]);
    const [member] = set.members.values();
    if (member === undefined) throw new Error("no member");
    const members = new Map([[member.digest, { ...member, spelling: line }]]);
    const { kept } = prune({ ...set, members }, { repairsOff: new Set(off) }, nobodyKnows);
    expect(kept.map(({ digest }) => digest)).toEqual([member.digest]);
    for (const text of kept.map(writtenText)) expect(statementFrom(text).digest).toBe(member.digest);
    return kept.map(writtenText);
  };

  it("leave what Julia printed, of the same statement", () => {
    expect(written()).toEqual([canonical(line)]);
    expect(written("infinity")).toEqual([canonical(line)]);
    expect(written("char-bits")).toEqual([
      canonical(line).replace("reinterpret(Char, 0x78000000)", "Char(0x78000000)"),
    ]);
    expect(written("char-bits", "bare-symbol")).toEqual([
      'precompile(Tuple{typeof(Base.f), Base.Val{Char(0x78000000)}, Base.Val{Symbol("a\\b")}, Array{Int64, 1}})',
    ]);
  });
});

describe("reasons", () => {
  it("are counted, most first, and by name where there are as many", () => {
    const lines = [
      call("Main.f"),
      call("Main.g"),
      'precompile(Tuple{Base.var"#6#7"})',
      'precompile(Tuple{Base.var"##s5#6"})',
    ];
    const pruned = prune(
      setOf(
        "x",
        lines.map((line): Seen => [line, 1]),
      ),
      { portable: "names" },
      nobodyKnows,
    );
    expect(countReasons(pruned)).toEqual([
      ["belongs to the script", 2],
      ["closure", 1],
      ["generator", 1],
    ]);
  });

  it("are one for each statement, the first that applies", () => {
    const line = 'precompile(Tuple{Main.var"#6#7", Int64})';
    expect(dropped([line], { minRuns: 2, owners: ["Base"], portable: "strict" })).toEqual({
      [canonical(line)]: "in fewer than 2 runs",
    });
  });
});

it("a text that is no statement is no canonical text", () => {
  expect(() => statementOfText("hello")).toThrow("hello");
});
