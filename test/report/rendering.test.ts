import { describe, expect, it } from "vitest";
import { counted, cut, duration, json, lines, megabytes } from "../../src/report/rendering.ts";
import { facts, table } from "../../src/report/table.ts";

describe("numbers", () => {
  it.each([
    [0, "0 ms"],
    [0.4, "0 ms"],
    [339.6, "340 ms"],
    [999.4, "999 ms"],
    [999.6, "1.0 s"],
    [1_000, "1.0 s"],
    [2_449, "2.4 s"],
    [9_960, "10 s"],
    [61_500, "62 s"],
  ])("%d ms are %s", (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  it("have their nouns", () => {
    expect([0, 1, 2].map((count) => counted(count, "statement"))).toEqual([
      "0 statements",
      "1 statement",
      "2 statements",
    ]);
    expect([0, 1_499_999, 181_234_567].map(megabytes)).toEqual(["0 MB", "1 MB", "181 MB"]);
  });
});

describe("texts", () => {
  it("are cut where they are too wide, and only there", () => {
    expect(cut("abcdef", 6)).toBe("abcdef");
    expect(cut("abcdefg", 6)).toBe("abcde…");
    expect(cut("", 6)).toBe("");
  });

  it("as lines end with a line feed each", () => {
    expect(lines([])).toBe("");
    expect(lines(["a", "b"])).toBe("a\nb\n");
  });

  it("as JSON are one document that ends with a line feed", () => {
    expect(json({ a: [1] })).toBe('{\n  "a": [\n    1\n  ]\n}\n');
  });
});

describe("a table", () => {
  const head = [["name", "left"], ["count", "right"], ["end", "left"]] as const; // biome-ignore format: short

  it("has its columns two blanks apart, and no blanks at the ends of lines", () => {
    expect(
      table(head, [
        ["a", "1", "ok"],
        ["longer name", "1000", ""],
        ["", "", "x"],
      ]),
    ).toBe(
      ["name         count  end", "a                1  ok", "longer name   1000", "                    x", ""].join(
        "\n",
      ),
    );
  });

  it("without rows is its heads", () => {
    expect(table(head, [])).toBe("name  count  end\n");
  });

  it("has room for several lines in a row", () => {
    expect(
      table(head, [
        ["a", "1", "one\ntwo"],
        ["b", "2", "three"],
      ]),
    ).toBe(["name  count  end", "a         1  one", "             two", "b         2  three", ""].join("\n"));
  });

  it("never cuts what is in it", () => {
    const wide = "x".repeat(500);
    expect(table(head, [[wide, "1", wide]])).toContain(`${wide}      1  ${wide}`);
  });
});

describe("facts", () => {
  it("leave out what is not known", () => {
    expect(
      facts([
        ["name", "a"],
        ["folder", undefined],
        ["tags", ""],
        ["end", "ok"],
      ]),
    ).toBe("name  a\nend   ok\n");
    expect(facts([["name", undefined]])).toBe("");
  });
});
