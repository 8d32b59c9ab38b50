import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import type { RunFacts } from "../../src/statement/provenance.ts";
import { type CanonicalText, digestOf } from "../../src/statement/statement.ts";
import { DamagedSource, StoreMerger } from "../../src/store/merge-stores.ts";
import type { StatementStore } from "../../src/store/statement-store.ts";
import { call, statementFrom } from "../samples.ts";
import { openStore, record } from "../stores.ts";
import { tempFolder } from "../temp-folder.ts";

const [sin, cos, tan] = ["sin", "cos", "tan"].map((name) => call(`Base.${name}`, "Float64")) as [
  string,
  string,
  string,
];
const at = (hour: number) => ({ startedAt: `2024-05-01T1${hour}:00:00.000Z` });

/** What a store tells, but for ids and what was new to it. */
function told(store: StatementStore) {
  return store
    .runs()
    .map(({ id, newStatements: _new, ...run }) => ({
      ...run,
      packages: store.packagesOf(id),
      processes: store.processesOf(id),
      damage: store.damageOf(id),
      sightings: [...store.wholeSightingsIn(id)]
        .map(({ run: _run, ...sighting }) => JSON.stringify(sighting, Object.keys(sighting).sort()))
        .sort(),
    }))
    .sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
}

const trace = `${sin}\n${sin.replace(", ", ",")}\n#= 12.5 ms =# ${cos}\n#= 7.5 ms =# ${cos} # recompile\nhello\n${sin}\n${sin}\n`;
const rich: Partial<RunFacts> = {
  juliaVersion: "1.12.5",
  ioKind: "pipe",
  durationMs: 123.5,
  exitStatus: 0,
  tags: { ci: "42" },
  packages: [{ name: "App", uuid: "00" }],
};

