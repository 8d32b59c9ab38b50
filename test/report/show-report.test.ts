import { describe, expect, it } from "vitest";
import type { ShowOutcome } from "../../src/commands/show.ts";
import { obstacleText, reportShow } from "../../src/report/show-report.ts";
import { ambiguousLiterals } from "../../src/statement/ambiguous-literal.ts";
import { describeTree } from "../../src/statement/describe.ts";
import { portabilityOf } from "../../src/statement/portability.ts";
import type { RunId } from "../../src/statement/provenance.ts";
import { repairRules } from "../../src/statement/replay-repair.ts";
import { call, statementFrom } from "../samples.ts";

function outcome(line: string, more: Partial<ShowOutcome> = {}): ShowOutcome {
  const statement = statementFrom(line);
  return {
    statement,
    words: describeTree(statement.tree),
    repairs: repairRules.filter(({ name }) => statement.repairs.includes(name)),
    ambiguous: ambiguousLiterals(statement.tree),
    portability: portabilityOf(statement),
    spellings: [],
    sightings: [],
    lastVerdict: undefined,
    ...more,
  };
}

const seen = (run: number, more: Partial<ShowOutcome["sightings"][number]> = {}): ShowOutcome["sightings"][number] => ({
  run: run as RunId,
  name: "plot",
  line: 12,
  count: 1,
  compileMs: null,
  recompiles: 0,
  ...more,
});

const lastVerdict = {
  verdict: "refused",
  reason: "precompile gave false",
  sysimage: "/app/sys.so",
  juliaVersion: "1.10.8",
  bakedAt: "2024-05-01T10:00:00.000Z",
} as const;

describe("a statement", () => {
  it("that nobody has seen is told by its text alone", () => {
    const { stdout, exitCode } = reportShow(outcome(call("Base.sin", "Float64")), "table");
    expect(exitCode).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "precompile(Tuple{typeof(Base.sin), Float64})

      digest    fd636094ed77848169e1bbd98739cb7b
      owner     Base
      portable  yes

      meaning
        method of \`Base.sin\`
          argument 1: \`Float64\`

      no run in this store has seen it
      "
    `);
  });

  it("is told with its obstacles, its spellings, its runs and its last verdict", () => {
    const { stdout } = reportShow(
      outcome('precompile(Tuple{Main.var"#6#7", Val{Char(0x78000000)}})', {
        spellings: ['precompile(Tuple{Main.var"#6#7", Val{Char(0x78000000)}})'],
        sightings: [seen(7, { count: 3, compileMs: 12.34, recompiles: 1 }), seen(2)],
        lastVerdict,
      }),
      "table",
    );
    expect(stdout).toMatchInlineSnapshot(`
      "precompile(Tuple{Main.var"#6#7", Base.Val{reinterpret(Char, 0x78000000)}})

      digest        9fd995ca8d8fa59955c7adcb33458bff
      owner         Main
      portable      no
      repaired      char-bits (certain)
      last verdict  refused (precompile gave false), Julia 1.10.8, 2024-05-01

      obstacles
        \`Main.#6#7\` belongs to the script, which is not there while a sysimage is baked
        \`#6#7\` is a closure: the compiler numbers it anew in every build

      meaning
        call of a value of type \`Main.var"#6#7"\` (closure)
          argument 1: \`Base.Val\` of the value \`reinterpret(Char, 0x78000000)\`

      printed by Julia as
        precompile(Tuple{Main.var"#6#7", Val{Char(0x78000000)}})

      seen in
        run 7 (plot), line 12, 3 times, 12 ms to compile, compiled again 1 time
        run 2 (plot), line 12
      "
    `);
  });

  it("that many runs have seen is told with the newest of them", () => {
    const sightings = Array.from({ length: 25 }, (_, index) => seen(25 - index));
    const { stdout } = reportShow(outcome(call("Base.sin", "Float64"), { sightings }), "table");
    expect(stdout).toContain("  run 6 (plot), line 12\n  … 5 older runs (--format json has all)\n");
    expect(stdout).not.toContain("run 5 ");
  });

  it("is told with the values that Julia prints alike, and with how sure a repair is", () => {
    const { stdout } = reportShow(
      outcome("precompile(Tuple{typeof(Base.f), Base.Val{1}, Base.Val{300}})", {
        repairs: repairRules.filter(({ name }) => name === "struct-value"),
      }),
      "table",
    );
    expect(stdout).toContain("repaired  struct-value (verify)\n");
    expect(stdout).toContain(
      "ambiguous literal\n" +
        "  `1` in `Base.Val` may have been `1.0`, `Int32(1)`, `Int16(1)`, `Int8(1)`: Julia <= 1.11 prints them alike\n" +
        "  `300` in `Base.Val` may have been `300.0`, `Int32(300)`, `Int16(300)`: Julia <= 1.11 prints them alike\n",
    );
  });

  it("is JSON with all of it", () => {
    const shown = outcome(call("Base.sin", "Float64"), { sightings: [seen(7)], lastVerdict });
    const { digest, canonical, owner } = shown.statement;
    expect(JSON.parse(reportShow(shown, "json").stdout)).toEqual({
      digest,
      statement: canonical,
      owner,
      repairs: [],
      ambiguousLiterals: [],
      words: shown.words,
      portability: { portable: true },
      spellings: [],
      sightings: [seen(7)],
      lastVerdict,
    });
    expect(JSON.parse(reportShow(outcome(canonical), "json").stdout).lastVerdict).toBeNull();
  });
});

it.each([
  ['precompile(Tuple{Base.var"#6#7"})', "`#6#7` is a closure"],
  ['precompile(Tuple{typeof(Base.var"##sprint#355")})', "`##sprint#355` is a keyword body"],
  [call("Main.f"), "`Main.f` belongs to the script"],
  ["precompile(Tuple{typeof(Base.f), Val{Dates.Hour(value=1)}})", "`Dates.Hour(value=1)` is not how Julia writes"],
])("the obstacle of %s is told in words", (line, words) => {
  const portability = portabilityOf(statementFrom(line));
  if (portability.portable) throw new Error("no obstacle");
  expect(obstacleText(portability.obstacles[0])).toContain(words);
});
