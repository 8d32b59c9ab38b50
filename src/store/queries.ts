/** Every query of the store, by name. The row shapes stand in statement-store.ts and never leave it. */

export const stagingTables = `
  create temp table if not exists staged (
    line_key    integer not null,
    digest      text    not null,
    canonical   text    not null,
    spelling    text,
    line_hash   blob,
    line        integer not null,
    count       integer not null default 1,
    compile_ms  real,
    recompile   integer not null default 0
  );
  delete from staged;
  create temp table if not exists staged_damage (line integer, code text, message text, start integer, text text);
  delete from staged_damage;`;

export const staging = {
  add: `
    insert into staged (line_key, digest, canonical, spelling, line_hash, line, compile_ms, recompile)
    values (?, ?, ?, ?, ?, ?, ?, ?)`,

  known: `
    select statement, spelling from line where hash = ?`,

  index: `
    create index if not exists temp.staged_key on staged (line_key)`,

  repeat: `
    update staged set count = ? where line_key = ?`,

  addDamage: `
    insert into staged_damage (line, code, message, start, text)
    values (@line, @code, @message, @start, @text)`,
} as const;

/** The merge of what was staged, in this order, inside the run's one transaction. */
export const merge = {
  statements: `
    insert into statement (digest, canonical)
    select digest, canonical from staged group by digest order by min(line)
    on conflict (digest) do nothing`,

  spellings: `
    insert into spelling (statement, text)
    select distinct s.id, g.spelling from staged g join statement s on s.digest = g.digest
    where g.spelling is not null
    on conflict do nothing`,

  lines: `
    insert into line (hash, statement, spelling)
    select g.line_hash, s.id, coalesce(p.id, 0)
    from staged g
    join statement s on s.digest = g.digest
    left join spelling p on p.statement = s.id and p.text = g.spelling
    where g.line_hash is not null
    order by g.line_hash
    on conflict do nothing`,

  sightings: `
    insert into sighting (run, statement, spelling, line, count, compile_ms, recompiles)
    select @run, s.id, coalesce(p.id, 0), min(g.line), sum(g.count), max(g.compile_ms), sum(g.recompile * g.count)
    from staged g
    join statement s on s.digest = g.digest
    left join spelling p on p.statement = s.id and p.text = g.spelling
    group by s.id, coalesce(p.id, 0)`,

  knownSighting: `
    insert into sighting (run, statement, spelling, line, count, recompiles)
    values (?, ?, ?, ?, ?, 0)
    on conflict do update set line = min(line, excluded.line), count = count + excluded.count`,

  damage: `
    insert into damage (run, line, code, message, start, text)
    select @run, line, code, message, start, text from staged_damage order by line`,

  counts: `
    update run set
      statements = (select count(distinct statement) from sighting where run = @run),
      new_statements = @newStatements,
      lines = @lines,
      damaged = @damaged
    where id = @run`,
} as const;

const runColumns = `
  r.id, r.name, r.kind, r.command, r.folder, r.julia_version as juliaVersion, r.julia_commit as juliaCommit, r.os, r.arch,
  r.cpu_target as cpuTarget, r.sysimage, r.sysimage_digest as sysimageDigest, r.project,
  r.manifest_digest as manifestDigest, r.io_kind as ioKind, r.source_digest as sourceDigest,
  r.started_at as startedAt, r.duration_ms as durationMs, r.exit_status as exitStatus, r.exit_signal as exitSignal,
  r.lines, r.statements, r.new_statements as newStatements, r.damaged`;

