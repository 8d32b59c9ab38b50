import type { LineHash } from "../statement/provenance.ts";
import type { StatementDigest } from "../statement/statement.ts";
import { LineTable } from "../trace/line-table.ts";

/** Lines that each state one statement and nothing else: met again in another file, they need not be read. */
export class StatedLines {
  readonly #lines = new LineTable();
  /** By the line's key. */
  readonly #digests: StatementDigest[] = [];

  add(hash: LineHash, digest: StatementDigest): void {
    if (this.#lines.add(hash) === this.#digests.length) this.#digests.push(digest);
  }

  /** What the line states; undefined where it was not added. */
  digestOf(hash: LineHash): StatementDigest | undefined {
    const key = this.#lines.find(hash);
    return key === undefined ? undefined : this.#digests[key];
  }
}