describe("a merge", () => {
  it("takes runs with all that is known of them", () => {
    const [source, target] = [openStore(), openStore()];
    record(source, trace, { ...rich, ...at(1) });
    record(source, `${tan}\n`, { name: "other", ...at(2) });
    record(target, `${cos}\n`, { name: "own", ...at(3) });
    expect(new StoreMerger(target).take(source)).toEqual({
      runs: 2,
      known: 0,
      newStatements: 2,
      bakes: 0,
      rehearsed: 0,
    });
    expect(told(target).slice(0, 2)).toEqual(told(source));
    expect(told(target).map(({ name }) => name)).toEqual(["work", "other", "own"]);
    expect(
      target.sightingsOf(statementFrom(cos).digest).map(({ compileMs, recompiles }) => [compileMs, recompiles]),
    ).toEqual([
      [12.5, 1],
      [null, 0],
    ]);
  });

  it("taken twice, or by way of a third store, is the same as taken once", () => {
    const [a, b, c] = [openStore(), openStore(), openStore()];
    record(a, trace, at(1));
    record(a, `${tan}\n`, { kind: "import", sourceDigest: "d1", ...at(2) });
    record(b, `${tan}\n`, { kind: "import", sourceDigest: "d1", name: "renamed", ...at(4) });
    const merger = new StoreMerger(c);
    merger.take(a);
    const once = told(c);
    expect(merger.take(a)).toEqual({ runs: 0, known: 2, newStatements: 0, bakes: 0, rehearsed: 0 });
    expect(new StoreMerger(b).take(a)).toMatchObject({ runs: 1, known: 1 });
    expect(new StoreMerger(c).take(b)).toMatchObject({ runs: 0, known: 2 });
    expect(told(c)).toEqual(once);
  });

  it("gives the same whatever the order of the stores", () => {
    const sources = [1, 2, 3].map((hour) => {
      const store = openStore();
      record(store, `${[sin, cos, tan].slice(0, hour).join("\n")}\n`, { name: `run ${hour}`, ...at(hour) });
      return store;
    });
    const merged = (order: readonly StatementStore[]) => {
      const target = openStore();
      const merger = new StoreMerger(target);
      for (const source of order) merger.take(source);
      return told(target);
    };
    expect(merged([...sources].reverse())).toEqual(merged(sources));
  });

  it("takes bakes and their verdicts, once", () => {
    const [source, target] = [openStore(), openStore()];
    const bake = { sysimage: "/ci/app.so", juliaVersion: "1.10.8", juliaCommit: "abc", bakedAt: at(1).startedAt };
    const statement = statementFrom(sin);
    target.findings.recordBake({ ...bake, sysimage: "/here.so", bakedAt: at(5).startedAt, steps: { link: 1 } }, [
      { ...statement, verdict: "compiled", reason: "" },
    ]);
    source.findings.recordBake({ ...bake, steps: { link: 90_000 } }, [
      { ...statement, verdict: "refused", reason: "no" },
    ]);
    expect(new StoreMerger(target).take(source)).toMatchObject({ bakes: 1 });
    expect(new StoreMerger(target).take(source)).toMatchObject({ bakes: 0 });
    // The newest first, not the one that came last.
    expect(target.findings.verdictsOf(statement.digest).map(({ verdict }) => verdict)).toEqual(["compiled", "refused"]);
    expect(target.findings.lastStepDuration("link")).toBe(1);
  });

  it("takes what rehearsals found, the later verdict of two", () => {
    const [source, target] = [openStore(), openStore()];
    const [first, second] = [statementFrom(sin), statementFrom(cos)];
    const rehearsal = (hour: number) => ({ environment: "e", juliaVersion: "1.5.3", at: at(hour).startedAt });
    const found = ({ digest, canonical }: typeof first, compileMs: number) =>
      ({ digest, canonical, verdict: "compiled", reason: "", compileMs }) as const;
    source.findings.recordRehearsal(rehearsal(2), [found(first, 20), found(second, 30)]);
    source.findings.recordRehearsal({ ...rehearsal(2), environment: "other" }, [
      { ...found(second, 0), verdict: "crashed", compileMs: null },
    ]);
    target.findings.recordRehearsal(rehearsal(1), [found(first, 10)]);
    target.findings.recordRehearsal(rehearsal(3), [found(second, 40)]);
    expect(new StoreMerger(target).take(source)).toMatchObject({ rehearsed: 2 });
    expect(new StoreMerger(target).take(source)).toMatchObject({ rehearsed: 0 });
    const known = target.findings.rehearsedIn("e");
    expect([known.get(first.digest)?.compileMs, known.get(second.digest)?.compileMs]).toEqual([20, 40]);
    expect(target.findings.quarantined("1.5.3").map(({ canonical }) => canonical)).toEqual([cos]);
  });

  it("takes what was verified, once", () => {
    const [source, target] = [openStore(), openStore()];
    const workload = JSON.stringify({ stdout: "pipe", script: "app.jl", args: [] });
    const verified = { sysimage: "/ci/app.so", workload, residual: [sin], traced: 9, beforeMs: 900, afterMs: 90 };
    source.findings.recordVerification({ ...verified, predicted: [cos], verifiedAt: at(1).startedAt });
    source.findings.recordVerification({ ...verified, verifiedAt: at(2).startedAt });
    for (let time = 0; time < 2; time += 1) new StoreMerger(target).take(source);
    expect(target.findings.verifications()).toEqual(source.findings.verifications());
  });

  it("takes from a store of an older language what Julia printed there", () => {
    const path = join(tempFolder(), "store.db");
    const source = openStore(path);
    record(source, `#= 12.5 ms =# ${sin.replace(", ", ",")}\n${cos}\n`);
    const db = new Database(path);
    db.prepare("update state set language_version = 0").run();
    // What that version took the statement for.
    db.prepare("update statement set canonical = ? where canonical = ?").run(tan, sin);
    db.close();
    const target = openStore();
    new StoreMerger(target).take(source);
    expect([...target.allSightings()].map(({ canonical, compileMs }) => [canonical, compileMs]).sort()).toEqual([
      [cos, null],
      [sin, 12.5],
    ]);
  });

  it("reads anew what another version of preimage wrote", () => {
    const path = join(tempFolder(), "store.db");
    const source = openStore(path);
    record(source, `${sin}\n`);
    const db = new Database(path);
    const written = sin.replace(", ", ",  ") as CanonicalText;
    db.prepare("update statement set digest = ?, canonical = ?").run(Buffer.from(digestOf(written), "hex"), written);
    db.close();
    const target = openStore();
    new StoreMerger(target).take(source);
    expect([...target.allSightings()].map(({ digest, canonical }) => [digest, canonical])).toEqual([
      [statementFrom(sin).digest, sin],
    ]);
  });

  it("takes no run of which a statement's text is not the one that was stored", () => {
    const path = join(tempFolder(), "store.db");
    const source = openStore(path);
    record(source, `${sin}\n`, at(1));
    record(source, `${cos}\n`, { ...at(2), name: "bad" });
    const db = new Database(path);
    db.prepare("update statement set canonical = replace(canonical, 'Float64', 'Float32') where canonical = ?").run(
      cos,
    );
    db.close();
    const target = openStore();
    expect(() => new StoreMerger(target).take(source)).toThrow("not the one that was stored, in run 2 (bad)");
    expect([...target.allSightings()].map(({ canonical }) => canonical)).toEqual([sin]);
  });

  it("of what holds no statements takes nothing of that run, and the other runs", () => {
    const path = join(tempFolder(), "store.db");
    const source = openStore(path);
    record(source, `${sin}\n`, at(1));
    record(source, `${cos}\n`, { ...at(2), name: "bad" });
    record(source, `${tan}\n`, at(3));
    const db = new Database(path);
    db.prepare("update statement set canonical = 'run(`rm`)' where canonical = ?").run(cos);
    db.close();
    const target = openStore();
    const take = () => new StoreMerger(target).take(source);
    expect(() => target.atOnce(take)).toThrow(DamagedSource);
    expect(target.runs()).toHaveLength(0);
    expect(take).toThrow(DamagedSource);
    expect(target.runs()).toHaveLength(2);
    expect(take).toThrow("it holds a text that is no statement, in run 2 (bad)");
    expect(target.runs()).toHaveLength(2);
  });

  it("of a file with damaged pages takes what can be read", () => {
    const path = join(tempFolder(), "store.db");
    const opened = openStore(path);
    for (let hour = 0; hour < 5; hour++) {
      const lines = Array.from({ length: 400 }, (_, n) => call(`M${hour}.f${n}`, "Int64"));
      record(opened, `${lines.join("\n")}\n`, { ...at(hour), name: `run ${hour}` });
    }
    opened.close();
    const bytes = readFileSync(path);
    bytes.fill(0xa5, Math.floor(bytes.length * 0.6), Math.floor(bytes.length * 0.9));
    const damaged = join(tempFolder(), "damaged.db");
    writeFileSync(damaged, bytes);
    const target = openStore();
    let caught: unknown;
    try {
      new StoreMerger(target).take(openStore(damaged));
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(DamagedSource);
    for (const run of target.runs()) expect([...target.sightingsIn(run.id)]).toHaveLength(run.statements);
  });
});
