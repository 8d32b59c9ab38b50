import { statSync } from "node:fs";

/** A file that changed less than this ago may change again without its times showing it: clocks count in steps. */
const racyMs = 2_000;

/** By what a change of a file is noticed without reading it. */
export interface FileState {
  readonly text: string;
  /** It changed just now: the same state may come to stand for another content. */
  readonly isRacy: boolean;
}

/** Throws what `stat` throws. */
export function fileState(path: string): FileState {
  const { size, mtimeNs, ctimeNs, ino } = statSync(path, { bigint: true });
  const changed = Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n);
  return { text: [size, mtimeNs, ctimeNs, ino].join(" "), isRacy: Date.now() - changed < racyMs };
}
