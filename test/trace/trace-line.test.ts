import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTraceLine } from "../../src/trace/trace-line.ts";
import { corpora } from "../corpora.ts";

const sin = "precompile(Tuple{typeof(Base.sin), Float64})";
const cos = "precompile(Tuple{typeof(Base.cos), Float64})";
const spellings = (line: string): string[] => readTraceLine(line).statements.map(({ spelling }) => spelling);
const codes = (line: string): string[] => readTraceLine(line).damage.map(({ diagnostic }) => diagnostic.code);

describe("a line that holds nothing", () => {
  it.each([
    "",
    "   ",
    "\t\r",
    "# a comment",
    "  # indented",
    "\0\0\0",
    "\uFEFF",
    "\u001b[0m",
    "#",
    "# precompile(Tuple{",
  ])("%j gives neither statement nor damage", (line) =>
    expect(readTraceLine(line)).toEqual({ statements: [], damage: [] }),
  );
});

describe("a whole statement", () => {
  it.each([
    ["alone", sin],
    ["with a Windows line end", `${sin}\r`],
    ["after a byte order mark", `\uFEFF${sin}`],
    ["with blanks around it", `  \t${sin}  `],
    ["in colour", `\u001b[33m${sin}\u001b[0m`],
    ["in several colours", `\u001b[1m\u001b[38;5;3m${sin}\u001b[39m\u001b[22m`],
    ["after the 45 NULs of a file that was truncated", `${"\0".repeat(45)}${sin}`],
    ["before the NULs of one", `${sin}${"\0".repeat(45)}`],
  ])("is read %s", (_, line) => {
    expect(readTraceLine(line)).toMatchObject({
      statements: [{ spelling: sin, recompile: false }],
      damage: [],
    });
    expect(readTraceLine(line).statements[0]).not.toHaveProperty("compileMs");
  });

  it.each([
    ["#=   12.3 ms =# ", 12.3],
    ["#=    0.4 ms =# ", 0.4],
    ["#= 1234.5 ms =# ", 1234.5],
    ["#= 7 =# ", 7],
    ["\u001b[33m#=   12.3 ms =# \u001b[1m", 12.3],
  ])("has the time of %j", (prefix, compileMs) => {
    expect(readTraceLine(`${prefix}${sin}`)).toMatchObject({ statements: [{ spelling: sin, compileMs }], damage: [] });
  });

  it.each([
    ["plain", `${sin} # recompile`],
    ["in colour, as on a terminal", `\u001b[33m${sin} # recompile\u001b[0m`],
    ["in a colour of its own", `${sin}\u001b[2m # recompile\u001b[22m`],
    ["before a Windows line end", `${sin} # recompile\r`],
  ])("that was compiled again is marked: %s", (_, line) => {
    expect(readTraceLine(line)).toMatchObject({ statements: [{ spelling: sin, recompile: true }], damage: [] });
  });

  it("has both, as Julia 1.12 prints them", () => {
    expect(readTraceLine(`#=    8.3 ms =# ${sin} # recompile`).statements).toMatchObject([
      { spelling: sin, compileMs: 8.3, recompile: true },
    ]);
  });

  it("may name `Base`, and carry a comment", () => {
    expect(spellings(`Base.${sin}`)).toEqual([`Base.${sin}`]);
    expect(readTraceLine(`${sin} # was ${cos}`).statements).toHaveLength(1);
  });
});

describe("lines that cut into each other", () => {
  it.each<readonly [string, string, readonly string[], readonly string[]]>([
    ["two statements on one line", `${sin}${cos}`, [sin, cos], []],
    ["with a blank between them", `${sin} ${cos}`, [sin, cos], []],
    ["with NULs between them", `${sin}\0\0${cos}`, [sin, cos], []],
    ["each in its own colour", `\u001b[1m${sin}\u001b[0m\u001b[2m${cos}\u001b[0m`, [sin, cos], []],
    ["the first of them compiled again", `${sin} # recompile${cos}`, [sin, cos], []],
    ["a statement in the middle of a cut one", `${sin.slice(0, 28)}${cos}`, [cos], ["PI104"]],
    ["the end of one before another", `mpile(Tuple{typeof(Base.print)})${cos}`, [cos], ["PI103"]],
    ["output of the program before it", `hello, world${sin}`, [sin], ["PI103"]],
    [
      "as Julia 1.5 left it in a file shared by five processes",
      "precompile(Tuple{typeof(Base.precompile(Tuple{typeof(Base.sleep), Int64})",
      ["Base.precompile(Tuple{typeof(Base.sleep), Int64})"],
      ["PI104"],
    ],
  ])("%s", (_, line, statements, damage) => {
    expect(spellings(line)).toEqual(statements);
    expect(codes(line)).toEqual(damage);
  });

  it("keep each statement's own time and mark", () => {
    const line = `#=    1.5 ms =# ${sin}#=   22.5 ms =# ${cos} # recompile`;
    expect(readTraceLine(line)).toMatchObject({
      statements: [
        { spelling: sin, compileMs: 1.5, recompile: false },
        { spelling: cos, compileMs: 22.5, recompile: true },
      ],
      damage: [],
    });
  });
});

