/**
 * The tables of a store. Facts only: whether a statement is portable is judged anew from its text each time, so that
 * a better judgement needs no migration.
 *
 * A statement is stored once however often it was seen; nothing but its digest is indexed, as an index on statement
 * text costs more than all the rest of an import.
 */
export const schemaVersion = 1;

export const schema = `
  create table run (
    id            integer primary key autoincrement,  -- never used again, as people note it down
    name          text    not null,
    kind          text    not null check (kind in ('trace', 'import')),
    command       text    not null,               -- JSON array of words
    folder        text    not null,
    julia_version text,
    julia_commit  text,
    os            text,
    arch          text,
    cpu_target    text,
    sysimage      text,
    sysimage_digest text,
    project       text,
    manifest_digest text,
    io_kind       text,                           -- of standard output: tty, pipe, file, other
    source_digest text unique,                    -- an imported file's content
    started_at    text    not null,               -- ISO 8601, UTC
    duration_ms   real,
    exit_status   integer,
    exit_signal   text,
    lines         integer not null,
    statements    integer not null,
    new_statements integer not null,
    damaged       integer not null
  ) strict;

  create table run_tag (
    run   integer not null references run on delete cascade,
    key   text    not null,
    value text    not null,
    primary key (run, key)
  ) strict, without rowid;

  -- The packages loaded when the run ended; none recorded where it did not end by itself.
  create table run_package (
    run  integer not null references run on delete cascade,
    name text    not null,
    uuid text    not null,
    primary key (run, name, uuid)
  ) strict, without rowid;

  create table statement (
    id        integer primary key,
    digest    text    not null unique,
    canonical text    not null
  ) strict;

  -- How Julia printed it, where that is not the canonical text.
  create table spelling (
    id        integer primary key,
    statement integer not null references statement on delete cascade,
    text      text    not null,
    unique (statement, text)
  ) strict;

  create table sighting (
    run        integer not null references run on delete cascade,
    statement  integer not null references statement on delete cascade,
    spelling   integer not null,                  -- 0: the canonical text
    line       integer not null,                  -- of the first time in this run
    count      integer not null,
    compile_ms real,
    recompiles integer not null,
    primary key (run, statement, spelling)
  ) strict, without rowid;
  create index sighting_statement on sighting (statement);

  -- Lines that are a spelling and nothing else, by their hash: met again, they need not be read again.
  create table line (
    hash      blob    not null primary key,
    statement integer not null,
    spelling  integer not null
  ) strict, without rowid;

  create table damage (
    run     integer not null references run on delete cascade,
    line    integer not null,
    code    text    not null,
    message text    not null,
    start   integer,
    text    text    not null
  ) strict;
  create index damage_run on damage (run);

  create table bake (
    id            integer primary key,
    sysimage      text    not null,
    julia_version text    not null,
    julia_commit  text    not null,
    baked_at      text    not null
  ) strict;

  -- How long each step took, for the estimate of the next one.
  create table bake_step (
    bake        integer not null references bake on delete cascade,
    step        text    not null,
    duration_ms real    not null,
    primary key (bake, step)
  ) strict, without rowid;

  create table verdict (
    statement integer not null references statement on delete cascade,
    bake      integer not null references bake on delete cascade,
    verdict   text    not null check (verdict in ('compiled', 'refused', 'unresolved', 'failed', 'crashed')),
    reason    text    not null,
    primary key (statement, bake)
  ) strict, without rowid;

  -- Digests of large files that seldom change, such as a base sysimage.
  create table file_digest (
    path     text    not null primary key,
    size     integer not null,
    mtime_ms real    not null,
    digest   text    not null
  ) strict, without rowid;
`;
