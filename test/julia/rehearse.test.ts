import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { Rig, workloads } from "../rig.ts";
import { realToolchain } from "./toolchain.ts";

beforeAll(async () => {
  await realToolchain();
});

interface Rehearsal {
  readonly verdicts: Readonly<Record<string, number>>;
  readonly residual: readonly { readonly statement: string; readonly cause: string }[];
  readonly compileMs: number;
  readonly known: number;
  readonly statements: readonly { readonly statement: string; readonly verdict: string; readonly reason: string }[];
}

interface Search {
  readonly rounds: readonly { readonly statements: number; readonly residual: number }[];
  readonly kept: readonly {
    readonly statement: string;
    readonly origin: string;
    readonly weight: number;
    readonly compileMs: number;
  }[];
  readonly dropped: readonly { readonly statement: string; readonly reason: string }[];
  readonly cut: readonly string[];
  readonly curve: readonly { readonly statements: number; readonly savedMs: number }[];
  readonly residual: readonly { readonly statement: string; readonly cause: string }[];
}

const sum = "precompile(Tuple{typeof(Base.sum), Array{Float64, 1}})";
const wide = "precompile(Tuple{typeof(Base.count), Function, Array{Float16, 1}})";

/** Calls `count` of a function and a vector: what is compiled for it is compiled for any function. */
const workload = "x = Float16[1, 2]; count(isnan, x); sum([1.0, 2.0]); reverse(Float16[1])\n";

/** A project that is a package of this name, with such code. */
function packageOf(rig: Rig, name: string, code: string): string {
  const folder = rig.path(name);
  mkdirSync(join(folder, "src"), { recursive: true });
  writeFileSync(
    join(folder, "Project.toml"),
    `name = "${name}"\nuuid = "3f1c1d0e-0000-4000-8000-00000000dead"\nversion = "0.1.0"\n`,
  );
  writeFileSync(join(folder, "Manifest.toml"), "");
  writeFileSync(join(folder, "src", `${name}.jl`), `module ${name}\n${code}\nend\n`);
  return folder;
}

