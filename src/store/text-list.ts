import type { ByteText } from "../statement/provenance.ts";
import { NumberList } from "./number-list.ts";

/** UTF-8 takes at most this many bytes for one unit of a string. */
const widest = 3;

/** A list of texts outside the heap, as one stretch of bytes. */
export class TextList {
  #bytes = Buffer.allocUnsafe(1 << 16);
  readonly #ends = new NumberList();

  get length(): number {
    return this.#ends.length;
  }

  push(text: string): void {
    const start = this.#roomFor(text.length * widest);
    this.#ends.push(start + this.#bytes.write(text, start, "utf8"));
  }

  /** A text that is UTF-8 already. */
  pushBytes({ chunk, start, end }: ByteText): void {
    const at = this.#roomFor(end - start);
    this.#ends.push(at + chunk.copy(this.#bytes, at, start, end));
  }

  at(index: number): string {
    return this.bytesAt(index).toString("utf8");
  }

  /** The same as UTF-8, sharing the list's memory. */
  bytesAt(index: number): Buffer {
    return this.#bytes.subarray(this.#ends.at(index - 1), this.#ends.at(index));
  }

  /** Where the next text begins, with so many bytes behind it. */
  #roomFor(size: number): number {
    const start = this.#ends.at(this.length - 1);
    if (start + size > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(start + size, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, start);
      this.#bytes = larger;
    }
    return start;
  }
}
