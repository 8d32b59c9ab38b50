/** One module's part of a run, in as many pieces of equal width as all others have. */
export interface Lane {
  /** Undefined: all modules that have no lane of their own. */
  readonly owner: number | undefined;
  /** Milliseconds or statements. */
  readonly total: number;
  readonly bins: readonly Bin[];
}

export interface Bin {
  /** What part of the piece is this lane's, from 0 to 1. */
  readonly part: number;
  readonly statements: readonly number[];
}

export interface Lanes {
  /** What is measured from the left to the right: time spent compiling, or statements one after the other. */
  readonly unit: "ms" | "statements";
  readonly extent: number;
  readonly lanes: readonly Lane[];
}

export interface LanesRequest {
  /** Indices of statements in the order of the run. */
  readonly order: readonly number[];
  /** Of each of them. */
  readonly compileMs: readonly (number | null)[];
  readonly ownerOf: (statement: number) => number;
  /** In the order of their lanes. */
  readonly owners: readonly number[];
  readonly binCount: number;
}

/** By time where it is known of most, else by number. */
export function lanesOf({ order, compileMs, ownerOf, owners, binCount }: LanesRequest): Lanes {
  const timed = compileMs.filter((ms) => ms !== null).length;
  const inTime = timed * 2 > order.length && compileMs.some((ms) => (ms ?? 0) > 0);
  const widths = order.map((_, at) => (inTime ? (compileMs[at] ?? 0) : 1));
  const extent = widths.reduce((sum, width) => sum + width, 0);
  const count = inTime ? binCount : Math.max(1, Math.min(binCount, order.length));
  const drafts = new Map<number | undefined, Draft>();
  let start = 0;
  order.forEach((statement, at) => {
    const owner = owners.find((each) => each === ownerOf(statement));
    const draft = drafts.get(owner) ?? newDraft(count);
    drafts.set(owner, draft);
    const width = widths[at] ?? 0;
    fill(draft, statement, start / extent, width / extent, count);
    draft.total += width;
    start += width;
  });
  const lanes = [...owners, undefined].flatMap((owner): Lane[] => {
    const draft = drafts.get(owner);
    return draft === undefined ? [] : [{ owner, total: draft.total, bins: draft.bins }];
  });
  return { unit: inTime ? "ms" : "statements", extent, lanes };
}

interface Draft {
  total: number;
  readonly bins: { part: number; statements: number[] }[];
}

const newDraft = (count: number): Draft => ({
  total: 0,
  bins: Array.from({ length: count }, () => ({ part: 0, statements: [] })),
});

/** `start` and `width`: parts of the whole. A statement that takes long is in several pieces. */
function fill({ bins }: Draft, statement: number, start: number, width: number, count: number): void {
  const first = Math.min(count - 1, Math.floor(start * count));
  for (let bin = first; bin < count; bin += 1) {
    const overlap = Math.min((bin + 1) / count, start + width) - Math.max(bin / count, start);
    const piece = bins[bin];
    if (piece === undefined || (bin > first && overlap <= 1e-12)) return;
    piece.part = Math.min(1, piece.part + Math.max(0, overlap) * count);
    piece.statements.push(statement);
  }
}
