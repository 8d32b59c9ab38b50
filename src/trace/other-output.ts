import type { DamagedLine } from "../statement/provenance.ts";

/** How many lines of a file that hold nothing of a statement are reported one by one. */
const shown = 3;

/** Not a syntax error: a file in which statements stand among other output. */
export const otherOutputCode = "PI114";

/**
 * The lines of one file in which there is nothing of a statement. A program's stray line is worth seeing; a log of
 * thousands of them is not damaged, and nobody reads them: the first few are reported as they are, the rest as one.
 * Until it is known whether they are the code around a package's statements, which is no trouble at all, they are held.
 */
export interface OtherOutput {
  add(line: DamagedLine): void;
  /** They are code of a package: nothing of the file's other lines is reported from here on. */
  dismiss(): void;
  /** They are what they seem: what was held is reported. */
  settle(): void;
  /** Reports what was counted only. */
  end(): void;
}

export function otherOutput(report: (line: DamagedLine) => void): OtherOutput {
  let state: "held" | "settled" | "dismissed" = "held";
  let held: DamagedLine[] = [];
  let seen = 0;
  let firstCounted: DamagedLine | undefined;
  const settle = (): void => {
    if (state !== "held") return;
    state = "settled";
    for (const line of held) report(line);
    held = [];
  };
  return {
    add(line) {
      if (state === "dismissed") return;
      seen += 1;
      if (seen > shown) firstCounted ??= line;
      else if (state === "held") held.push(line);
      else report(line);
    },
    dismiss() {
      state = "dismissed";
      held = [];
      firstCounted = undefined;
    },
    settle,
    end() {
      settle();
      if (firstCounted !== undefined) report(summary(firstCounted, seen - shown));
    },
  };
}

function summary(first: DamagedLine, count: number): DamagedLine {
  const message =
    count === 1 ? "1 more line is no statement" : `${count} more lines are no statements; this is the first`;
  return { ...first, code: otherOutputCode, message };
}
