import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, it, onTestFinished } from "vitest";
import { RunStatements } from "../../src/store/run-statements.ts";
import type { StatementStore } from "../../src/store/statement-store.ts";
import { call } from "../samples.ts";
import { openStore, record } from "../stores.ts";
import { tempFolder } from "../temp-folder.ts";

function recorded(...names: readonly string[]): { readonly path: string; readonly store: StatementStore } {
  const path = join(tempFolder(), "store.sqlite");
  const store = openStore(path);
  record(store, names.map((name) => `${call(name)}\n`).join(""));
  return { path, store };
}

function statementsOf(path: string, options: Database.Options = {}): RunStatements {
  const db = new Database(path, options);
  onTestFinished(() => void db.close());
  return new RunStatements(db);
}

it("traits are found of what cannot be written, and remembered where it can", () => {
  const { path } = recorded("Base.sin", "Base.cos");
  let asked = 0;
  const traitsOf = (canonical: string): string => {
    asked += 1;
    return canonical.length > 0 ? "some" : "";
  };
  const readOnly = statementsOf(path, { readonly: true });
  expect(readOnly.traits(traitsOf, 1)).toMatchObject({ texts: ["", "some"] });
  expect(readOnly.traits(traitsOf, 1).numbers.slice(0, 4)).toEqual(Int32Array.of(0, 1, 1, 0));
  expect(asked).toBe(4);
  statementsOf(path).traits(traitsOf, 1);
  expect(asked).toBe(6);
  expect(readOnly.traits(traitsOf, 1).numbers.slice(0, 4)).toEqual(Int32Array.of(0, 1, 1, 0));
  expect(asked).toBe(6);
});

it("what is remembered is read while another process writes", () => {
  const { path, store } = recorded("Base.sin");
  store.runStatements().traits(() => "some", 1);
  const writer = new Database(path);
  onTestFinished(() => void writer.close());
  writer.exec("begin immediate");
  expect(statementsOf(path, { timeout: 0 }).traits(() => "others", 1).texts).toEqual(["", "some"]);
  expect(statementsOf(path, { timeout: 0 }).traits(() => "others", 2).texts).toEqual(["", "others"]);
  writer.exec("rollback");
  expect(statementsOf(path).traits(() => "not asked", 1).texts).toEqual(["", "some"]);
});
