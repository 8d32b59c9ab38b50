/** How two statements of one idea differ; the first that fits. */
export const changeKinds = ["julia", "renumbered", "stream", "types"] as const;
export type ChangeKind = (typeof changeKinds)[number];
