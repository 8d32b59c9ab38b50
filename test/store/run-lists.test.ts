import { expect, it } from "vitest";
import type { RunFacts } from "../../src/statement/provenance.ts";
import type { StatementStore } from "../../src/store/statement-store.ts";
import { runFacts } from "../samples.ts";
import { openStore } from "../stores.ts";

function storeOf(...runs: readonly Partial<RunFacts>[]): StatementStore {
  const store = openStore();
  for (const facts of runs) store.recordRun({ ...runFacts, ...facts }, () => 0);
  return store;
}

const packages = (...names: readonly string[]) => names.map((name) => ({ name, uuid: "00" }));
const ids = (store: StatementStore) => store.runs().map(({ id }) => id);

it("a list has the newest first, and of each run what the run itself says", () => {
  const store = storeOf(
    { name: "one", juliaVersion: "1.10.8", ioKind: "tty", durationMs: 1.5, exitStatus: 3, tags: { a: "1", b: "2" } },
    { name: "two", tags: { a: "3" } },
    { name: "three" },
  );
  expect(store.runs().map(({ name, tags }) => [name, tags])).toEqual([
    ["three", runFacts.tags],
    ["two", { a: "3" }],
    ["one", { a: "1", b: "2" }],
  ]);
  const known = store.runSummaries().map((run) => Object.entries(run).filter(([, value]) => value !== null));
  for (const [index, run] of store.runs().entries()) expect(run).toMatchObject(Object.fromEntries(known[index] ?? []));
  expect(store.runs().map(({ id }) => store.run(id))).toEqual(store.runs());
  expect(store.runSummaries(2).map(({ name }) => name)).toEqual(["three", "two"]);
  expect(store.runCount()).toBe(3);
});

it("names the Julias of some runs", () => {
  const store = storeOf({ juliaVersion: "1.10.8" }, { juliaVersion: "1.5.3" }, { juliaVersion: "1.5.3" }, {});
  const [unknown, third, second] = ids(store);
  if (unknown === undefined || second === undefined || third === undefined) throw new Error("there are four");
  expect(store.juliaVersionsOf([second, third])).toEqual(["1.5.3"]);
  expect(store.juliaVersionsOf(ids(store)).length).toBeGreaterThan(1);
  expect(store.juliaVersionsOf([])).toEqual([]);
});

it("names what was loaded in some runs, where all of them can tell", () => {
  const store = storeOf({ packages: packages("A", "B") }, { packages: packages("B", "C") }, {});
  const [untold, second, first] = ids(store);
  if (untold === undefined || second === undefined || first === undefined) throw new Error("there are three");
  expect(store.packagesOfAll([first, second])).toEqual(new Set(["A", "B", "C"]));
  expect(store.packagesOfAll([first, untold])).toBe(undefined);
  expect(store.packagesOfAll([])).toBe(undefined);
});
