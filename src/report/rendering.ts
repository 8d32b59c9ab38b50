/** What a command prints: data for standard output, and how the process ends. */
export interface Rendering {
  readonly stdout: string;
  /** Where standard output belongs to somebody else, such as a traced workload. */
  readonly stderr?: string;
  readonly exitCode: ExitCode;
}

/** 0 done, 1 findings, 2 usage or input, 3 toolchain, store or build. An internal error ends with 70. */
export type ExitCode = 0 | 1 | 2 | 3;

export type Format = "table" | "json" | "lines";

/** One JSON document, two blanks a level. */
export function json(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

export function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join("");
}

/** `2.4 s`, `340 ms`. */
export function duration(ms: number): string {
  if (Math.round(ms) < 1_000) return `${Math.round(ms)} ms`;
  return `${(ms / 1_000).toFixed(ms < 9_950 ? 1 : 0)} s`;
}

export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

/** `1 statement`, `2 statements`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** The name of a set as the head of a column: of a long path its end. */
export function ending(label: string): string {
  return label.length > 24 ? `…${label.slice(-23)}` : label;
}

/** Long texts are cut in tables; `lines` and `json` have them whole. */
export function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}

/** A share, from 0 to 1; what is not quite all is not told as 100 %, and what is something not as 0 %. */
export function percent(value: number): string {
  const rounded = Math.round(value * 100);
  if (rounded === 100 && value < 1) return ">99 %";
  return rounded === 0 && value > 0 ? "<1 %" : `${rounded} %`;
}

export const size = (bytes: number): string =>
  bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

/** How many there are of each, most first. */
export function countBy<T extends string>(items: readonly T[]): (readonly [T, number])[] {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
