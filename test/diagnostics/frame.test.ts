import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Location } from "../../src/diagnostics/diagnostic.ts";
import { errorDiagnostic } from "../../src/diagnostics/diagnostic.ts";
import { drawDiagnostic } from "../../src/diagnostics/frame.ts";

const plain = errorDiagnostic("PI101", "unexpected `)`", ["write a type"]);

/** The two lines of the frame, without their margin. */
function frame(text: string, start: number, end: number): { shown: string; carets: string } {
  const drawn = drawDiagnostic({ ...plain, at: { text, span: { start, end } } }).split("\n");
  const [shown = "", carets = ""] = drawn.filter((line) => line.startsWith("   | ")).map((line) => line.slice(5));
  return { shown, carets };
}

/** What stands over the carets. */
function pointedAt(text: string, start: number, end: number): string {
  const { shown, carets } = frame(text, start, end);
  return shown.slice(carets.indexOf("^"), carets.length);
}

it("draws the message, the place, the frame and the hints", () => {
  const at = { file: "trace.jl", line: 7, span: { start: 11, end: 14 }, text: "precompile(Tup)" };
  expect(drawDiagnostic({ ...plain, at, hints: ["first", "second"] })).toBe(
    [
      "error[PI101]: unexpected `)`",
      "  --> trace.jl:7:12",
      "   | precompile(Tup)",
      "   |            ^^^",
      "  hint: first",
      "  hint: second",
    ].join("\n"),
  );
});

it("draws a diagnostic without a place as one line", () => {
  expect(drawDiagnostic({ ...plain, severity: "warning", hints: [] })).toBe("warning[PI101]: unexpected `)`");
});

it.each<readonly [Location, string]>([
  [{ file: "a.jl" }, "  --> a.jl"],
  [{ file: "a.jl", line: 3 }, "  --> a.jl:3"],
  [{ line: 3, span: { start: 0, end: 1 } }, "  --> 3:1"],
])("tells as much of the place as is known: %j", (at, place) => {
  expect(drawDiagnostic({ ...plain, at, hints: [] }).split("\n")[1]).toBe(place);
});

describe("the caret", () => {
  const long = Array.from({ length: 2_000 }, (_, index) => String(index).padStart(5, "_")).join("");

  it.each([0, 5, 1_000, 5_000, 9_940, 9_995])(
    "stands under what is meant on a line of 10,000 characters, at %i",
    (start) => {
      expect(long).toHaveLength(10_000);
      expect(pointedAt(long, start, start + 5)).toBe(long.slice(start, start + 5));
      expect(frame(long, start, start + 5).shown.length).toBeLessThanOrEqual(102);
    },
  );

  it("shows where a line was trimmed", () => {
    expect(frame(long, 0, 1).shown).toMatch(/^[^…]+…$/);
    expect(frame(long, 5_000, 5_001).shown).toMatch(/^…[^…]+…$/);
    expect(frame(long, 9_999, 10_000).shown).toMatch(/^…[^…]+$/);
    expect(frame("short", 0, 1).shown).toBe("short");
  });

  it("stands behind the last character where the line ends too early", () => {
    expect(frame("precompile(", 11, 11)).toEqual({ shown: "precompile(", carets: `${" ".repeat(11)}^` });
    const { shown, carets } = frame(long, 10_000, 10_000);
    expect(carets).toHaveLength(shown.length + 1);
  });

  it("stands under the `…` where only the beginning of the line was kept", () => {
    expect(pointedAt(long.slice(0, 2_000), 7_000, 7_001)).toBe("…");
  });

  it("counts columns in the line where only a part of it was kept", () => {
    const at = { file: "trace.jl", line: 1, text: "abXcd", before: 7_000, span: { start: 2, end: 3 } };
    const [, place, shown, carets] = drawDiagnostic({
      code: "PI101",
      severity: "error",
      message: "",
      at,
      hints: [],
    }).split("\n");
    expect(place).toBe("  --> trace.jl:1:7003");
    expect(shown).toBe("   | …abXcd");
    expect(carets?.indexOf("^")).toBe(shown?.indexOf("X"));
  });

  it("does not run past what is shown", () => {
    const { shown, carets } = frame(long, 10, 9_000);
    expect(carets).toHaveLength(shown.length - 1);
  });

  it("is not moved by tabs, escapes and NULs before it", () => {
    const text = "\t\u001b[31m\0\0precompile(x)";
    expect(pointedAt(text, text.indexOf("x"), text.indexOf("x") + 1)).toBe("x");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that none is left is the claim
    expect(frame(text, 0, 1).shown).not.toMatch(/[\0-\x1f]/);
  });

  it("is not moved by letters that JavaScript counts twice, or by combining marks", () => {
    expect(frame("𝐀𝐁x", 4, 5).carets).toBe("  ^");
    expect(frame("x\u0302\u0302y", 3, 4).carets).toBe(" ^");
  });

  it("never shows half a letter", () => {
    const text = "𝐀".repeat(500);
    for (let start = 0; start < 10; start += 1)
      expect(frame(text, 400 + start, 401 + start).shown.isWellFormed()).toBe(true);
  });

  it("points at the same character wherever it stands", () => {
    const marked = fc.tuple(fc.nat(3_000), fc.nat(3_000));
    fc.assert(
      fc.property(marked, ([before, after]) => {
        const text = `${"a".repeat(before)}X${"b".repeat(after)}`;
        expect(pointedAt(text, before, before + 1)).toBe("X");
      }),
    );
  });
});
