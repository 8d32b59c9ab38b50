/**
 * The tables of a store. Facts only: whether a statement is portable is judged anew from its text each time, so that
 * a better judgement needs no migration.
 *
 * A statement is stored once however often it was seen. No text is indexed, as that costs more than all the rest of an
 * import; what is indexed is a hash, in a table of its own that is filled in the order of the hashes.
 */
export const schemaVersion = 5;

/** In the file's header, where `file` and others read whose database it is: "preI". */
export const applicationId = 0x70726549;

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
    source_digest text unique,                    -- an imported file's content, and what was said of it
    started_at    text    not null,               -- ISO 8601, UTC
    duration_ms   real,
    exit_status   integer,
    exit_signal   text,
    lines         integer not null,
    statements    integer not null,
    new_statements integer not null,
    damaged       integer not null,
    measured      integer not null                -- its sightings that tell a time, or that it was not the first
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

  -- The Julias of a traced run, numbered from 1 on in the order in which they started.
  create table process (
    run        integer not null references run on delete cascade,
    number     integer not null,
    kind       text    not null check (kind in ('julia', 'worker', 'python')),
    pid        integer,
    program    text,
    lines      integer not null,
    statements integer not null,
    primary key (run, number)
  ) strict, without rowid;

  -- One row. Who reads a statement's text once more has to know which canonical form it was written in.
  create table state (
    language_version integer not null,
    removals         integer not null,            -- of runs: what was read before one may be gone
    traits_version   integer not null             -- of all that the next two tables hold
  ) strict;

  create table statement (
    id        integer primary key,
    digest    blob    not null,                   -- 16 bytes
    canonical text    not null
  ) strict;

  create table statement_digest (
    digest    blob    not null primary key,
    statement integer not null
  ) strict, without rowid;

  -- What statements are counted by, each once, as JSON; numbered from 1 on. Found when somebody asks.
  create table traits (
    number integer primary key,
    text   text    not null
  ) strict;

  -- The traits of statements: 32 bits for each, at the place of its id; 0 where nobody has asked. Read whole, so many are a row.
  create table traits_page (
    page    integer primary key,
    numbers blob    not null
  ) strict;

  -- How Julia printed it, where that is not the canonical text; numbered from 1 on for each statement.
  create table spelling (
    statement integer not null,
    number    integer not null,
    text      text    not null,
    primary key (statement, number)
  ) strict, without rowid;

  -- Not bound by foreign keys: each would be looked up for each row.
  create table sighting (
    run        integer not null,
    statement  integer not null,
    spelling   integer not null,                  -- 0: the canonical text
    line       integer not null,                  -- of the first time in this run
    count      integer not null,
    compile_ms real,
    recompiles integer not null,
    processes  text,                              -- 1,3-5: those that compiled it; null where the run has no two
    primary key (run, statement, spelling)
  ) strict, without rowid;

  -- Lines that are a spelling and nothing else: met again, they need not be read again. Read whole and as one, so a run's
  -- new ones are one row: 24 bytes a line, as KnownLines has them.
  create table known_lines (
    id    integer primary key,
    lines blob    not null
  ) strict;

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
    verdict   text    not null check (verdict in ('compiled', 'inferred', 'refused', 'unresolved', 'failed', 'crashed')),
    reason    text    not null,
    primary key (statement, bake)
  ) strict, without rowid;

  -- What rehearsals found of statements, for the Julia, the project and the packages that it holds for. By digest: what is
  -- rehearsed need not have been seen by any run.
  create table rehearsed (
    environment   text not null,
    digest        blob not null,
    canonical     text not null,
    julia_version text not null,
    verdict       text not null check (verdict in ('compiled', 'inferred', 'refused', 'unresolved', 'failed', 'crashed')),
    reason        text not null,
    compile_ms    real,
    rehearsed_at  text not null,                  -- ISO 8601, UTC
    primary key (environment, digest)
  ) strict, without rowid;

  -- What a rehearsal predicted for a workload, as statements, and of which list, as digests; a line each. A longer list
  -- leaves no more.
  create table prediction (
    environment text not null,
    workload    text not null,                    -- JSON: kind of standard output, file, arguments, digest of their content
    listed      text not null,
    residual    text not null,
    primary key (environment, workload)
  ) strict, without rowid;

  -- What a sysimage left to be compiled, beside what its rehearsal had said: statements, a line each. Null: no rehearsal.
  create table verification (
    id          integer primary key,
    sysimage    text not null,
    workload    text not null,                    -- JSON: kind of standard output, file, arguments
    predicted   text,
    residual    text not null,
    traced      integer not null,                 -- how many statements compile on the base sysimage
    before_ms   real not null,                    -- the workload's median on the base sysimage, and on the new one
    after_ms    real not null,
    verified_at text not null                     -- ISO 8601, UTC
  ) strict;

  -- Digests of large files that seldom change, such as a base sysimage, and of imported traces.
  create table file_digest (
    path   text not null primary key,
    state  text not null,                         -- size, times and inode, by which a change is noticed
    digest text not null
  ) strict, without rowid;
`;