describe("a rehearsal", () => {
  const list = [
    sum,
    wide,
    "precompile(Tuple{typeof(Base.sin), Int64, Int64, Int64})",
    "precompile(Tuple{typeof(Base.nosuchfunction), Int64})",
  ];

  it("gives every statement a verdict, and says what would still compile and why", async () => {
    const rig = new Rig();
    rig.write("list.jl", `${list.join("\n")}\n`);
    rig.write("work.jl", workload);
    const found = await rig.json<Rehearsal>(["rehearse", "list.jl", "--workload", "work.jl", "--stdout", "pipe"]);
    expect(found.verdicts).toEqual({ compiled: 1, inferred: 1, refused: 1, unresolved: 1, failed: 0, crashed: 0 });
    const causes = new Map(found.residual.map(({ statement, cause }) => [statement, cause]));
    expect(causes.has(sum)).toBe(false);
    expect(causes.get(wide)).toBe("too abstract");
    expect(causes.get("precompile(Tuple{typeof(Base.reverse), Array{Float16, 1}})")).toBe("not in the list");
    expect(found.compileMs).toBeGreaterThan(0);
  });

  it("replays only what is new, and says the same", async () => {
    const rig = new Rig();
    rig.write("short.jl", `${list.slice(0, 2).join("\n")}\n`);
    rig.write("list.jl", `${list.join("\n")}\n`);
    rig.write("work.jl", workload);
    const rehearse = (set: string, ...more: readonly string[]) =>
      rig.json<Rehearsal>(["rehearse", set, "--workload", "work.jl", "--stdout", "pipe", ...more]);
    const first = await rehearse("short.jl");
    expect(first.known).toBe(0);
    const second = await rehearse("list.jl");
    expect(second.known).toBe(2);
    expect(second.residual.map(({ statement }) => statement)).toEqual(first.residual.map(({ statement }) => statement));
    const fresh = await rehearse("list.jl", "--fresh");
    expect(fresh.known).toBe(0);
    expect(fresh.residual).toEqual(second.residual);
    expect(fresh.verdicts).toEqual(second.verdicts);
  });

  it("does not go by what it knew of a workload or a package that has changed", async () => {
    const rig = new Rig();
    const folder = packageOf(rig, "Growing", "grow(x) = sum([x])");
    rig.write("list.jl", `${sum}\n`);
    rig.write("work.jl", 'using Growing\ninclude("part.jl")\n');
    rig.write("part.jl", "Growing.grow(1)\n");
    const words = ["--project", folder, "--workload", "work.jl", "--stdout", "pipe"];
    const left = async (): Promise<string> => {
      const { residual } = await rig.json<Rehearsal>(["rehearse", "list.jl", ...words]);
      return residual.map(({ statement }) => statement).join("\n");
    };
    expect(await left()).not.toContain("Float32");
    rig.write("part.jl", "Growing.grow(1f0)\n");
    expect(await left()).toMatch(/Growing.grow\), Float32/);
    writeFileSync(
      join(folder, "src", "Growing.jl"),
      "module Growing\ngrow(x) = Base.invokelatest(other, x)\nother(x) = sum([x])\nend\n",
    );
    expect(await left()).toMatch(/Growing.other\), Float32/);
    expect(await left()).not.toContain("compilecache");
  });

  it("tells what a later definition makes invalid", async () => {
    const rig = new Rig();
    const folder = packageOf(rig, "Fickle", "part(x) = sum([x])\nwhole(x) = part(x) + 1");
    rig.write("list.jl", "precompile(Tuple{typeof(Fickle.whole), Int64})\n");
    rig.write("work.jl", "using Fickle\nFickle.whole(1)\nFickle.part(x::Int) = maximum([x])\nFickle.whole(1)\n");
    const found = await rig.json<Rehearsal>([
      ...["rehearse", "list.jl", "--project", folder, "--stdout", "pipe"],
      ...["--workload", "work.jl"],
    ]);
    expect(found.verdicts).toMatchObject({ compiled: 1 });
    expect(found.residual.filter(({ statement }) => statement.includes("Fickle.whole"))).toMatchObject([
      {
        statement: "precompile(Tuple{typeof(Fickle.whole), Int64})",
        cause: "invalidated",
        detail: "a method that is defined by the workload made its code invalid",
      },
    ]);
    expect(found.residual.filter(({ statement }) => statement.includes("Rehears"))).toEqual([]);
  });

  it("ends a workload that hangs", async () => {
    const rig = new Rig();
    rig.write("list.jl", `${sum}\n`);
    rig.write("hangs.jl", "sleep(600)\n");
    const run = await rig.run(["rehearse", "list.jl", "--workload", "hangs.jl", "--time-limit", "4"]);
    expect(run.stderr).toContain("error[PI430]: the rehearsal was ended after 4 s: `hangs.jl` may hang");
    expect(run.status).toBe(3);
  });

  it("ends a statement that takes forever, and names it", async () => {
    const rig = new Rig();
    const folder = packageOf(rig, "Slow", "@generated slow(x) = (ccall(:sleep, Cuint, (Cuint,), 600); :x)");
    rig.write("list.jl", "precompile(Tuple{typeof(Slow.slow), Int64})\n");
    rig.write("work.jl", "using Slow\n");
    const run = await rig.run([
      ...["rehearse", "list.jl", "--project", folder, "--stdout", "pipe", "--time-limit", "6"],
      ...["--workload", "work.jl"],
    ]);
    expect(run.stderr).toContain(
      "error[PI437]: the rehearsal was ended after 6 s, while Julia compiled `precompile(Tuple{typeof(Slow.slow), Int64})`",
    );
    expect(run.status).toBe(3);
  });

  it("ends what takes too much memory", async () => {
    const rig = new Rig();
    rig.write("list.jl", `${sum}\n`);
    rig.write("eats.jl", "x = [fill(1.0, 10^7) for _ in 1:20]; sleep(600)\n");
    const run = await rig.run(["rehearse", "list.jl", "--workload", "eats.jl", "--memory-limit", "600"]);
    expect(run.stderr).toContain("error[PI431]: the rehearsal was ended: it took more than 0.6 GB of memory");
    expect(run.status).toBe(3);
  });

  it("tells of a workload that fails, and of one that is not there", async () => {
    const rig = new Rig();
    rig.write("list.jl", `${sum}\n`);
    rig.write("fails.jl", 'error("no data")\n');
    const fails = await rig.run(["rehearse", "list.jl", "--workload", "fails.jl", "--stdout", "pipe"]);
    expect(fails.stderr).toContain("warning[PI435]: the workload ends with status 1");
    expect(fails.stderr).toContain("no data");
    const missing = await rig.run(["rehearse", "list.jl", "--workload", "nowhere.jl"]);
    expect(missing.stderr).toContain("error[PI920]");
  });
});

