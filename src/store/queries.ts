import type Database from "better-sqlite3";
import type { StatementDigest } from "../statement/statement.ts";

// Every query of the store, by name. The shapes of the rows stand where they are asked, and never leave the store.

/** What writing a run asks, row by row; the rows themselves go in many at once (bulk-insert.ts). */
export const merging = {
  lastStatement: `select max(id) from statement`,
  statementOf: `select statement from statement_digest where digest = ?`,
  spellingsOf: `select number, text from spelling where statement = ? order by number`,
  knownLines: `select lines from known_lines order by id`,
  addKnownLines: `insert into known_lines (lines) values (?)`,
  addDamage: `insert into damage (run, line, code, message, start, text) values (?, ?, ?, ?, ?, ?)`,
  removals: `select removals from state`,
  addProcess: `
    insert into process (run, number, kind, pid, program, lines, statements)
    values (@run, @number, @kind, @pid, @program, @lines, @statements)`,
  counts: `
    update run set statements = @statements, new_statements = @newStatements, lines = @lines, damaged = @damaged,
      measured = @measured
    where id = @run`,
} as const;

/** The removal of a run, and of what no other run saw. */
export const removing = {
  candidates: `select distinct statement, spelling from sighting where run = ?`,
  sightings: `delete from sighting where run = ?`,
  run: `delete from run where id = ?`,
  isSeen: `
    select 1 from run r cross join sighting g on g.run = r.id where g.statement = ? and g.spelling = ? limit 1`,
  spelling: `delete from spelling where statement = ? and number = ?`,
  isNeeded: `
    select 1 from run r cross join sighting g on g.run = r.id where g.statement = @statement
    union all select 1 from verdict where statement = @statement limit 1`,
  digest: `delete from statement_digest where digest = (select digest from statement where id = ?)`,
  statement: `delete from statement where id = ?`,
  knownLines: `select id, lines from known_lines`,
  keepKnownLines: `update known_lines set lines = ? where id = ?`,
  count: `update state set removals = removals + 1`,
} as const;

/** Statements by their numbers (run-statements.ts, statement-traits.ts). Runs, and statements, are given as a JSON array. */
export const counting = {
  remembered: `
    select traits_version as version, removals, (select count(*) from traits) as texts from state`,
  setTraitsVersion: `update state set traits_version = ?`,
  forgetAll: `delete from traits_page; delete from traits`,
  traits: `select text from traits order by number`,
  addTraits: `insert into traits (number, text) values (?, ?)`,
  pages: `select page, numbers from traits_page`,
  pageAt: `select numbers from traits_page where page = ?`,
  writePage: `insert into traits_page (page, numbers) values (?, ?) on conflict do update set numbers = excluded.numbers`,
  statementsBetween: `select id, canonical from statement where id between ? and ?`,
  canonicalsOf: `select canonical from statement where id in (select value from json_each(?)) order by id`,
  seenBy: `select distinct statement from sighting where run = ?`,
  seenByNone: `
    select distinct statement from verdict v
    where not exists (select 1 from run r cross join sighting g on g.run = r.id where g.statement = v.statement)`,
  measured: `
    select g.run, g.statement, g.compile_ms as compileMs, g.recompiles
    from json_each(?) e join run r on r.id = e.value cross join sighting g on g.run = r.id
    where r.measured > 0 and (g.compile_ms is not null or g.recompiles > 0)`,
} as const;

