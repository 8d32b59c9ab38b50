/** A list of numbers outside the heap: millions of them are nothing that the garbage collector has to look at. */
export class NumberList {
  #numbers = new Float64Array(1 << 10);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** What was never set is 0. */
  at(index: number): number {
    return index < this.#length ? (this.#numbers[index] ?? 0) : 0;
  }

  push(number: number): void {
    this.set(this.#length, number);
  }

  set(index: number, number: number): void {
    if (index >= this.#numbers.length) {
      const larger = new Float64Array(Math.max(index + 1, this.#numbers.length * 2));
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#length = Math.max(this.#length, index + 1);
    this.#numbers[index] = number;
  }
}
