import { processText } from "../statement/process-numbers.ts";

/** Sets of a run's processes, each kept once: of millions of lines most were written by the same few sets of them. */
export class ProcessSets {
  /** The set 0 is empty. */
  readonly #sets: (readonly number[])[] = [[]];
  readonly #ids = new Map<string, number>([["", 0]]);
  /** Of a set and a process: the set with it. */
  readonly #with = new Map<string, number>();

  /** The set with that process in it as well. */
  with(set: number, process: number): number {
    const key = `${set} ${process}`;
    const known = this.#with.get(key);
    if (known !== undefined) return known;
    const id = this.#idOf([...(this.#sets[set] ?? []), process]);
    this.#with.set(key, id);
    return id;
  }

  union(one: number, other: number): number {
    return (this.#sets[other] ?? []).reduce((set, process) => this.with(set, process), one);
  }

  /** Its processes, in no order. */
  members(set: number): readonly number[] {
    return this.#sets[set] ?? [];
  }

  /** Null: the empty set. */
  text(set: number): string | null {
    return set === 0 ? null : processText(this.members(set));
  }

  #idOf(processes: readonly number[]): number {
    const text = processText(processes);
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.#sets.length;
    this.#sets.push([...new Set(processes)]);
    this.#ids.set(text, id);
    return id;
  }
}
