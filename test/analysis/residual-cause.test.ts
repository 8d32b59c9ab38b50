import { describe, expect, it } from "vitest";
import {
  type ResidualCause,
  type ResidualContext,
  residualOf,
  streamBlindText,
} from "../../src/analysis/residual-cause.ts";
import type { Verdict } from "../../src/statement/verdict.ts";
import { call, statementFrom } from "../samples.ts";

/** A list that held every statement, with this verdict. */
const judged = (verdict: Verdict, reason = ""): ResidualContext => ({
  verdictOf: () => ({ verdict, reason }),
  listedForOtherStream: () => false,
  loadedPackages: undefined,
});
const unlisted: ResidualContext = {
  verdictOf: () => undefined,
  listedForOtherStream: () => false,
  loadedPackages: undefined,
};
const compiled = judged("compiled");
const inferred = judged("inferred", "no native code");
const otherStream: ResidualContext = { ...unlisted, listedForOtherStream: () => true };
const loaded: ResidualContext = { ...compiled, loadedPackages: new Set(["Dates"]) };

const causes: readonly (readonly [
  cause: ResidualCause,
  line: string,
  context: ResidualContext,
  detail?: string | undefined,
])[] = [
  ["belongs to the script", call("Main.f", "Int64"), compiled],
  ["belongs to the script", call("Base.map", "typeof(Main.f)"), unlisted],
  ["belongs to the script", call("Work.f", "Int64"), loaded],
  ["other kind of standard stream", call("Base.println", "Base.TTY"), otherStream],
  ["not in the list", call("Base.println", "Base.TTY"), unlisted],
  ["not in the list", call("Work.f", "Int64"), unlisted],
  ["refused", call("Base.sin", "Int64"), judged("refused", "precompile gave false"), "precompile gave false"],
  ["unresolved", call("Base.gone", "Int64"), judged("unresolved", "no `gone`"), "no `gone`"],
  ["failed", call("Base.sin", "Int64"), judged("failed", "an error"), "an error"],
  ["crashed", call("Base.sin", "Int64"), judged("crashed", "a signal"), "a signal"],
  ["open Vararg", call("Base.string", "Vararg{Any}"), inferred],
  ["open Vararg", call("Base.string", "Int64", "Vararg{Any}"), inferred],
  ["open Vararg", "precompile(Tuple{typeof(Base.f), Vararg{T}} where T)", inferred],
  ["too abstract", call("Base.string", "Any"), inferred],
  ["too abstract", call("Base.map", "Function", "Array{Int64, 1}"), inferred],
  ["too abstract", call("Base.f", "Core.Any"), inferred],
  ["too abstract", call("Base.f", "Array{T, 1} where T"), inferred],
  ["too abstract", "precompile(Tuple{typeof(Base.f), T} where T)", inferred],
  ["keyword body", 'precompile(Tuple{Base.var"##open#9", Int64})', judged("unresolved", "no such name")],
  ["invalidated", call("Base.sin", "Float64"), { ...compiled, invalidatedOf: () => "by the workload" }],
  ["refused", call("Base.sin", "Int64"), { ...judged("refused", "no"), invalidatedOf: () => "before it" }],
  ["ambiguous literal", call("Base.repr", "Base.Val{1}"), compiled],
  ["compiled again", call("Base.sin", "Float64"), compiled],
  ["compiled again", call("Base.f", "Array{Any, 1}"), compiled],
  ["compiled again", call("Base.f", "Vararg{Int64, 3}"), compiled],
  ["compiled again", call("Dates.now"), loaded],
  ["held by the base sysimage without native code", call("Dates.now"), { ...loaded, asPackage: true }],
  ["compiled again", call("Plots.plot"), { ...compiled, asPackage: true }],
];

describe("why a statement still compiles", () => {
  it.each(causes.map(([cause, line, context, detail]) => ({ cause, line, context, detail })))(
    "$cause: $line",
    ({ cause, line, context, detail }) => {
      const residual = residualOf(statementFrom(line), context);
      expect(residual).toMatchObject({ cause, statement: statementFrom(line).canonical });
      expect(residual.detail).toMatch(/./);
      if (detail !== undefined) expect(residual.detail).toBe(detail);
    },
  );

  it("is told for every cause there is by an example above", () => {
    const all: Record<ResidualCause, true> = {
      "belongs to the script": true,
      "other kind of standard stream": true,
      "not in the list": true,
      "keyword body": true,
      invalidated: true,
      refused: true,
      unresolved: true,
      failed: true,
      crashed: true,
      "open Vararg": true,
      "too abstract": true,
      "ambiguous literal": true,
      "held by the base sysimage without native code": true,
      "compiled again": true,
    };
    expect(new Set(causes.map(([cause]) => cause))).toEqual(new Set(Object.keys(all)));
  });
});

describe("the text of a statement but for its streams", () => {
  it("is the same for a terminal, a pipe and a file", () => {
    const texts = ["Base.TTY", "Base.PipeEndpoint", "Base.IOStream"].map((io) =>
      call("Base.println", io, `Val{${io}}`),
    );
    expect(new Set(texts.map(streamBlindText)).size).toBe(1);
  });

  it.each([
    call("Base.sin", "Float64"),
    call("Base.println", "Base.IOContext{Base.GenericIOBuffer}"),
    call("MyBase.TTYs"),
  ])("of %s is itself", (text) => expect(streamBlindText(text)).toBe(text));
});