describe("a statement that ends Julia", () => {
  const deadly = "precompile(Tuple{typeof(Deadly.boom), Int64})";
  const aborting = "precompile(Tuple{typeof(Deadly.bang), Int64})";
  const harmless = "precompile(Tuple{typeof(Deadly.fine), Int64})";

  /** Generators that end the process: so does compiling a call of them. */
  const project = (rig: Rig): string =>
    packageOf(
      rig,
      "Deadly",
      "@generated boom(x) = ccall(:exit, Cvoid, (Cint,), 3)\n@generated bang(x) = ccall(:abort, Cvoid, ())\nfine(x) = x + 1",
    );

  it("is found, marked, and left out from then on", async () => {
    const rig = new Rig();
    const folder = project(rig);
    rig.write("list.jl", `${deadly}\n${aborting}\n${harmless}\n${sum}\n`);
    rig.write("work.jl", "using Deadly\nDeadly.fine(1)\n");
    const words = ["--workload", "work.jl", "--project", folder, "--stdout", "pipe"];
    const found = await rig.json<Rehearsal>(["rehearse", "list.jl", ...words]);
    expect(found.verdicts).toMatchObject({ compiled: 2, crashed: 2 });
    const crashed = found.statements.filter(({ verdict }) => verdict === "crashed");
    expect(Object.fromEntries(crashed.map(({ statement, reason }) => [statement, reason]))).toEqual({
      [deadly]: "Julia exited with status 3 while it compiled this",
      [aborting]: "SIGABRT while it was compiled",
    });
    const left = await rig.run(["optimize", "list.jl", ...words]);
    expect(left.stderr).toContain(
      `warning[PI436]: 2 statements are left out, as they ended Julia before, first ${aborting}`,
    );
    expect(left.stdout).not.toMatch(/boom|bang/);
    expect(left.stdout).toContain(harmless);
    const all = await rig.run(["optimize", "list.jl", "--include-quarantined", ...words]);
    expect(all.stderr).not.toContain("PI436");
    expect(all.stderr).toMatch(/dropped: crashed +2/);
  });
});

