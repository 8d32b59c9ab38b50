import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Path } from "../../grammar/type-expr.ts";
import { lookUpNames } from "../../src/julia/names.ts";
import type { Toolchain } from "../../src/julia/toolchain.ts";
import { printForJulia } from "../../src/statement/julia-text.ts";
import { holdsLookUp, type Leads, numberedNames, withLookUps } from "../../src/statement/look-up.ts";
import { obstaclesOf } from "../../src/statement/portability.ts";
import { type Statement, statementOf } from "../../src/statement/statement.ts";
import { printTypeExpr } from "../../src/syntax/print.ts";
import { corpora } from "../corpora.ts";
import { Rig, repository } from "../rig.ts";
import { statementFrom } from "../statement/statement-of.ts";
import { corpusLines } from "../syntax/corpora-lines.ts";
import { compareTypes, type TypePair } from "./compare-types.ts";
import { replaySignatures } from "./replay-signatures.ts";
import { realToolchain } from "./toolchain.ts";

let toolchain: Toolchain;
beforeAll(async () => {
  toolchain = await realToolchain();
});

const juliaText = (statement: Pick<Statement, "tree">): string => {
  const text = printForJulia(statement);
  return text.ok ? text.value : `no text: ${text.error}`;
};

async function leadsOf(statements: readonly Statement[]): Promise<Leads> {
  const names = new Map<string, Path>();
  for (const { tree } of statements) for (const name of numberedNames(tree)) names.set(printTypeExpr(name), name);
  const leads = await lookUpNames(toolchain, undefined, [...names.values()]);
  if (!leads.ok) throw new Error(JSON.stringify(leads.error));
  return leads.value;
}

const lookedUp = (statement: Statement, leads: Leads): Statement => statementOf(withLookUps(statement.tree, leads));

describe("a name that Julia numbered", () => {
  // The numbers are those of Debian's 1.5.3.
  const table: readonly (readonly [name: string, lookUp: string])[] = [
    ['Base.var"##sprint#355"', "typeof(Base.bodyfunction(which(Tuple{typeof(Base.sprint), Function, Vararg{Any}})))"],
    [
      'Base.Sort.var"##sort!#7"',
      "typeof(Base.bodyfunction(which(Tuple{typeof(Base.sort!), AbstractArray{T1, 1} where T1})))",
    ],
    [
      'Dates.var"##s828#33"',
      "typeof(getfield(getfield(which(Tuple{typeof(Dates.tryparsenext_core), AbstractString, Int64, Int64, Dates.DateFormat{T1, T2} where T2<:Tuple where T1, Bool}), :generator), :gen))",
    ],
  ];

  it.each(table)("%s has a lead", async (name, lookUp) => {
    const statement = statementFrom(`precompile(Tuple{${name}, Any})`);
    const leads = await leadsOf([statement]);
    expect(lookedUp(statement, leads).canonical).toBe(`precompile(Tuple{${lookUp}, Any})`);
  });

  it("keeps its name where no method leads to it", async () => {
    const statement = statementFrom('precompile(Tuple{Base.var"#987654#987655", Nowhere.var"#1#2"})');
    expect(lookedUp(statement, await leadsOf([statement])).digest).toBe(statement.digest);
  });
});

