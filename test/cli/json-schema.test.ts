import { mkdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { allCommands, wordsOf } from "../../src/cli/command-words.ts";
import { program } from "../../src/cli/program.ts";
import { reportBake } from "../../src/report/bake-report.ts";
import { reportBuild } from "../../src/report/build-report.ts";
import { runDocument } from "../../src/report/runs-report.ts";
import { reportVerify } from "../../src/report/verify-report.ts";
import { checkDocument, documented } from "../json-schema.ts";
import { baked, built, verified } from "../report/outcomes.ts";
import { Rig } from "../rig.ts";

const trace = `#=   12.5 ms =# precompile(Tuple{typeof(App.solve), Array{Float64, 2}})
#=    4.0 ms =# precompile(Tuple{typeof(Base.map), App.var"#4#5", Array{Int64, 1}}) # recompile
precompile(Tuple{Type{Dates.DateFormat{Symbol("yyyy\\mm"), Tuple{Dates.DatePart{Char(0x79000000)}}}}, Int64})
precompile(Tuple{typeof(Base.print), Base.TTY, Base.Val{3}})
precompile(Tuple{typeof(Main.f), Int64})
what is this
`;
const other = `precompile(Tuple{typeof(App.solve), Array{Float32, 2}})
precompile(Tuple{typeof(Base.print), Base.PipeEndpoint, Base.Val{3}})
`;

async function recorded(): Promise<Rig> {
  const rig = new Rig();
  rig.write("trace.jl", trace);
  rig.write("other.jl", other);
  mkdirSync(rig.path("elsewhere"));
  await rig.run(["import", "trace.jl", "--tag", "a=b"]);
  await rig.run(["import", "other.jl", "--store", "elsewhere/store.db"]);
  return rig;
}

// `Rig.json` checks each document against the schema.
describe("what is written fits docs/json-schema.json", () => {
  it.each([
    ["import", "other.jl"],
    ["import", "trace.jl"],
    ["runs"],
    ["runs", "show", "1"],
    ["list", "store"],
    ["stats", "store"],
    ["stats", "store", "--by", "method", "--top", "1"],
    ["overlap", "store", "other.jl"],
    ["merge", "elsewhere/store.db"],
    ["common", "store", "other.jl", "--min-runs", "1"],
    ["prune", "store", "--portable", "--no-look-up"],
    ["prune", "store", "--for", "1.12", "-o", "list.jl", "--no-look-up"],
    ["emit", "store", "--as", "packagecompiler"],
    ["emit", "store", "--as", "snoopcompile", "-o", "precompile"],
    ["report", "store", "--against", "other.jl", "-o", "report.html"],
    ["report", "other.jl", "-o", "report.html"],
    ["setup"],
    ["runs", "rm", "1"],
  ])("of %s %s %s %s", async (...args) => {
    await (await recorded()).json(args);
  });

  it.each([[[]], [["--stat"]], [["--by", "owner"]], [["--stat", "--by", "kind", "--ignore", "types"]]])(
    "of diff %j",
    async (options) => {
      await (await recorded()).json(["diff", "store", "other.jl", ...options], 1);
    },
  );

  it("of show and explain, of each statement", async () => {
    const rig = await recorded();
    const { statements } = await rig.json<{ statements: { digest: string }[] }>(["list", "store"]);
    expect(statements).toHaveLength(5);
    for (const { digest } of statements) {
      await rig.json(["show", digest]);
      await rig.json(["explain", digest]);
    }
  });

  it("of emit --as json", async () => {
    const { stdout } = await (await recorded()).run(["emit", "store", "--as", "json"]);
    checkDocument(["emitted"], JSON.parse(stdout));
  });

  it("of build, verify and bake", () => {
    checkDocument(
      ["build"],
      JSON.parse(reportBuild(built([["precompile(Tuple{typeof(Base.sin), Int64})", "compiled"]]), "json").stdout),
    );
    checkDocument(["verify"], JSON.parse(reportVerify(verified, "json").stdout));
    checkDocument(["verify"], JSON.parse(reportVerify({ ...verified, predicted: [] }, "json").stdout));
    checkDocument(["bake"], JSON.parse(reportBake(baked, "json").stdout));
  });
});

it("a document that has too much or too little does not fit", () => {
  const document = { julia: "/usr/bin/julia", version: "1.5.3", foundBy: "PATH", installed: false };
  checkDocument(["setup"], document);
  expect(() => checkDocument(["setup"], { ...document, more: 1 })).toThrow("must NOT have additional properties");
  const { installed: _, ...less } = document;
  expect(() => checkDocument(["setup"], less)).toThrow("must have required property 'installed'");
  const runs = baked.runs.map(runDocument);
  checkDocument(["runs"], { runs });
  expect(() => checkDocument(["runs"], { runs: [{ ...runs[0], more: 1 }] })).toThrow("must NOT have unevaluated");
});

it("each command that writes JSON is documented, and nothing else", async () => {
  const commands = allCommands(wordsOf(await program(["completion"], async () => {})));
  const withJson = commands.filter(({ options }) =>
    options.some(
      ({ names, value }) => names.includes("--format") && value?.kind === "words" && value.words.includes("json"),
    ),
  );
  expect(documented.toSorted()).toEqual([...withJson.map(({ path }) => path.join(" ")), "emitted"].toSorted());
});
