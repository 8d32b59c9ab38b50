import type Database from "better-sqlite3";

/** With more the statement grows faster than the time it saves; with one a row costs twice as much. */
const rowsAtOnce = 50;

/** Inserts many rows into a table. Nothing is whole before `end`. */
export class BulkInsert {
  readonly #insert: (rows: number) => Database.Statement<unknown[]>;
  readonly #many: Database.Statement<unknown[]>;
  #values: unknown[] = [];
  #rows = 0;

  /** `same`: what other columns hold in every row; to hand it over with each would cost as much as writing it. */
  constructor(
    db: Database.Database,
    table: string,
    columns: readonly string[],
    same: Readonly<Record<string, number>> = {},
  ) {
    const row = `(${[...columns.map(() => "?"), ...Object.values(same)].join()})`;
    const names = [...columns, ...Object.keys(same)].join();
    this.#insert = (rows) => db.prepare(`insert into ${table} (${names}) values ${Array(rows).fill(row).join()}`);
    this.#many = this.#insert(rowsAtOnce);
  }

  /** `values`: in the order of the columns. */
  add(...values: unknown[]): void {
    this.#values.push(...values);
    this.#rows += 1;
    if (this.#rows < rowsAtOnce) return;
    this.#many.run(this.#values);
    this.#values = [];
    this.#rows = 0;
  }

  end(): void {
    if (this.#rows > 0) this.#insert(this.#rows).run(this.#values);
  }
}
