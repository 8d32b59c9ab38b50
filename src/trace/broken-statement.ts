/** A line of a trace file, as far as it takes to read it later. */
export interface FileLine {
  readonly key: number;
  readonly number: number;
  readonly text: string;
  /** No line before it was the same. */
  readonly fresh: boolean;
}

/** More lines, or more text, no hand-written statement has. */
const mostLines = 256;
const mostText = 64 * 1024;

/** A statement that its author broke over several lines, while its rest is being looked for. */
export class BrokenStatement {
  /** The lines so far, the first of them the one on which the statement starts. */
  readonly lines: FileLine[];
  readonly #parts: string[];
  readonly #again: boolean;
  #length: number;
  /** How many brackets are open. */
  #depth = 0;
  #quoted = false;

  /**
   * `from`: where the statement starts on its first line. `again`: the line was one of another's before, in whose quotes
   * it seemed to stand; that there are two such openers shows that it did not, and this one ends at the next statement.
   * Else each line of a hostile file could be a part of as many statements as lines stand before it.
   */
  constructor(line: FileLine, from: number, again: boolean) {
    const text = line.text.slice(from);
    this.lines = [line];
    this.#parts = [text.trim()];
    this.#again = again;
    this.#length = text.length;
    this.#count(text);
  }

  /** Whether there is nothing left to look for. */
  get whole(): boolean {
    return this.#depth <= 0 && !this.#quoted;
  }

  /** The text on one line, but for a line break inside quotes. */
  get text(): string {
    return this.#parts.join("");
  }

  /** Takes one more line; false where the line cannot belong to it. */
  take(line: FileLine): boolean {
    const { text } = line;
    if (this.lines.length >= mostLines || this.#length + text.length > mostText) return false;
    if ((this.#again || !this.#quoted) && /precompile\(|^\s*$/.test(text)) return false;
    this.#parts.push(this.#separator(text), this.#quoted ? text.trimEnd() : text.trim());
    this.lines.push(line);
    this.#length += text.length;
    this.#count(text);
    return true;
  }

  #separator(text: string): string {
    if (this.#quoted) return "\n";
    return /[({]$/.test(this.#parts.at(-1) ?? "") || /^\s*[)}]/.test(text) ? "" : " ";
  }

  #count(text: string): void {
    for (let at = 0; at < text.length; at += 1) {
      const char = text[at];
      if (this.#quoted && char === "\\") at += 1;
      else if (char === '"') this.#quoted = !this.#quoted;
      else if (this.#quoted) continue;
      else if (char === "(" || char === "{") this.#depth += 1;
      else if (char === ")" || char === "}") this.#depth -= 1;
    }
  }
}