describe("the search for a better list", () => {
  it("finds witnesses, takes in what is missing, leaves out what others cover, and comes to an end", async () => {
    const rig = new Rig();
    rig.write("list.jl", `${sum}\n${wide}\nprecompile(Tuple{typeof(Base.nosuchfunction), Int64})\n`);
    rig.write("work.jl", workload);
    const words = ["optimize", "list.jl", "--workload", "work.jl", "--stdout", "pipe"];
    const found = await rig.json<Search>(words);
    expect(found.residual).toEqual([]);
    expect(found.rounds[0]?.residual).toBeGreaterThan(1);
    expect(found.rounds.at(-1)?.residual).toBe(0);
    const witness = "precompile(Tuple{typeof(Base.count), typeof(Base.identity), Array{Float16, 1}})";
    expect(found.kept.find(({ statement }) => statement === witness)?.origin).toBe("witness");
    const taken = found.kept.filter(({ origin }) => origin === "residual").map(({ statement }) => statement);
    expect(taken).toContain("precompile(Tuple{typeof(Base.reverse), Array{Float16, 1}})");
    const reasons = new Map(found.dropped.map(({ statement, reason }) => [statement, reason]));
    expect(reasons.get(wide)).toBe("too abstract, a witness serves");
    expect([...reasons.values()]).toContain("unresolved");

    // Its own result leaves nothing to find.
    await rig.run([...words, "-o", "better.jl"]);
    const again = await rig.json<Search>(["optimize", "better.jl", "--workload", "work.jl", "--stdout", "pipe"]);
    expect(again.kept.map(({ statement }) => statement)).toEqual(found.kept.map(({ statement }) => statement));
  });

  it("finds again what another build numbered, literals that are printed alike, other streams and other columns", async () => {
    const rig = new Rig();
    const folder = packageOf(
      rig,
      "Odd",
      [
        "struct Size{N} end",
        "size_of(::Size{N}) where N = sum([N])",
        "keyed(x; by = 1) = sum([x, by])",
        "say(io, x) = print(io, x)",
        ...["one", "two", "three"].map((name) => `${name}(row::NamedTuple) = sum(values(row))`),
      ].join("\n"),
    );
    const row = (name: string, columns: string): string =>
      `precompile(Tuple{typeof(Odd.${name}), NamedTuple{(${columns}), Tuple{Int64, Int64}}})`;
    const list = [
      'precompile(Tuple{Odd.var"##keyed#4711", Int64, typeof(Odd.keyed), Int64})',
      "precompile(Tuple{typeof(Odd.size_of), Odd.Size{300}})",
      "precompile(Tuple{typeof(Odd.say), Base.TTY, Int64})",
      ...["one", "two", "three"].map((name) => row(name, ":a, :b")),
      ...["one", "two"].map((name) => row(name, ":x, :y")),
    ];
    rig.write("list.jl", `${list.join("\n")}\n`);
    rig.write("work.jl", "using Odd\nOdd.size_of(Odd.Size{Int32(300)}())\n");
    const { kept, residual } = await rig.json<Search>([
      ...["optimize", "list.jl", "--project", folder, "--stdout", "pipe", "--workload", "work.jl"],
    ]);
    const of = (origin: string): string[] =>
      kept.filter((each) => each.origin === origin).map(({ statement }) => statement);
    expect(of("look-up")).toEqual([
      "precompile(Tuple{typeof(Base.bodyfunction(which(Tuple{typeof(Odd.keyed), Any}))), Int64, typeof(Odd.keyed), Int64})",
    ]);
    expect(of("literal")).toContain("precompile(Tuple{typeof(Odd.size_of), Odd.Size{Int32(300)}})");
    for (const stream of ["IOStream", "PipeEndpoint"])
      expect(of("streams")).toContain(`precompile(Tuple{typeof(Odd.say), Base.${stream}, Int64})`);
    expect(of("names")).toEqual([row("three", ":x, :y")]);
    expect(residual).toEqual([]);
  });

  it("favours what the more important workload needs", async () => {
    const rig = new Rig();
    rig.write("list.jl", `${sum}\n`);
    rig.write("a.jl", 'sort(["b", "a"])\n');
    rig.write("b.jl", "reverse(Float16[1])\n");
    const search = (...workloads: readonly string[]): Promise<Search> => {
      const words = workloads.flatMap((workload) => ["--workload", workload]);
      return rig.json<Search>(["optimize", "list.jl", "--stdout", "pipe", "--budget-statements", "8", ...words]);
    };
    const sorting = await search("a.jl@1000", "b.jl");
    expect(sorting.kept.map(({ weight }) => weight).every((weight) => weight >= 1000)).toBe(true);
    expect(sorting.cut.join("\n")).toContain("Array{Float16, 1}");
    const reversing = await search("a.jl", "b.jl@1000");
    expect(reversing.kept.map(({ statement }) => statement)).toContain(
      "precompile(Tuple{typeof(Base.reverse), Array{Float16, 1}})",
    );
  });

  it("keeps what saves most within a budget, and shows what the cut costs", async () => {
    const rig = new Rig();
    rig.write("list.jl", `${sum}\n`);
    rig.write("work.jl", `${workload}sort(["b", "a"]); string(1.5)\n`);
    const words = ["optimize", "list.jl", "--workload", "work.jl@3", "--stdout", "pipe"];
    const all = await rig.json<Search>([...words, "--keep-redundant"]);
    const few = await rig.json<Search>([...words, "--budget-statements", "2"]);
    expect(few.kept).toHaveLength(2);
    expect(few.cut.length).toBeGreaterThan(0);
    const least = Math.min(...few.kept.map(({ compileMs }) => compileMs));
    expect(few.curve.at(-1)?.savedMs).toBeGreaterThan(least);
    expect(few.curve.at(-1)?.statements).toBe(few.kept.length + few.cut.length);
    expect(all.kept.length).toBeGreaterThanOrEqual(few.kept.length + few.cut.length);
  });

  it("finds what was meant by a literal that Julia prints like another", async () => {
    const rig = new Rig();
    rig.write("work.jl", "repr(Val(1.0)); repr(Val(Int32(3)))\n");
    await rig.run(["trace", "--stdout", "pipe", "work.jl"]);
    const found = await rig.json<Search>(["optimize", "run:work", "--workload", "work.jl", "--stdout", "pipe"]);
    const left = found.residual.map(({ statement }) => statement);
    expect(left.filter((statement) => statement.includes("Base.Val"))).toEqual([]);
    expect(found.rounds[0]?.residual).toBeGreaterThan(left.length);
    const origins = new Map(found.kept.map(({ statement, origin }) => [statement, origin]));
    for (const meant of ["1.0", "Int32(3)"])
      expect(origins.get(`precompile(Tuple{typeof(Base.repr), Base.Val{${meant}}})`)).toBe("literal");
  });

  it("leaves of a workload in a script what the script itself defines", async () => {
    const rig = new Rig();
    const script = join(workloads, "twelve-lines", "work.jl");
    await rig.run(["trace", "--stdout", "pipe", script]);
    const found = await rig.json<Search>(["optimize", "run:work", "--workload", script]);
    expect(new Set(found.residual.map(({ cause }) => cause))).toEqual(new Set(["belongs to the script"]));
    // A macro is compiled for whatever it is called with, unless it was inferred for the kinds of what it is called with.
    expect(found.kept.map(({ statement }) => statement)).toContain(
      'precompile(Tuple{Printf.var"#@printf", LineNumberNode, Module, String, Int64})',
    );
    expect(found.rounds[0]?.residual).toBeGreaterThan(10);
    expect(found.rounds.at(-1)?.residual).toBe(0);
  });
});
