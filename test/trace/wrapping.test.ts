import { describe, expect, it } from "vitest";
import { readTraceLine } from "../../src/trace/trace-line.ts";

const sin = "precompile(Tuple{typeof(Base.sin), Float64})";

describe("a wrapping says nothing, and the statement in it is read", () => {
  it.each([
    `@assert ${sin}`,
    `@assert(${sin})`,
    `    @warnpcfail ${sin}`,
    `${sin} || @assert false`,
    `isdefined(Atom, Symbol("#27#28")) && ${sin}`,
    `isdefined(Base.Iterators, :var"#1#2") && ${sin}`,
    `try;${sin}; catch e; @debug "couldn't precompile statement 8" exception = e; end`,
    `try; @assert(${sin}); catch err; @debug err; end`,
    `try; isdefined(Atom, Symbol("#113#114")) && ${sin}; catch err; @debug err; end`,
    `try ${sin} catch end`,
    `push!(RESULTS, ${sin})`,
    `${sin} #= { "nested_levels": 0, "codegen_waiting_time": 0.00 } =#`,
    `@assert ${sin}  # won't entirely work, but any dependents might help`,
    `\u001b[33m@assert ${sin}\u001b[0m`,
  ])("%s", (line) => {
    expect(readTraceLine(line)).toMatchObject({ statements: [{ spelling: sin, recompile: false }], damage: [] });
  });

  it("with the prefix of its module", () => {
    expect(readTraceLine(`@assert Base.${sin}`).statements).toMatchObject([{ spelling: `Base.${sin}` }]);
  });
});

describe("what follows a statement", () => {
  it.each([
    ["   # time: 0.03362425", 33.62425],
    ["   # time: 1.2e-5", 0.012],
    ["# TIME: 3", 3000],
    [" # tested in time: 3", undefined],
  ])("%j is its time", (ending, compileMs) => {
    const [found] = readTraceLine(sin + ending).statements;
    expect(found?.compileMs).toBe(compileMs);
    expect(found?.spelling).toBe(sin);
  });

  it.each([
    ["; exit()", "PI107"],
    [" && exit()", "PI107"],
    [";", "PI107"],
    [" end", "PI107"],
  ])("%j belongs to nothing", (ending, code) => {
    expect(readTraceLine(sin + ending)).toMatchObject({ statements: [], damage: [{ diagnostic: { code } }] });
  });
});

describe("a wrapping that is none", () => {
  it("is other output, beside the statement", () => {
    expect(readTraceLine(`(@v1.10) pkg> activate --temp${sin}`)).toMatchObject({
      statements: [{ spelling: sin }],
      damage: [{ other: true, start: 0 }],
    });
    expect(readTraceLine(`run(\`rm\`) && ${sin}`).damage).toMatchObject([{ other: true }]);
  });

  it("does not hide what is wrong with the statement", () => {
    expect(readTraceLine(`@assert ${sin.slice(0, -2)}`).damage.map(({ diagnostic }) => diagnostic.code)).toEqual([
      "PI104",
    ]);
  });

  it.each([
    ["blanks", `@assert ${sin}) ${" ".repeat(500_000)}x`],
    ["brackets", `@assert ${sin}${") ".repeat(300_000)}x`],
    ["macros", `${"@a ".repeat(300_000)}${sin}`],
    ["comments", `${sin}${"#= =#".repeat(100_000)}x`],
    ["blanks before a line break", `${sin} #${" ".repeat(1_000_000)}"\nx`],
    // Each of these took minutes once, or would with an expression that goes back.
  ])("is read to its end: %s", (_, line) => {
    expect(readTraceLine(line).damage).toHaveLength(1);
  });
});

describe("a line of `@snoopc`", () => {
  it("is a statement with its time", () => {
    expect(readTraceLine('12345678\t"Tuple{typeof(Base.sin), Float64}"')).toMatchObject({
      statements: [{ spelling: sin, compileMs: 12.345678, recompile: false }],
      damage: [],
    });
  });

  it("names no method where code at top level was compiled", () => {
    expect(readTraceLine('57984\t"<toplevel thunk> -> Expr(:thunk)"')).toEqual({ statements: [], damage: [] });
  });

  it("points at what is wrong in it", () => {
    const line = '1\t"Tuple{typeof(Base.sin), )}"';
    const [damage] = readTraceLine(line).damage;
    expect(damage?.diagnostic.code).toBe("PI101");
    expect(line.slice(damage?.start)).toBe(')}"');
  });
});

it("reads a block comment on one line as a comment", () => {
  expect(readTraceLine(`#= ${sin} =#`)).toEqual({ statements: [], damage: [] });
  expect(readTraceLine(`#${sin}`)).toEqual({ statements: [], damage: [] });
});
