import { listed } from "../statement/look-up.ts";
import { oneLine, patchedHeaderLine } from "./curated-list.ts";

/** Unchanged lines shown around what changed, as `diff -u` has them. */
const around = 3;

/** What became of the lines of a sorted list. */
export interface ListEdit {
  /** How the two lists are called. */
  readonly from: string;
  readonly to: string;
  /** The comments at the head of the list that is patched: what they count is counted anew. */
  readonly header: readonly string[];
  /** Statements, sorted by code unit, as `added` is: a list is sorted by them, however it marks their lines. */
  readonly lines: readonly string[];
  readonly removed: ReadonlySet<string>;
  readonly added: readonly string[];
}

interface Line {
  readonly mark: " " | "-" | "+";
  readonly text: string;
}

/** The edit as a unified diff, which `patch` applies to the list; nothing where the lists are the same. */
export function listPatch(edit: ListEdit): readonly string[] {
  const lines = editedLines(edit);
  const hunks = hunksOf(lines);
  if (hunks.length === 0) return [];
  const text = [oneLine(`--- ${edit.from}`), oneLine(`+++ ${edit.to}`)];
  let [at, oldLine, newLine] = [0, 1, 1];
  for (const { begin, end } of hunks) {
    // What stands between two hunks is in both.
    [oldLine, newLine] = [oldLine + begin - at, newLine + begin - at];
    const hunk = lines.slice(begin, end);
    const oldCount = hunk.filter(({ mark }) => mark !== "+").length;
    const newCount = hunk.filter(({ mark }) => mark !== "-").length;
    text.push(`@@ -${range(oldLine, oldCount)} +${range(newLine, newCount)} @@`);
    for (const { mark, text: line } of hunk) text.push(`${mark}${line}`);
    [at, oldLine, newLine] = [end, oldLine + oldCount, newLine + newCount];
  }
  return text;
}

/** Of no lines it is told after which line they would stand. */
const range = (line: number, count: number): string => `${count === 0 ? line - 1 : line},${count}`;

/** Both lists in one, in order. */
function editedLines({ header, lines, removed, added }: ListEdit): readonly Line[] {
  if (removed.size === 0 && added.length === 0) return [];
  const edited = header.flatMap((text) => patchedLine(text, lines.length - removed.size + added.length));
  let next = 0;
  const addUpTo = (text: string | undefined): void => {
    for (let one = added[next]; one !== undefined && (text === undefined || one < text); one = added[++next])
      edited.push({ mark: "+", text: listed(one) });
  };
  for (const text of lines) {
    addUpTo(text);
    edited.push({ mark: removed.has(text) ? "-" : " ", text: listed(text) });
  }
  addUpTo(undefined);
  return edited;
}

function patchedLine(text: string, statements: number): Line[] {
  const patched = patchedHeaderLine(text, statements);
  if (patched === text) return [{ mark: " ", text }];
  return [
    { mark: "-", text },
    { mark: "+", text: patched },
  ];
}

interface Hunk {
  readonly begin: number;
  end: number;
}

function hunksOf(lines: readonly Line[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  lines.forEach(({ mark }, index) => {
    if (mark === " ") return;
    const last = hunks.at(-1);
    const end = Math.min(lines.length, index + around + 1);
    if (last !== undefined && index - around <= last.end) last.end = end;
    else hunks.push({ begin: Math.max(0, index - around), end });
  });
  return hunks;
}
