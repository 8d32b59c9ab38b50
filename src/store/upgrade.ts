import type Database from "better-sqlite3";

/** What makes a store of the next version of one of this version. Older ones were never released. */
const upgrades: Readonly<Record<number, string>> = {
  4: `
    alter table run add column measured integer not null default 0;
    update run set measured = (
      select count(*) from sighting g where g.run = run.id and (g.compile_ms is not null or g.recompiles > 0));
    alter table state add column traits_version integer not null default 0;
    create table traits (number integer primary key, text text not null) strict;
    create table traits_page (page integer primary key, numbers blob not null) strict;`,
};

/** Upgrades a store of an earlier version as far as it can be, and gives the version that it then has. */
export function upgraded(db: Database.Database): number {
  const version = versionOf(db);
  if (upgrades[version] === undefined) return version;
  const upgrade = db.transaction(() => {
    // Another process may have done it meanwhile.
    for (let at = versionOf(db); ; at += 1) {
      const step = upgrades[at];
      if (step === undefined) return at;
      db.exec(step);
      db.pragma(`user_version = ${at + 1}`);
    }
  });
  return upgrade.immediate();
}

const versionOf = (db: Database.Database): number => Number(db.pragma("user_version", { simple: true }));