it("replay tells what a look-up does not find", async () => {
  const table: readonly (readonly [string, RegExp])[] = [
    ["Tuple{closuretype(which(Tuple{typeof(Base.:(!)), Function}), 1){typeof(Base.isempty)}, String}", /^compiled/],
    [
      "Tuple{closuretype(which(Tuple{typeof(Base.:(!)), Function}), 2), String}",
      /^unresolved the method has 1 closures/,
    ],
    ["Tuple{closuretype(which(Tuple{typeof(Base.nosuchfunction)}), 1)}", /^unresolved module `Base` has no `nosuchf/],
    ["Tuple{typeof(Base.bodyfunction(which(Tuple{typeof(Base.sin), Float64}))), Float64}", /^unresolved .*no keywords/],
    ["Tuple{typeof(getfield(getfield(which(Tuple{typeof(Base.sin), Float64}), :generator), :gen))}", /^unresolved/],
    ["Tuple{typeof(getfield(which(Tuple{typeof(Base.sin), Float64}), :module)), Any}", /^unresolved/],
  ];
  const verdicts = await replaySignatures(
    toolchain,
    table.map(([text]) => text),
    new Rig(),
  );
  for (const [index, [text, pattern]] of table.entries()) expect(verdicts[index]?.join(" "), text).toMatch(pattern);
});

it("a look-up in our own traces is the very type that Julia printed", async () => {
  const statements = readFileSync(join(repository, "corpora/traces/1.5.3/stdlib-tour.jl"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("precompile("))
    .map(statementFrom);
  await sameTypes(statements, 3);
});

it("a portable list has look-ups, is read back whole, and compiles what they stand for", async () => {
  const rig = new Rig();
  const trace = join(repository, "corpora/traces/1.5.3/stdlib-tour.jl");
  const env = { PREIMAGE_STORE: rig.path("store.db") };
  await rig.run(["import", trace, "--name", "tour", "--julia-version", toolchain.version.text], { env });
  const pruned = await rig.run(["prune", "run:tour", "--portable", "-o", "list.jl", "--julia", toolchain.julia], {
    env,
  });
  expect(pruned.stderr).toMatch(/kept \d+ of \d+ statements, (\d+) of them by a look-up/);
  const listed = rig.read("list.jl").split("\n");
  const directives = listed.filter((line) => line.startsWith("#preimage: precompile("));
  expect(directives.length).toBeGreaterThanOrEqual(10);
  const again = await rig.run(["prune", "list.jl", "--portable", "-o", "again.jl"], { env });
  expect(again.stderr).not.toContain("dropped");
  const statements = (text: string) => text.split("\n").filter((line) => line.includes("precompile("));
  expect(statements(rig.read("again.jl"))).toEqual(statements(rig.read("list.jl")));
  const verdicts = await replaySignatures(
    toolchain,
    directives.map((line) => juliaText(statementFrom(line.replace("#preimage: ", "")))),
    rig,
  );
  expect(verdicts.filter(([verdict]) => verdict === "unresolved" || verdict === "failed")).toEqual([]);
});

it("only the Julia that printed the names is asked", async () => {
  const rig = new Rig();
  const env = { PREIMAGE_STORE: rig.path("store.db") };
  rig.write("trace.jl", 'precompile(Tuple{Base.var"##sprint#355", Nothing, Int64})\n');
  await rig.run(["import", "trace.jl", "--julia-version", "1.10.8"], { env });
  const foreign = await rig.run(["prune", "store", "--portable", "--julia", toolchain.julia], { env });
  expect(foreign.stderr).toContain("were not looked up: Julia 1.10.8 printed them");
  expect(foreign.stderr).toContain("dropped: keyword-body 1");
  const off = await rig.run(["prune", "trace.jl", "--portable", "--no-look-up"], { env });
  expect(off.stderr).not.toContain("looked up");
  const file = await rig.run(["prune", "trace.jl", "--portable", "--julia", toolchain.julia], { env });
  expect(file.stdout).toContain("#preimage: precompile(Tuple{typeof(Base.bodyfunction(which(");
});

describe.skipIf(corpora === undefined)("over real traces", () => {
  it("a look-up is the very type that Julia printed", async () => {
    const statements = new Map<string, Statement>();
    for (const { text } of corpusLines("julia-1.5.3/stdlib-tests/*.jl")) {
      if (!text.includes('"#') || !text.startsWith("precompile(")) continue;
      const statement = statementFrom(text);
      if (obstaclesOf(statement).some(({ kind }) => kind === "gensym")) statements.set(statement.digest, statement);
    }
    await sameTypes([...statements.values()], 500);
  });
});

/** Generators are no bindings of their modules, so that only their look-up resolves. */
async function sameTypes(statements: readonly Statement[], atLeast: number): Promise<void> {
  const leads = await leadsOf(statements);
  const found = statements
    .map((statement) => ({ statement, found: lookedUp(statement, leads) }))
    .filter(({ found }) => holdsLookUp(found.tree.signature));
  const pairs = found.map(({ statement, found }): TypePair => [juliaText(statement), juliaText(found)]);
  const results = await compareTypes(toolchain, pairs, new Rig());
  const counts = new Map<string, number>();
  for (const { result } of results) counts.set(result, (counts.get(result) ?? 0) + 1);
  console.log(`${statements.length} statements, ${leads.size} leads, ${found.length} with look-ups:`, counts);
  expect(results.flatMap(({ result }, index) => (result === "differ" ? [pairs[index]] : []))).toEqual([]);
  expect(counts.get("same") ?? 0).toBeGreaterThanOrEqual(atLeast);
}