/** All statements anew (rewrite-statements.ts). */
export const rewriting = {
  languageVersion: `select language_version from state`,
  setLanguageVersion: `update state set language_version = ?, removals = removals + 1`,
  putAside: `
    create temp table old_statement (id integer primary key, digest blob, canonical text);
    create temp table old_spelling (statement, number, text, primary key (statement, number));
    create temp table old_sighting as select * from sighting order by run;
    create index temp.old_sighting_run on old_sighting (run);
    create temp table old_verdict as select * from verdict;
    insert into old_statement select id, digest, canonical from statement;
    insert into old_spelling select statement, number, text from spelling;
    delete from verdict;
    delete from known_lines;
    delete from sighting;
    delete from spelling;
    delete from statement_digest;
    delete from statement`,
  runs: `select id from run order by id`,
  sightingsOf: `
    select lower(hex(s.digest)) as digest, s.canonical, g.statement, g.spelling, p.text, g.line, g.count,
           g.compile_ms as compileMs, g.recompiles, g.processes
    from old_sighting g join old_statement s on s.id = g.statement
    left join old_spelling p on p.statement = g.statement and p.number = g.spelling
    where g.run = ? order by g.statement, g.spelling`,
  countOfProcess: `update process set statements = ? where run = ? and number = ?`,
  count: `update run set statements = ?, measured = ? where id = ?`,
  verdicts: `
    select lower(hex(s.digest)) as digest, s.canonical, v.statement, v.bake, v.verdict, v.reason
    from old_verdict v join old_statement s on s.id = v.statement order by v.bake, v.statement`,
  /** Of two that have become one statement, the one that is written last stays. */
  renewRehearsed: `
    update or replace rehearsed set digest = @digest, canonical = @canonical
    where environment = @environment and digest = @old`,
  dropOld: `
    drop table old_statement; drop table old_spelling; drop table old_sighting; drop table old_verdict`,
} as const;

const runColumns = `
  r.id, r.name, r.kind, r.command, r.folder, r.julia_version as juliaVersion, r.julia_commit as juliaCommit, r.os, r.arch,
  r.cpu_target as cpuTarget, r.sysimage, r.sysimage_digest as sysimageDigest, r.project,
  r.manifest_digest as manifestDigest, r.io_kind as ioKind, r.source_digest as sourceDigest,
  r.started_at as startedAt, r.duration_ms as durationMs, r.exit_status as exitStatus, r.exit_signal as exitSignal,
  r.lines, r.statements, r.new_statements as newStatements, r.damaged`;

const addRehearsed = `
    insert into rehearsed (environment, digest, canonical, julia_version, verdict, reason, compile_ms, rehearsed_at)
    values (@environment, @digest, @canonical, @juliaVersion, @verdict, @reason, @compileMs, @at)
    on conflict do update set verdict = excluded.verdict, reason = excluded.reason,
      compile_ms = excluded.compile_ms, rehearsed_at = excluded.rehearsed_at`;

