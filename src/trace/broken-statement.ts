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
export interface BrokenStatement {
  /** The lines so far, the first of them the one on which the statement starts. */
  readonly lines: readonly FileLine[];
  /** The text so far, on one line but for a line break inside quotes. */
  readonly text: string;
  /** How many brackets are open. */
  readonly depth: number;
  readonly quoted: boolean;
}

/** `from`: where the statement starts on its first line. */
export function breakOff(line: FileLine, from: number): BrokenStatement {
  return extended({ lines: [], text: "", depth: 0, quoted: false }, line, line.text.slice(from));
}

/** The statement with one more line; undefined where the line cannot belong to it. */
export function continued(broken: BrokenStatement, line: FileLine): BrokenStatement | undefined {
  if (broken.lines.length >= mostLines || broken.text.length + line.text.length > mostText) return undefined;
  if (!broken.quoted && /precompile\(|^\s*$/.test(line.text)) return undefined;
  return extended(broken, line, line.text);
}

function extended(broken: BrokenStatement, line: FileLine, text: string): BrokenStatement {
  let { depth, quoted } = broken;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (quoted && char === "\\") at += 1;
    else if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === "(" || char === "{") depth += 1;
    else if (char === ")" || char === "}") depth -= 1;
  }
  return { lines: [...broken.lines, line], text: joined(broken, text), depth, quoted };
}

function joined(broken: BrokenStatement, text: string): string {
  if (broken.lines.length === 0) return text.trim();
  if (broken.quoted) return `${broken.text}\n${text.trimEnd()}`;
  const separator = /[({]$/.test(broken.text) || /^\s*[)}]/.test(text) ? "" : " ";
  return `${broken.text}${separator}${text.trim()}`;
}
