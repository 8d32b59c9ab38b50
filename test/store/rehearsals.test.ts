import { expect, it } from "vitest";
import type { Verdict } from "../../src/statement/verdict.ts";
import { call, statementFrom } from "../samples.ts";
import { openStore } from "../stores.ts";

const [sin, cos] = [statementFrom(call("Base.sin", "Float64")), statementFrom(call("Base.cos", "Float64"))];
const facts = (environment: string, juliaVersion = "1.5.3") => ({
  environment,
  juliaVersion,
  at: "2026-01-01T00:00:00Z",
});
const found = ({ digest, canonical }: typeof sin, verdict: Verdict, compileMs: number | null = null) => ({
  digest,
  canonical,
  verdict,
  reason: verdict === "compiled" ? "" : `it was ${verdict}`,
  compileMs,
});

it("verdicts of rehearsals hold for their environment, and the last one counts", () => {
  const store = openStore();
  store.findings.recordRehearsal(facts("a"), [found(sin, "compiled", 1.5), found(cos, "refused")]);
  store.findings.recordRehearsal(facts("b"), [found(sin, "unresolved")]);
  store.findings.recordRehearsal(facts("a"), [found(cos, "compiled", 2)]);
  expect(Object.fromEntries(store.findings.rehearsedIn("a"))).toEqual({
    [sin.digest]: { verdict: "compiled", reason: "", compileMs: 1.5 },
    [cos.digest]: { verdict: "compiled", reason: "", compileMs: 2 },
  });
  expect(store.findings.rehearsedIn("b").get(sin.digest)?.verdict).toBe("unresolved");
  expect(store.findings.rehearsedIn("c").size).toBe(0);
});

it("what ended a Julia is quarantined for its version, wherever that was", () => {
  const store = openStore();
  store.findings.recordRehearsal(facts("a"), [found(sin, "crashed"), found(cos, "compiled")]);
  store.findings.recordRehearsal(facts("b", "1.10.8"), [found(cos, "crashed")]);
  expect(store.findings.quarantined("1.5.3").map(({ canonical }) => canonical)).toEqual([sin.canonical]);
  expect(store.findings.quarantined("1.10.8").map(({ canonical }) => canonical)).toEqual([cos.canonical]);
  expect(store.findings.quarantined("1.11.0")).toEqual([]);
});

it("a prediction is kept for a workload, and gives way to the next", () => {
  const store = openStore();
  const digests = (...statements: readonly (typeof sin)[]) => new Set(statements.map(({ digest }) => digest));
  store.findings.recordPrediction("a", "app", { listed: digests(sin), residual: [cos.canonical] });
  store.findings.recordPrediction("a", "app", { listed: digests(sin, cos), residual: [sin.canonical] });
  expect(store.findings.predictionOf("a", "app")).toEqual({ listed: digests(sin, cos), residual: [sin.canonical] });
  expect(store.findings.predictionOf("a", "other")).toBeUndefined();
  expect(store.findings.predictionOf("b", "app")).toBeUndefined();
});

it("how far a prediction was right is kept, with what was not foreseen at all", () => {
  const store = openStore();
  const measured = { traced: 3, beforeMs: 2_400, afterMs: 180.5 };
  const verified = {
    sysimage: "/app.so",
    workload: '["pipe","app.jl"]',
    ...measured,
    verifiedAt: "2026-01-01T00:00:00Z",
  };
  store.findings.recordVerification({
    ...verified,
    predicted: [sin.canonical],
    residual: [sin.canonical, cos.canonical],
  });
  store.findings.recordVerification({ ...verified, residual: [] });
  store.findings.recordVerification({ ...verified, predicted: [], residual: [] });
  expect(store.findings.verifications()).toEqual([
    { ...verified, predicted: [sin.canonical], residual: [sin.canonical, cos.canonical] },
    { ...verified, residual: [] },
    { ...verified, predicted: [], residual: [] },
  ]);
});
