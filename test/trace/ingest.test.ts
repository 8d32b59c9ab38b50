import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ingest } from "../../src/trace/ingest.ts";
import { corpora } from "../corpora.ts";
import { call, Heard } from "../samples.ts";
import { tempFolder } from "../temp-folder.ts";

function fileOf(content: string | Buffer, name = "trace.jl"): string {
  const path = join(tempFolder(), name);
  writeFileSync(path, content);
  return path;
}

function heard(...contents: readonly (string | Buffer)[]): { lines: number; sink: Heard } {
  const sink = new Heard();
  return {
    lines: ingest(
      contents.map((content) => fileOf(content)),
      sink,
    ),
    sink,
  };
}

const sin = call("Base.sin", "Float64");
const cos = call("Base.cos", "Float64");

describe("a trace file", () => {
  it("gives each distinct line once, with where it first stood and how often", () => {
    const { lines, sink } = heard(`${sin}\n${cos}\n${sin}\n\n${sin}\n`);
    expect(lines).toBe(5);
    expect(sink.sightings.map(({ spelling, line, lineKey }) => ({ spelling, line, lineKey }))).toEqual([
      { spelling: sin, line: 1, lineKey: 0 },
      { spelling: cos, line: 2, lineKey: 1 },
    ]);
    expect(sink.repeats).toEqual([[0, 3]]);
    expect(sink.damages).toEqual([]);
  });

  it("keeps the spelling, beside the canonical text and the time", () => {
    const { sink } = heard(`#=   12.3 ms =# precompile(Tuple{typeof(Base.sin),Float64}) # recompile\n`);
    expect(sink.sightings).toMatchObject([
      { spelling: "precompile(Tuple{typeof(Base.sin),Float64})", canonical: sin, compileMs: 12.3, recompile: true },
    ]);
  });

  it("may be empty", () => {
    expect(heard("")).toMatchObject({ lines: 0, sink: { sightings: [], damages: [], repeats: [] } });
  });

  it("loses a damaged line and no other, and says where", () => {
    const { lines, sink } = heard(`${sin}\nhello\n${cos}\n`);
    expect(lines).toBe(3);
    expect(sink.sightings.map(({ canonical }) => canonical)).toEqual([sin, cos]);
    expect(sink.damages).toEqual([
      { line: 2, code: "PI103", message: "`hello` is not a precompile statement", start: 0, text: "hello" },
    ]);
  });

  it("does not lose its first statement to a byte order mark, nor its last to a missing line feed", () => {
    const { sink } = heard(`\uFEFF${sin}\r\n${cos}`);
    expect(sink.sightings.map(({ spelling }) => spelling)).toEqual([sin, cos]);
  });

  it("in Latin-1 is read as such", () => {
    const line = call("Main.größe", "Int64");
    const { sink } = heard(Buffer.from(`${line}\n${sin}\n`, "latin1"));
    expect(sink.sightings.map(({ canonical }) => canonical)).toEqual([line, sin]);
    expect(sink.damages).toEqual([]);
  });

  it("in UTF-8 is read as such, even where it names the replacement character", () => {
    const line = call("Main.größe", 'Val{Symbol("\uFFFD")}');
    expect(heard(`${line}\n`).sink.sightings).toMatchObject([{ spelling: line }]);
  });

  it("keeps only the beginning of a damaged line that is long", () => {
    const { sink } = heard(`${"x".repeat(100_000)}\n${sin}\n`);
    expect(sink.damages[0]?.text.length).toBeLessThan(10_000);
    expect(sink.sightings).toHaveLength(1);
  });

  it("may hold a statement of seven million characters", { timeout: 60_000 }, () => {
    const long = call("Base.f", ...Array<string>(100_000).fill(`Tuple{${"Int64, ".repeat(10)}Float64}`));
    expect(long.length).toBeGreaterThan(7_000_000);
    const { sink } = heard(`${sin}\n${long}\n${cos}\n`);
    expect(sink.damages).toEqual([]);
    expect(sink.sightings.map(({ spelling }) => spelling.length)).toEqual([sin.length, long.length, cos.length]);
  });
});

describe("several trace files", () => {
  it("are counted through, and a line of one is known in the next", () => {
    const { lines, sink } = heard(`${sin}\n`, `${sin}\n${cos}\nhello\n`);
    expect(lines).toBe(4);
    expect(sink.sightings.map(({ line }) => line)).toEqual([1, 3]);
    expect(sink.repeats).toEqual([[0, 2]]);
    expect(sink.damages).toMatchObject([{ line: 4 }]);
  });

  it("have a byte order mark each", () => {
    expect(heard(`\uFEFF${sin}\n`, `\uFEFF${cos}\n`).sink.sightings.map(({ spelling }) => spelling)).toEqual([
      sin,
      cos,
    ]);
  });

  it("are filtered each by a filter of its own", () => {
    const sink = new Heard();
    const firstOnly = (): ((bytes: Buffer) => boolean) => {
      let first = true;
      return () => {
        const keep = first;
        first = false;
        return keep;
      };
    };
    expect(ingest([fileOf(`${sin}\n${cos}\n`), fileOf(`${cos}\n${sin}\n`)], sink, { cutting: firstOnly })).toBe(2);
    expect(sink.sightings.map(({ spelling }) => spelling)).toEqual([sin, cos]);
  });
});

describe.skipIf(corpora === undefined)("what five Julia processes wrote into one file", () => {
  it("gives every statement that is whole, and reports the rest", () => {
    const sink = new Heard();
    expect(ingest([`${corpora}/julia-1.5.3/interleaved.jl`], sink)).toBe(13);
    expect(sink.sightings).toHaveLength(11);
    expect(sink.sightings.at(-1)?.canonical).toBe(call("Base.sleep", "Int64"));
    expect(sink.damages.map(({ line, code, start }) => [line, code, start])).toEqual([
      [10, "PI103", 0],
      [12, "PI104", 24],
      [13, "PI103", 0],
    ]);
  });
});