export const queries = {
  anyTable: `select 1 from sqlite_master limit 1`,
  addState: `insert into state (language_version, removals, traits_version) values (?, 0, 0)`,

  addRun: `
    insert into run (name, kind, command, folder, julia_version, julia_commit, os, arch, cpu_target, sysimage,
                     sysimage_digest, project, manifest_digest, io_kind, source_digest, started_at, duration_ms,
                     exit_status, exit_signal, lines, statements, new_statements, damaged, measured)
    values (@name, @kind, @command, @folder, @juliaVersion, @juliaCommit, @os, @arch, @cpuTarget, @sysimage,
            @sysimageDigest, @project, @manifestDigest, @ioKind, @sourceDigest, @startedAt, @durationMs,
            @exitStatus, @exitSignal, 0, 0, 0, 0, 0)`,

  addTag: `insert into run_tag (run, key, value) values (?, ?, ?) on conflict do update set value = excluded.value`,
  addPackage: `insert into run_package (run, name, uuid) values (?, ?, ?) on conflict do nothing`,

  runs: `select ${runColumns} from run r order by r.id desc`,
  // Read row by row a thousand runs take longer than starting Node.
  runSummaries: `
    select id, name, kind, started_at as startedAt, julia_version as juliaVersion, io_kind as ioKind, statements,
           new_statements as newStatements, lines, damaged, duration_ms as durationMs, exit_status as exitStatus,
           exit_signal as exitSignal
    from run order by id desc limit ?`,
  runCount: `select count(*) from run`,
  allTags: `select run, key, value from run_tag order by run, key`,
  runById: `select ${runColumns} from run r where r.id = ?`,
  runsByName: `select ${runColumns} from run r where r.name = ? order by r.id desc`,
  runsByTag: `select ${runColumns} from run r join run_tag t on t.run = r.id where t.key = ? and t.value = ? order by r.id desc`,
  runBySource: `select ${runColumns} from run r where r.source_digest = ?`,
  tagsOf: `select key, value from run_tag where run = ? order by key`,
  setNames: `
    select * from (select 'run:' || name from run group by name order by max(id) desc)
    union all select * from (select distinct 'tag:' || key || '=' || value from run_tag order by 1)`,
  juliaVersionsOf: `select distinct julia_version from run where id in (select value from json_each(?))`,
  // Null where one of them has none.
  packagesOfAll: `
    select p.name from json_each(@runs) r left join run_package p on p.run = r.value group by p.name`,
  packagesOf: `select name, uuid from run_package where run = ? order by name`,
  processesOf: `select number, kind, pid, program, lines, statements from process where run = ? order by number`,
  damageOf: `select line, code, message, start, text from damage where run = ? order by line`,

  members: `
    select lower(hex(s.digest)) as digest, s.canonical, g.run, p.text as spelling, g.compile_ms as compileMs,
           g.recompiles
    from sighting g join statement s on s.id = g.statement
    left join spelling p on p.statement = g.statement and p.number = g.spelling
    where g.run = ? order by g.statement, g.spelling`,
  allMembers: `
    select lower(hex(s.digest)) as digest, s.canonical, g.run, p.text as spelling, g.compile_ms as compileMs,
           g.recompiles
    from sighting g join statement s on s.id = g.statement
    left join spelling p on p.statement = g.statement and p.number = g.spelling
    order by g.run, g.statement, g.spelling`,

  // Runs and statements are given as JSON arrays.
  statementCount: `
    select count(distinct statement) from sighting where run in (select value from json_each(@runs))`,
  // Of one run each: the two sides come in order, and need not be gathered first.
  textsMissingInRun: `
    select s.canonical
    from (select statement from sighting where run = @run except select statement from sighting where run = @other) m
    cross join statement s on s.id = m.statement`,
  textsMissing: `
    select s.canonical, json_group_array(distinct g.run order by g.run) as runs
    from (select statement from sighting where run in (select value from json_each(@runs))
          except select statement from sighting where run in (select value from json_each(@others))) m
    cross join json_each(@runs) r cross join sighting g on g.run = r.value and g.statement = m.statement
    join statement s on s.id = g.statement
    group by s.id`,

  wholeSightings: `
    select lower(hex(s.digest)) as digest, s.canonical, g.run, p.text as spelling, g.line, g.count,
           g.compile_ms as compileMs, g.recompiles, g.processes
    from sighting g join statement s on s.id = g.statement
    left join spelling p on p.statement = g.statement and p.number = g.spelling
    where g.run = ? order by g.line`,

  byDigestRange: `
    select lower(hex(s.digest)) as digest, s.canonical
    from statement_digest d join statement s on s.id = d.statement
    where d.digest between @first and @last order by d.digest limit 20`,
  spellingsOf: `
    select canonical as text from statement s
    where id = @statement and exists (
      select 1 from run r cross join sighting g on g.run = r.id where g.statement = s.id and g.spelling = 0)
    union all
    select text from (select text from spelling where statement = @statement order by number)`,
  sightingsOf: `
    select g.run, r.name, min(g.line) as line, sum(g.count) as count, max(g.compile_ms) as compileMs, sum(g.recompiles) as recompiles,
           group_concat(g.processes) as processes
    from run r cross join sighting g on g.run = r.id where g.statement = @statement group by r.id order by r.id desc`,
  verdictsOf: `
    select v.verdict, v.reason, b.sysimage, b.julia_version as juliaVersion, b.baked_at as bakedAt
    from verdict v join bake b on b.id = v.bake where v.statement = @statement order by b.baked_at desc, b.id desc`,
  bakes: `
    select id, sysimage, julia_version as juliaVersion, julia_commit as juliaCommit, baked_at as bakedAt
    from bake order by id`,
  verdictsIn: `
    select lower(hex(s.digest)) as digest, s.canonical, v.verdict, v.reason
    from verdict v join statement s on s.id = v.statement where v.bake = ? order by s.id`,

  addBake: `
    insert into bake (sysimage, julia_version, julia_commit, baked_at)
    values (@sysimage, @juliaVersion, @juliaCommit, @bakedAt)`,
  rehearsed: `
    select lower(hex(digest)) as digest, verdict, reason, compile_ms as compileMs
    from rehearsed where environment = ?`,
  rehearsedOf: `
    select verdict, reason, compile_ms as compileMs, julia_version as juliaVersion, rehearsed_at as rehearsedAt
    from rehearsed where digest = ? order by rehearsed_at desc`,
  allRehearsed: `
    select lower(hex(digest)) as digest, verdict, reason, compile_ms as compileMs from rehearsed order by rehearsed_at`,
  addRehearsed,
  takeRehearsed: `${addRehearsed} where excluded.rehearsed_at > rehearsed.rehearsed_at`,
  rehearsedStatements: `
    select environment, lower(hex(digest)) as digest, canonical, julia_version as juliaVersion, verdict, reason,
           compile_ms as compileMs, rehearsed_at as at
    from rehearsed`,
  prediction: `select listed, residual from prediction where environment = ? and workload = ?`,
  addPrediction: `
    insert into prediction (environment, workload, listed, residual) values (@environment, @workload, @listed, @residual)
    on conflict do update set listed = excluded.listed, residual = excluded.residual`,
  addVerification: `
    insert into verification (sysimage, workload, predicted, residual, traced, before_ms, after_ms, verified_at)
    values (@sysimage, @workload, @predicted, @residual, @traced, @beforeMs, @afterMs, @verifiedAt)`,
  verifications: `
    select sysimage, workload, predicted, residual, traced, before_ms as beforeMs, after_ms as afterMs,
           verified_at as verifiedAt
    from verification order by id`,
  quarantined: `
    select lower(hex(digest)) as digest, canonical, reason, max(rehearsed_at) as rehearsedAt from rehearsed
    where julia_version = ? and verdict = 'crashed' group by digest order by canonical`,

  addBakeStep: `insert into bake_step (bake, step, duration_ms) values (?, ?, ?)`,
  addVerdict: `
    insert into verdict (statement, bake, verdict, reason) values (@statement, @bake, @verdict, @reason)
    on conflict do update set verdict = excluded.verdict, reason = excluded.reason`,
  lastStepDuration: `
    select p.duration_ms as durationMs from bake_step p join bake b on b.id = p.bake
    where p.step = ? order by b.id desc limit 1`,
  lastRunDuration: `select duration_ms as durationMs from run where command = ? and folder = ? order by id desc limit 1`,

  fileDigest: `select digest from file_digest where path = @path and state = @state`,
  rememberFileDigest: `
    insert into file_digest (path, state, digest) values (@path, @state, @digest)
    on conflict (path) do update set state = excluded.state, digest = excluded.digest`,
} as const;

/** Prepares each query once. */
export class Queries {
  readonly #db: Database.Database;
  readonly #prepared = new Map<string, Database.Statement<unknown[], unknown>>();

  constructor(db: Database.Database) {
    this.#db = db;
  }

  of(sql: string): Database.Statement<unknown[], unknown> {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const statement = this.#db.prepare<unknown[], unknown>(sql);
    this.#prepared.set(sql, statement);
    return statement;
  }

  /** The rows of a query about one statement; none where the store does not have it. */
  about(digest: StatementDigest, sql: string): unknown[] {
    const row = this.of(merging.statementOf).get(Buffer.from(digest, "hex"));
    return row === undefined ? [] : this.of(sql).all(row);
  }
}
