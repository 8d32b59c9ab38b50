import { existsSync, mkdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { languageVersion } from "../../src/statement/language-version.ts";
import type { RunFacts, RunId } from "../../src/statement/provenance.ts";
import type { CanonicalText, StatementDigest } from "../../src/statement/statement.ts";
import { digestOf } from "../../src/store/file-digest.ts";
import { renewedStatement } from "../../src/store/renewed-statement.ts";
import { schemaVersion } from "../../src/store/schema.ts";
import { StatementStore } from "../../src/store/statement-store.ts";
import { storeDiagnostic } from "../../src/store/store-diagnostic.ts";
import { fileState } from "../../src/support/file-state.ts";
import { digestText } from "../../src/support/hashing.ts";
import { ingest } from "../../src/trace/ingest.ts";
import { call, runFacts, statementFrom } from "../samples.ts";
import { openStore, record } from "../stores.ts";
import { tempFolder } from "../temp-folder.ts";

const sin = call("Base.sin", "Float64");
const cos = call("Base.cos", "Float64");
const tan = call("Base.tan", "Float64");
const statementDigest = (line: string) => statementFrom(line).digest;
/** All that the store holds, seen by a run or not. */
const canonicals = (store: StatementStore): string[] =>
  store
    .statementsByDigest("")
    .map(({ canonical }) => canonical)
    .sort();

describe("a store of an earlier version", () => {
  it("is upgraded when it is opened, and holds what it held", () => {
    const path = join(tempFolder(), "store.sqlite");
    const before = openStore(path);
    record(before, `${sin}\n#=  12.5 ms =# ${cos}\n`);
    const runs = before.runs();
    before.close();
    const older = new Database(path);
    older.exec(`
      alter table run drop column measured;
      alter table state drop column traits_version;
      drop table traits;
      drop table traits_page;
      pragma user_version = 4;`);
    older.close();
    const store = openStore(path);
    expect(store.runs()).toEqual(runs);
    expect([...store.runStatements().measured(runs.map(({ id }) => id))]).toMatchObject([{ compileMs: 12.5 }]);
    expect(store.runStatements().traits((text) => text, 1).texts).toHaveLength(3);
    const fresh = openStore();
    record(fresh, `${sin}\n`);
    store.close();
    const columns = (file: string) => {
      const db = new Database(file);
      onTestFinished(() => void db.close());
      return ["run", "state", "traits", "traits_page"].map((table) =>
        db.prepare("select name from pragma_table_info(?)").pluck().all(table),
      );
    };
    expect(columns(path)).toEqual(columns(fresh.path));
  });
});

describe("recording a run", () => {
  it("counts lines, distinct statements, new ones and damaged lines", () => {
    const store = openStore();
    expect(record(store, `${sin}\n${sin}\nhello\n\n${cos}\n`)).toMatchObject({
      lines: 5,
      statements: 2,
      newStatements: 2,
      damaged: 1,
    });
    expect(record(store, `${cos}\n${tan}\n`)).toMatchObject({ lines: 2, statements: 2, newStatements: 1, damaged: 0 });
    expect(record(store, "")).toMatchObject({ lines: 0, statements: 0, newStatements: 0, damaged: 0 });
  });

  it("gives back what it was told, and tells no more than that", () => {
    const store = openStore();
    const facts: RunFacts = {
      ...runFacts,
      command: ["work.jl", "a b", "é"],
      juliaVersion: "1.10.8",
      juliaCommit: "4c16ff44be",
      os: "Linux",
      arch: "x86_64",
      cpuTarget: "native",
      sysimage: "/sys.so",
      sysimageDigest: "00ff",
      project: "/app",
      manifestDigest: "ff00",
      ioKind: "pipe",
      durationMs: 1234.5,
      exitStatus: 0,
      tags: { os: "debian", ci: "" },
    };
    const packages = [
      { name: "Dates", uuid: "ade2ca70" },
      { name: "Main", uuid: "" },
    ];
    const run = store.recordRun({ ...facts, packages }, () => 0);
    expect(run).toEqual({ ...facts, id: 1, lines: 0, statements: 0, newStatements: 0, damaged: 0 });
    expect(store.run(run.id)).toEqual(run);
    expect(store.packagesOf(run.id)).toEqual(packages);

    const bare = store.recordRun(runFacts, () => 0);
    expect(bare).toEqual({ ...runFacts, id: 2, lines: 0, statements: 0, newStatements: 0, damaged: 0 });
    expect(store.packagesOf(bare.id)).toBeUndefined();
  });

  it("holds a statement once, however it is spelled and however many runs saw it", () => {
    const store = openStore();
    record(store, `precompile(Tuple{typeof(f), Array{T, 1} where T})\n`);
    const again = record(store, `precompile(Tuple{typeof(f),Array{S,1} where S})\n`);
    expect(again).toMatchObject({ statements: 1, newStatements: 0 });
    expect(canonicals(store)).toHaveLength(1);
  });

  it("keeps every spelling once, the canonical text first where it was one", () => {
    const store = openStore();
    const other = sin.replace(", ", ",");
    record(store, `${sin}\n${other}\n`);
    record(store, `${other}\n`);
    expect(store.spellingsOf(statementDigest(sin))).toEqual([sin, other]);
    record(store, `${cos.replace(", ", ",")}\n`);
    expect(store.spellingsOf(statementDigest(cos))).toEqual([cos.replace(", ", ",")]);
    expect(store.spellingsOf(statementDigest(tan))).toEqual([]);
  });

  it("keeps for each run where a statement first stood, how often, and its longest time", () => {
    const store = openStore();
    const other = sin.replace(", ", ",");
    const text = [
      cos,
      sin,
      sin,
      `#=    2.0 ms =# ${sin}`,
      `#=    9.5 ms =# ${other} # recompile`,
      `#=    3.0 ms =# ${sin}`,
    ];
    record(store, `${text.join("\n")}\n`, { name: "first" });
    record(store, `${sin}\n`, { name: "second" });
    expect(store.sightingsOf(statementDigest(sin))).toEqual([
      { run: 2, name: "second", line: 1, count: 1, compileMs: null, recompiles: 0 },
      { run: 1, name: "first", line: 2, count: 5, compileMs: 9.5, recompiles: 1 },
    ]);
  });

  it("counts both statements of a line that is repeated", () => {
    const store = openStore();
    record(store, `${sin}${cos}\n`.repeat(3));
    expect([sin, cos].map((line) => store.sightingsOf(statementDigest(line))[0]?.count)).toEqual([3, 3]);
  });

  it("keeps the damaged lines with the run", () => {
    const store = openStore();
    const run = record(store, `hello\n${sin}\n${sin.slice(0, 30)}\n`);
    expect(store.damageOf(run.id)).toEqual([
      { line: 1, code: "PI103", message: "`hello` is not a precompile statement", start: 0, text: "hello" },
      { line: 3, code: "PI104", message: expect.any(String), start: 30, text: sin.slice(0, 30) },
    ]);
  });

  it("keeps text as it is, NULs, quotes and all", () => {
    const store = openStore();
    const odd = `a'b"c\0d\u{1F600}`;
    const run = record(store, `${odd}\n`, { name: odd, tags: { [odd]: odd }, command: [odd] });
    expect(store.runsNamed(odd)).toEqual([run]);
    expect(store.runsTagged(odd, odd)).toEqual([run]);
    expect(run).toMatchObject({ command: [odd], tags: { [odd]: odd } });
    expect(store.damageOf(run.id)[0]?.text).toBe(odd);
  });

  it("leaves nothing where reading fails, and the next run is whole", () => {
    const store = openStore();
    record(store, `${sin}\n`);
    const fail = () =>
      store.recordRun(runFacts, (sink) => {
        sink.sighting({ lineKey: 0, ...statementFrom(cos), spelling: cos, line: 1, recompile: false });
        sink.damage({ line: 2, code: "PI103", message: "damaged", text: "" });
        throw new Error("the disk was unplugged");
      });
    expect(fail).toThrow("the disk was unplugged");
    expect(canonicals(store)).toEqual([sin]);
    expect(store.runs()).toHaveLength(1);
    expect(record(store, `${tan}\n`)).toMatchObject({ lines: 1, statements: 1, newStatements: 1, damaged: 0 });
    expect(canonicals(store)).toEqual([sin, tan].sort());
  });

  it("of a content that was imported before gives that run, and leaves no trace of its own", () => {
    const store = openStore();
    const importOf = (line: string) =>
      store.recordImport({ ...runFacts, kind: "import" }, (sink) => {
        sink.sighting({ lineKey: 0, ...statementFrom(line), spelling: line, line: 1, recompile: false });
        return { lines: 1, sourceDigest: digestText("x") };
      });
    const first = importOf(sin);
    expect(first).toMatchObject({ known: false, run: { sourceDigest: digestText("x"), lines: 1 } });
    expect(importOf(cos)).toEqual({ run: first.run, known: true });
    expect(store.runOfSource(digestText("x"))).toEqual(first.run);
    expect(store.runOfSource(digestText("y"))).toBeUndefined();
    expect(store.runs()).toHaveLength(1);
    expect(canonicals(store)).toEqual([sin]);
  });
});

describe("the runs of a store", () => {
  it("are told newest first, by name and by tag", () => {
    const store = openStore();
    record(store, "", { name: "a", tags: { os: "debian" } });
    record(store, "", { name: "b", tags: { os: "debian", arch: "arm" } });
    record(store, "", { name: "a", tags: { os: "macos" } });
    const ids = (runs: readonly { id: RunId }[]): number[] => runs.map(({ id }) => id);
    expect(ids(store.runs())).toEqual([3, 2, 1]);
    expect(ids(store.runsNamed("a"))).toEqual([3, 1]);
    expect(ids(store.runsNamed("absent"))).toEqual([]);
    expect(ids(store.runsTagged("os", "debian"))).toEqual([2, 1]);
    expect(ids(store.runsTagged("os", "arm"))).toEqual([]);
    expect(store.run(4 as RunId)).toBeUndefined();
  });

  it("saw statements of their own, once for each spelling", () => {
    const store = openStore();
    const other = sin.replace(", ", ",");
    const first = record(store, `${sin}\n${cos}\n${other}\n`);
    const second = record(store, `${cos}\n`);
    const untold = { compileMs: null, recompiles: 0 };
    const seen = [
      { canonical: cos, spelling: null, digest: statementDigest(cos), run: first.id, ...untold },
      { canonical: sin, spelling: null, digest: statementDigest(sin), run: first.id, ...untold },
      { canonical: sin, spelling: other, digest: statementDigest(sin), run: first.id, ...untold },
      { canonical: cos, spelling: null, digest: statementDigest(cos), run: second.id, ...untold },
    ];
    const inOrder = (members: Iterable<object>): string[] =>
      [...members].map((member) => JSON.stringify(member, Object.keys(member).sort())).sort();
    expect(inOrder(store.sightingsIn(first.id))).toEqual(inOrder(seen.slice(0, 3)));
    expect(inOrder(store.sightingsIn(second.id))).toEqual(inOrder(seen.slice(3)));
    expect(inOrder(store.allSightings())).toEqual(inOrder(seen));
  });

  it("are told run by run", () => {
    const store = openStore();
    record(store, `${sin}\n${cos}\n`);
    record(store, `${sin}\n${cos}\n`);
    const order = [...store.allSightings()].map(({ canonical }) => canonical);
    expect(order).toEqual([sin, cos, sin, cos]);
  });

  it("tell how long the same command in the same folder took last", () => {
    const store = openStore();
    record(store, "", { command: ["a.jl", "x"], durationMs: 100 });
    record(store, "", { command: ["a.jl", "x"], durationMs: 200 });
    record(store, "", { command: ["a.jl x"], durationMs: 300 });
    expect(store.lastRunDuration(["a.jl", "x"], runFacts.folder)).toBe(200);
    expect(store.lastRunDuration(["a.jl", "x"], "/elsewhere")).toBeUndefined();
    expect(store.lastRunDuration(["b.jl"], runFacts.folder)).toBeUndefined();
  });
});

describe("removing a run", () => {
  it("removes what no other run saw, and nothing else", () => {
    const store = openStore();
    const other = cos.replace(", ", ",");
    const gone = record(store, `${sin}\n${other}\nhello\n`, {
      tags: { os: "debian" },
      packages: [{ name: "A", uuid: "1" }],
    });
    const kept = record(store, `${cos}\n${tan}\n`);
    expect(store.removeRun(gone.id)).toBe(true);
    expect(canonicals(store)).toEqual([cos, tan].sort());
    expect(store.spellingsOf(statementDigest(cos))).toEqual([cos]);
    expect(store.runs()).toEqual([kept]);
    expect(store.damageOf(gone.id)).toEqual([]);
    expect(store.packagesOf(gone.id)).toBeUndefined();
    expect(store.runsTagged("os", "debian")).toEqual([]);
    expect(store.sightingsOf(statementDigest(cos)).map(({ run }) => run)).toEqual([kept.id]);
  });

  it("keeps a spelling that another run saw too", () => {
    const store = openStore();
    const other = sin.replace(", ", ",");
    const first = record(store, `${other}\n`);
    record(store, `${other}\n`);
    store.removeRun(first.id);
    expect(store.spellingsOf(statementDigest(sin))).toEqual([other]);
  });

  it("keeps a statement that a bake has judged", () => {
    const store = openStore();
    const run = record(store, `${sin}\n${cos}\n`);
    store.findings.recordBake(bake, [{ ...statementFrom(sin), verdict: "refused", reason: "no method" }]);
    store.removeRun(run.id);
    expect(canonicals(store)).toEqual([sin]);
    expect(store.findings.verdictsOf(statementDigest(sin))).toHaveLength(1);
  });

  it("that is not there changes nothing", () => {
    const store = openStore();
    record(store, `${sin}\n`);
    expect(store.removeRun(7 as RunId)).toBe(false);
    expect(canonicals(store)).toEqual([sin]);
  });

  it("leaves room to record the same again as new", () => {
    const store = openStore();
    store.removeRun(record(store, `${sin}\n`).id);
    expect(record(store, `${sin}\n`)).toMatchObject({ newStatements: 1 });
  });
});

const bake = {
  sysimage: "/app/sys.so",
  juliaVersion: "1.10.8",
  juliaCommit: "4c16ff44be",
  bakedAt: "2024-05-02T10:00:00.000Z",
  steps: { "link sysimage": 1500 },
};

describe("a bake", () => {
  it("has a verdict on each statement, the newest first", () => {
    const store = openStore();
    record(store, `${sin}\n`);
    store.findings.recordBake(bake, [{ ...statementFrom(sin), verdict: "refused", reason: "no method" }]);
    store.findings.recordBake({ ...bake, sysimage: "/app/new.so" }, [
      { ...statementFrom(sin), verdict: "compiled", reason: "" },
    ]);
    const { juliaVersion, bakedAt } = bake;
    expect(store.findings.verdictsOf(statementDigest(sin))).toEqual([
      { verdict: "compiled", reason: "", sysimage: "/app/new.so", juliaVersion, bakedAt },
      { verdict: "refused", reason: "no method", sysimage: "/app/sys.so", juliaVersion, bakedAt },
    ]);
    expect(store.findings.verdictsOf(statementDigest(cos))).toEqual([]);
  });

  it("stores statements that came from a file and no run has seen", () => {
    const store = openStore();
    store.findings.recordBake(bake, [{ ...statementFrom(tan), verdict: "compiled", reason: "" }]);
    expect(canonicals(store)).toEqual([tan]);
    expect(store.sightingsOf(statementDigest(tan))).toEqual([]);
    expect(record(store, `${tan}\n`)).toMatchObject({ statements: 1, newStatements: 0 });
  });

  it("tells how long each step took last", () => {
    const store = openStore();
    store.findings.recordBake(bake, []);
    store.findings.recordBake({ ...bake, steps: { "link sysimage": 900, "emit object file": 5_000 } }, []);
    expect(store.findings.lastStepDuration("link sysimage")).toBe(900);
    expect(store.findings.lastStepDuration("start on sysimage")).toBeUndefined();
  });
});

describe("a statement's digest", () => {
  it("finds it by its beginning", () => {
    const store = openStore();
    record(store, `${sin}\n${cos}\n${tan}\n`);
    const digest = statementDigest(sin);
    expect(store.statementsByDigest(digest)).toMatchObject([{ digest, canonical: sin }]);
    expect(store.statementsByDigest(digest.slice(0, 12))).toMatchObject([{ canonical: sin }]);
    expect(store.statementsByDigest("")).toHaveLength(3);
    expect(store.statementsByDigest("f".repeat(32))).toEqual([]);
  });
});

describe("the digest of a file", () => {
  /** Old enough for its times to tell of a change; the time of the last change of its inode cannot be set. */
  async function oldFile(content: string): Promise<string> {
    const file = join(tempFolder(), "sys.so");
    writeFileSync(file, content);
    await vi.waitUntil(() => !fileState(file).isRacy, { timeout: 5_000, interval: 100 });
    return file;
  }

  it("is remembered while the file stays as it is, also by the next command", async () => {
    const path = join(tempFolder(), "store.sqlite");
    const file = await oldFile("one");
    const first = openStore(path);
    expect(first.rememberedDigest(file, fileState(file))).toBeUndefined();
    expect(digestOf(file, first)).toBe(digestText("one"));
    expect(openStore(path).rememberedDigest(file, fileState(file))).toBe(digestText("one"));
    expect(digestOf(file, openStore(path))).toBe(digestText("one"));
  });

  it.each([
    ["is written with another size", (file: string) => writeFileSync(file, "three")],
    ["is written with the same size", (file: string) => writeFileSync(file, "two")],
    ["is replaced by one of the same size", (file: string) => replace(file, "two")],
    ["is written, and its time set back", (file: string) => writeFileSync(file, "two") ?? setBack(file)],
  ])("is taken anew when it %s", async (_, change) => {
    const store = openStore();
    const file = await oldFile("one");
    digestOf(file, store);
    change(file);
    expect(digestOf(file, store)).toBe(digestText(readFileSync(file, "utf8")));
    expect(digestOf(file, store)).not.toBe(digestText("one"));
  });

  it("that changed just now is not remembered, as it may change again within the clock's step", () => {
    const store = openStore();
    const file = join(tempFolder(), "sys.so");
    writeFileSync(file, "one");
    digestOf(file, store);
    expect(store.rememberedDigest(file, fileState(file))).toBeUndefined();
  });

  it("that changed while it was read is not remembered", async () => {
    const store = openStore();
    const file = await oldFile("one");
    const before = fileState(file);
    setBack(file);
    store.rememberDigest(file, before, digestText("one"));
    expect(store.rememberedDigest(file, before)).toBeUndefined();
    expect(store.rememberedDigest(file, fileState(file))).toBeUndefined();
  });

  it("that is not there is an error that names it", () => {
    expect(() => digestOf("/absent/sys.so", openStore())).toThrow("/absent/sys.so");
  });
});

function setBack(file: string): void {
  const old = new Date("2020-01-01T00:00:00Z");
  utimesSync(file, old, old);
}

function replace(file: string, content: string): void {
  const { atime, mtime } = statSync(file);
  writeFileSync(`${file}.new`, content);
  utimesSync(`${file}.new`, atime, mtime);
  renameSync(`${file}.new`, file);
}

describe("opening a store", () => {
  it("makes it, and the folders above it", () => {
    const path = join(tempFolder(), "new", "folders", "store.sqlite");
    expect(openStore(path).runs()).toEqual([]);
    expect(existsSync(path)).toBe(true);
  });

  it("finds again what was recorded", () => {
    const path = join(tempFolder(), "store.sqlite");
    const store = openStore(path);
    const run = record(store, `${sin}\n`);
    store.close();
    expect(openStore(path).runs()).toEqual([run]);
  });

  it("takes an empty file for a new store", () => {
    const path = join(tempFolder(), "store.sqlite");
    writeFileSync(path, "");
    expect(openStore(path).runs()).toEqual([]);
  });

  it.each([
    ["a short text", "hello\n"],
    ["a trace", `${sin}\n`.repeat(1_000)],
    ["zeros", "\0".repeat(4_096)],
  ])("refuses %s, and leaves it as it was", (_, content) => {
    const path = join(tempFolder(), "store.sqlite");
    writeFileSync(path, content);
    expect(StatementStore.open(path)).toEqual({ ok: false, error: { reason: "not-a-store", path } });
    expect(readFileSync(path, "utf8") === content).toBe(true);
  });

  it.each([0, 1, 7])("refuses the database of another program, with version %i, and leaves it as it was", (version) => {
    const path = join(tempFolder(), "places.sqlite");
    const db = new Database(path);
    db.exec("create table bookmark (url text)");
    db.pragma(`user_version = ${version}`);
    db.close();
    const before = readFileSync(path);
    expect(StatementStore.open(path)).toEqual({ ok: false, error: { reason: "not-a-store", path } });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it("refuses the store of a newer preimage, and leaves it as it was", () => {
    const path = join(tempFolder(), "store.sqlite");
    const store = openStore(path);
    record(store, `${sin}\n`);
    store.close();
    setVersion(path, schemaVersion + 1);
    const newer = { ok: false, error: { reason: "other-version", path, version: schemaVersion + 1 } };
    expect(StatementStore.open(path)).toEqual(newer);
    setVersion(path, schemaVersion);
    expect(canonicals(openStore(path))).toEqual([sin]);
  });

  it.each([
    ["below a file", (folder: string) => join(folder, "file", "store.sqlite")],
    ["that is a folder", (folder: string) => join(folder, "folder")],
    ["where nobody can write", () => "/proc/preimage/store.sqlite"],
  ])("is not possible %s", (_, pathIn) => {
    const folder = tempFolder();
    writeFileSync(join(folder, "file"), "");
    mkdirSync(join(folder, "folder"));
    const path = pathIn(folder);
    expect(StatementStore.open(path)).toEqual({
      ok: false,
      error: { reason: "not-writable", path, detail: expect.stringMatching(/./) },
    });
  });
});

function setVersion(path: string, version: number): void {
  const db = new Database(path);
  db.pragma(`user_version = ${version}`);
  db.close();
}

describe("what is said of a store that cannot be opened", () => {
  it.each([
    [{ reason: "not-a-store", path: "x" }, "PI201", "`x` is not a store of preimage"],
    [
      { reason: "other-version", path: "x", version: 9 },
      "PI202",
      `the store \`x\` has version 9, and this preimage knows version ${schemaVersion}`,
    ],
    [
      { reason: "other-version", path: "x", version: 1 },
      "PI202",
      `the store \`x\` has version 1, and this preimage knows version ${schemaVersion}`,
    ],
    [
      { reason: "newer-language", path: "x" },
      "PI202",
      "a newer preimage wrote the store `x`, and tells statements apart in a way that this one does not know",
    ],
    [{ reason: "not-writable", path: "x", detail: "it is full" }, "PI203", "the store `x` cannot be used: it is full"],
  ] as const)("%j", (failure, code, message) => {
    const diagnostic = storeDiagnostic(failure);
    expect(diagnostic).toMatchObject({ code, message, severity: "error" });
    expect(diagnostic.hints.join()).toContain("--store PATH");
  });
});

describe("a line met in an earlier run", () => {
  const spaced = sin.replace(", ", ",");

  it("counts as if it had been read again", () => {
    const store = openStore();
    record(store, `${sin}\n${spaced}\n${cos}\n`);
    const again = record(store, `${cos}\n${spaced}\n${cos}\nhello\n${spaced}\n${tan}\n${cos}\n`);
    expect(again).toMatchObject({ lines: 7, statements: 3, newStatements: 1, damaged: 1 });
    const [seen] = store.sightingsOf(statementDigest(cos));
    expect(seen).toMatchObject({ run: again.id, line: 1, count: 3 });
    expect(store.sightingsOf(statementDigest(sin))[0]).toMatchObject({ run: again.id, line: 2, count: 2 });
    expect(store.spellingsOf(statementDigest(sin))).toEqual([sin, spaced]);
  });

  it("adds to the same statement on a line that is new", () => {
    const store = openStore();
    record(store, `${sin}\n`);
    const again = record(store, `#=    2.5 ms =# ${sin}\n${sin}\n#=    1.5 ms =# ${sin}\n`);
    expect(store.sightingsOf(statementDigest(sin))[0]).toMatchObject({
      run: again.id,
      line: 1,
      count: 3,
      compileMs: 2.5,
    });
  });

  it("is forgotten with the last run that had it", () => {
    const store = openStore();
    const first = record(store, `${sin}\n${cos}\n`);
    store.removeRun(first.id);
    expect(record(store, `${sin}\n`)).toMatchObject({ statements: 1, newStatements: 1 });
  });

  it("is read again where another process removes its run before the merge", () => {
    const path = join(tempFolder(), "store.db");
    const [store, other] = [openStore(path), openStore(path)];
    const first = record(store, `${sin}\n`);
    const trace = join(tempFolder(), "again.jl");
    writeFileSync(trace, `${sin}\n`);
    let removed = false;
    const again = store.recordRun(runFacts, (sink) => {
      const lines = ingest([trace], sink);
      if (!removed) removed = other.removeRun(first.id);
      return lines;
    });
    expect(removed).toBe(true);
    expect(again).toMatchObject({ statements: 1, newStatements: 1 });
    expect(canonicals(store)).toEqual([sin]);
  });
});

describe("a store that an older preimage wrote", () => {
  const [first, second] = ["T", "S"].map((name) => `precompile(Tuple{typeof(f), Array{${name}, 1} where ${name}})`);
  const now = statementFrom(first ?? "");

  /** Before anything was folded, what is one statement now was two. */
  function oldStore(path: string): StatementStore {
    const store = openStore(path);
    const unfolded = (canonical = "", lineKey = 0) => ({
      lineKey,
      digest: digestText(canonical).slice(0, 32) as StatementDigest,
      canonical: canonical as CanonicalText,
      line: lineKey + 1,
    });
    for (const name of ["a", "b"]) {
      store.recordRun({ ...runFacts, name }, (sink) => {
        sink.sighting({ ...unfolded(first, 0), spelling: first ?? "", recompile: true, compileMs: 2.5 });
        sink.sighting({ ...unfolded(second, 1), spelling: (second ?? "").replace(", ", ","), recompile: false });
        sink.sighting({ lineKey: 2, ...statementFrom(sin), spelling: sin, line: 3, recompile: false });
        sink.repeated(1, 4);
        return 7;
      });
    }
    store.findings.recordBake(bake, [{ ...unfolded(second), verdict: "refused", reason: "no method" }]);
    store.findings.recordRehearsal({ environment: "e", juliaVersion: "1.5.3", at: "2026-01-01T00:00:00Z" }, [
      { ...unfolded(second), verdict: "crashed", reason: "signal 11", compileMs: null },
    ]);
    setLanguage(path, 0);
    return store;
  }

  function setLanguage(path: string, version: number): void {
    const db = new Database(path);
    db.prepare("update state set language_version = ?").run(version);
    db.close();
  }

  it("is written anew from what Julia printed, and loses nothing", () => {
    const path = join(tempFolder(), "store.sqlite");
    const store = oldStore(path);
    expect(store.isOutdated).toBe(true);
    store.renew(renewedStatement);
    expect(store.isOutdated).toBe(false);
    expect(canonicals(store)).toEqual([now.canonical, sin].sort());
    expect(store.spellingsOf(now.digest)).toEqual([first, second?.replace(", ", ",")]);
    expect(store.runs().map(({ statements, lines }) => ({ statements, lines }))).toEqual([
      { statements: 2, lines: 7 },
      { statements: 2, lines: 7 },
    ]);
    expect(store.sightingsOf(now.digest)).toEqual([
      { run: 2, name: "b", line: 1, count: 5, compileMs: 2.5, recompiles: 1 },
      { run: 1, name: "a", line: 1, count: 5, compileMs: 2.5, recompiles: 1 },
    ]);
    expect(store.sightingsOf(statementDigest(sin)).map(({ line, count }) => [line, count])).toEqual([
      [3, 1],
      [3, 1],
    ]);
    expect(store.findings.verdictsOf(now.digest)).toMatchObject([{ verdict: "refused", reason: "no method" }]);
    expect(store.findings.quarantined("1.5.3")).toMatchObject([{ digest: now.digest, canonical: now.canonical }]);
    expect(record(store, `${first}\n${sin}\n`)).toMatchObject({ statements: 2, newStatements: 0 });
  });

  it("is left as it was where that fails", () => {
    const store = oldStore(join(tempFolder(), "store.sqlite"));
    const before = [...store.allSightings()];
    expect(() =>
      store.renew(() => {
        throw new Error("the disk was unplugged");
      }),
    ).toThrow("the disk was unplugged");
    expect(store.isOutdated).toBe(true);
    expect([...store.allSightings()]).toEqual(before);
    store.renew(renewedStatement);
    expect(canonicals(store)).toHaveLength(2);
  });

  it("takes the module of names from the canonical text", () => {
    const canonical = call("Foo.f", "Foo.Bar") as CanonicalText;
    expect(renewedStatement(canonical, call("f", "Bar"))).toMatchObject({ canonical });
    expect(renewedStatement(canonical, call("Foo.g", "Foo.Bar"))?.canonical).toBe(call("Foo.g", "Foo.Bar"));
    expect(renewedStatement("no statement" as CanonicalText, null)).toBeUndefined();
  });

  it("newer than this one is refused", () => {
    const path = join(tempFolder(), "store.sqlite");
    openStore(path).close();
    setLanguage(path, languageVersion + 1);
    expect(StatementStore.open(path)).toEqual({ ok: false, error: { reason: "newer-language", path } });
  });
});

it("what some runs saw and others did not is told without the rest", () => {
  const store = openStore();
  const [ab, bc, all] = [
    [sin, cos],
    [cos, tan],
    [sin, cos, tan],
  ].map((lines) => record(store, lines.join("\n")).id);
  if (ab === undefined || bc === undefined || all === undefined) throw new Error("three runs");
  const missing = (others: readonly RunId[], runs: readonly RunId[]) =>
    store.missingFrom(others, runs).map((seen) => [seen.canonical, ...seen.runs]);
  expect(missing([bc], [ab])).toEqual([[sin, ab]]);
  expect(missing([ab, bc], [all])).toEqual([]);
  expect(missing([bc], [ab, all])).toEqual([[sin, ab, all]]);
  expect([store.statementCount([ab, bc]), store.statementCount([ab])]).toEqual([3, 2]);
});