describe("damage", () => {
  it.each([
    ["a cut line", sin.slice(0, 30), "PI104"],
    ["the rest of a cut line", sin.slice(12), "PI103"],
    ["output of the program", "hello, world", "PI103"],
    ["a time without a statement", "#=   12.3 ms =#", "PI103"],
    ["what follows a statement", `${sin};`, "PI107"],
    ["no tuple", "precompile(Int64)", "PI105"],
  ])("of %s is told", (_, line, code) => {
    expect(readTraceLine(line)).toMatchObject({ statements: [], damage: [{ diagnostic: { code } }] });
  });

  it.each([
    ["", `${sin.slice(0, -2)};)`, ";"],
    ["a time", `#=   12.3 ms =# ${sin.slice(0, -2)};)`, ";"],
    ["NULs", `${"\0".repeat(45)}${sin.slice(0, -2)};)`, ";"],
    ["colours", `\u001b[33m${sin.slice(0, -2)};)\u001b[0m`, ";"],
    ["another statement", `${cos}${sin.slice(0, -2)};)`, ";"],
    ["another statement and its mark", `  ${cos} # recompile${sin.slice(0, -2)};)`, ";"],
    ["blanks", "   hello", "h"],
  ])("points into the line as it stood, after %s", (_, line, what) => {
    const [damage] = readTraceLine(line).damage;
    expect(line.charAt(damage?.start ?? -1)).toBe(what);
    expect(damage?.diagnostic.at).toMatchObject({ text: line, span: { start: damage?.start } });
  });

  it("of what `@snoopc` wrote is told in the words of the line", () => {
    const [damage] = readTraceLine('7\t"Tuple{typeof(Base.sin), Float64"').damage;
    expect(damage?.diagnostic.code).toBe("PI104");
    expect(codes('7\t"Tuple{typeof(Base.sin) Float64}"')).toEqual(["PI101"]);
  });

  it("is told once for each part of a line", () => {
    expect(codes(`hello${sin.slice(0, 30)}${sin.slice(0, 20)}${cos}`)).toEqual(["PI103", "PI104", "PI104"]);
  });
});

describe("any line", () => {
  const junk = fc.array(
    fc.constantFrom(
      "\0",
      "\u001b",
      "\u001b[33m",
      "\u001b[0m",
      " ",
      "#",
      "#=",
      "=#",
      " 1.5 ms ",
      "# recompile",
      "\r",
      "precompile(",
      "Base.",
      "Tuple{",
      "typeof(",
      ")",
      "}",
      sin,
      cos,
      "x",
      "𝐀",
      "é",
    ),
    { maxLength: 24 },
  );

  it("is read without an exception, and every position lies within it", () => {
    fc.assert(
      fc.property(junk, (parts) => {
        const line = parts.join("");
        for (const { start } of readTraceLine(line).damage) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(start).toBeLessThanOrEqual(line.length);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("gives its statements whatever noise stands around and between them", () => {
    const noise = fc.array(fc.constantFrom("\0", "\u001b[33m", "\u001b[0m", " ", "\t", "\r"), { maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(sin, cos), { minLength: 1, maxLength: 4 }),
        fc.array(noise),
        (statements, noises) => {
          const between = (index: number): string => (noises[index] ?? []).join("");
          const line =
            statements.map((text, index) => `${between(index)}${text}`).join("") + between(statements.length);
          expect(spellings(line)).toEqual(statements);
          expect(codes(line)).toEqual([]);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  // These took minutes, or more stack than there is, when noise was skipped by one expression.
  it.each([
    ["blanks", `x${" ".repeat(2_000_000)}y`, 1],
    ["NULs before a statement", `${"\0".repeat(5_000_000)}${sin}`, 0],
    ["NULs after a statement", `${sin}${"\0".repeat(5_000_000)}`, 0],
    ["colours", `${"\u001b[0m".repeat(200_000)}${sin}${"\u001b[0m".repeat(200_000)}`, 0],
    ["openers", "precompile(".repeat(5_000), 5_000],
  ])("may hold any number of %s", (_, line, damaged) => {
    expect(readTraceLine(line).damage).toHaveLength(damaged);
  });
});

describe.skipIf(corpora === undefined)("real traces", () => {
  it.each(["julia-1.12.5/recomp-1.12.5-timing.jl", "julia-1.12.5/recomp-1.12.5.jl"])("%s", (name) => {
    const lines = readFileSync(`${corpora}/${name}`, "utf8")
      .split("\n")
      .filter((line) => line !== "");
    const read = lines.map(readTraceLine);
    expect(read.flatMap(({ damage }) => damage)).toEqual([]);
    const recompiled = lines.filter((line) => line.includes("# recompile")).length;
    expect(recompiled).toBeGreaterThan(0);
    expect(read.flatMap(({ statements }) => statements).filter(({ recompile }) => recompile)).toHaveLength(recompiled);
    const timed = lines.filter((line) => line.startsWith("#=")).length;
    expect(
      read.flatMap(({ statements }) => statements).filter(({ compileMs }) => compileMs !== undefined),
    ).toHaveLength(timed);
  });

  it("has a whole statement on every line of Julia 1.5's own tests", () => {
    const folder = `${corpora}/julia-1.5.3/stdlib-tests`;
    for (const name of readdirSync(folder).slice(0, 12)) {
      for (const line of readFileSync(`${folder}/${name}`, "utf8")
        .split("\n")
        .filter((line) => line.startsWith("precompile("))) {
        expect.soft(readTraceLine(line).statements.length + readTraceLine(line).damage.length, line).toBe(1);
      }
    }
  });
});