export const queries = {
  tables: `select name from sqlite_master where type = 'table'`,

  addRun: `
    insert into run (name, kind, command, folder, julia_version, julia_commit, os, arch, cpu_target, sysimage,
                     sysimage_digest, project, manifest_digest, io_kind, source_digest, started_at, duration_ms,
                     exit_status, exit_signal, lines, statements, new_statements, damaged)
    values (@name, @kind, @command, @folder, @juliaVersion, @juliaCommit, @os, @arch, @cpuTarget, @sysimage,
            @sysimageDigest, @project, @manifestDigest, @ioKind, @sourceDigest, @startedAt, @durationMs,
            @exitStatus, @exitSignal, 0, 0, 0, 0)`,

  addTag: `insert into run_tag (run, key, value) values (?, ?, ?) on conflict do update set value = excluded.value`,
  addPackage: `insert into run_package (run, name, uuid) values (?, ?, ?) on conflict do nothing`,

  runs: `select ${runColumns} from run r order by r.id desc`,
  runById: `select ${runColumns} from run r where r.id = ?`,
  runsByName: `select ${runColumns} from run r where r.name = ? order by r.id desc`,
  runsByTag: `select ${runColumns} from run r join run_tag t on t.run = r.id where t.key = ? and t.value = ? order by r.id desc`,
  runBySource: `select ${runColumns} from run r where r.source_digest = ?`,
  tagsOf: `select key, value from run_tag where run = ? order by key`,
  packagesOf: `select name, uuid from run_package where run = ? order by name`,
  damageOf: `select line, code, message, start, text from damage where run = ? order by line`,

  removeRun: `delete from run where id = ?`,
  removeOrphans: `
    delete from statement where not exists (select 1 from sighting g where g.statement = statement.id)
      and not exists (select 1 from verdict v where v.statement = statement.id)`,
  removeOrphanLines: `
    delete from line where not exists (select 1 from sighting g where g.statement = line.statement and g.spelling = line.spelling)`,
  removeOrphanSpellings: `
    delete from spelling where not exists (select 1 from sighting g where g.statement = spelling.statement and g.spelling = spelling.id)`,

  members: `
    select s.digest, s.canonical, g.run, p.text as spelling
    from sighting g join statement s on s.id = g.statement left join spelling p on p.id = g.spelling
    where g.run = ?`,
  allMembers: `
    select s.digest, s.canonical, g.run, p.text as spelling
    from statement s join sighting g on g.statement = s.id left join spelling p on p.id = g.spelling
    order by s.id`,

  byDigestPrefix: `select id, digest, canonical from statement where digest >= @from and digest < @to limit 20`,
  byDigest: `select id, digest, canonical from statement where digest = ?`,
  spellingsOf: `
    with s as (select id, canonical from statement where id = ?)
    select canonical as text from s
    where exists (select 1 from sighting g where g.statement = s.id and g.spelling = 0)
    union all
    select p.text from s join spelling p on p.statement = s.id`,
  sightingsOf: `
    select g.run, r.name, min(g.line) as line, sum(g.count) as count, max(g.compile_ms) as compileMs, sum(g.recompiles) as recompiles
    from sighting g join run r on r.id = g.run where g.statement = ? group by g.run order by g.run desc`,
  verdictsOf: `
    select v.verdict, v.reason, b.sysimage, b.julia_version as juliaVersion, b.baked_at as bakedAt
    from verdict v join bake b on b.id = v.bake where v.statement = ? order by b.id desc`,

  addStatement: `insert into statement (digest, canonical) values (?, ?) on conflict (digest) do nothing`,
  addBake: `
    insert into bake (sysimage, julia_version, julia_commit, baked_at)
    values (@sysimage, @juliaVersion, @juliaCommit, @bakedAt)`,
  addBakeStep: `insert into bake_step (bake, step, duration_ms) values (?, ?, ?)`,
  addVerdict: `
    insert into verdict (statement, bake, verdict, reason)
    select id, @bake, @verdict, @reason from statement where digest = @digest
    on conflict do update set verdict = excluded.verdict, reason = excluded.reason`,
  lastStepDuration: `
    select p.duration_ms as durationMs from bake_step p join bake b on b.id = p.bake
    where p.step = ? order by b.id desc limit 1`,
  lastRunDuration: `select duration_ms as durationMs from run where command = ? and folder = ? order by id desc limit 1`,

  fileDigest: `select digest from file_digest where path = @path and size = @size and mtime_ms = @mtimeMs`,
  rememberFileDigest: `
    insert into file_digest (path, size, mtime_ms, digest) values (@path, @size, @mtimeMs, @digest)
    on conflict (path) do update set size = excluded.size, mtime_ms = excluded.mtime_ms, digest = excluded.digest`,
} as const;
