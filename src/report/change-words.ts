import type { ChangeKind } from "../analysis/change-kind.ts";

/** Each kind of change in words; the page says them too. */
export const changeWords: Readonly<Record<ChangeKind, string>> = {
  julia: "in another Julia's words",
  renumbered: "numbered anew by the compiler",
  stream: "another kind of stream",
  types: "other argument types",
};
