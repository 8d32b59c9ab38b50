import { join } from "node:path";
import { expect, it } from "vitest";
import { openDatabase, plainBinary } from "../../src/store/open-database.ts";
import { Rig, repository } from "../rig.ts";

const here = `${process.platform}-${process.arch}.node`;

it("finds the package as Node does", () => {
  const rig = new Rig();
  expect(plainBinary(rig.path("."))).toBe(undefined);
  const folder = rig.folderOf("lib/node_modules/better-sqlite3");
  rig.folderOf("lib/node_modules/preimage/dist");
  const from = rig.path("lib/node_modules/preimage/dist");
  expect([undefined, join(folder, "prebuilds", here)]).toContain(plainBinary(from));
  rig.folderOf("lib/node_modules/preimage/node_modules/better-sqlite3/build");
  // One was compiled by hand, or is said to have been.
  expect(plainBinary(from)).toBe(undefined);
});

it("opens with the binary of this platform", () => {
  const db = openDatabase(":memory:");
  expect(db.prepare("select 1 + 1").pluck().get()).toBe(2);
  db.close();
});

it.each(["", "no binary"])("asks the package where its binary is none: %j", (content) => {
  const rig = new Rig();
  rig.folderOf("node_modules/better-sqlite3/prebuilds");
  if (content !== "") rig.write(`node_modules/better-sqlite3/prebuilds/${here}`, content);
  const db = openDatabase(":memory:", {}, rig.folder);
  expect(db.prepare("select 1 + 1").pluck().get()).toBe(2);
  db.close();
});

it("says what SQLite says", () => {
  expect(() => openDatabase(join(repository, "test"))).toThrow(expect.objectContaining({ code: "SQLITE_CANTOPEN" }));
});
