import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerptStart } from "../../src/statement/provenance.ts";
import type { FileOrigin } from "../../src/trace/file-reader.ts";
import { ingest } from "../../src/trace/ingest.ts";
import { call, Heard } from "../samples.ts";
import { tempFolder } from "../temp-folder.ts";

function heard(text: string, origin?: FileOrigin): Heard {
  const path = join(tempFolder(), "trace.jl");
  writeFileSync(path, text);
  const sink = new Heard();
  ingest([path], sink, { origin });
  return sink;
}

const stated = (sink: Heard): string[] => sink.sightings.map(({ canonical }) => canonical);
const codes = (sink: Heard): [number, string][] => sink.damages.map(({ line, code }) => [line, code]);
const sin = call("Base.sin", "Float64");
const cos = call("Base.cos", "Float64");

describe("a file that SnoopCompile wrote", () => {
  const file = `const __bodyfunction__ = Dict{Method,Any}()

# Find keyword "body functions"
function __lookup_kwbody__(mnokw::Method)
    function getsym(arg)
        isa(arg, Symbol) && return arg
        return arg.name
    end
end

function _precompile_()
    ccall(:jl_generating_output, Cint, ()) == 1 || return nothing
    Base.precompile(Tuple{typeof(update!),Tree{T} where T<:Node,Vector{Float64}})   # time: 0.0336
    isdefined(Foo, Symbol("#27#28")) && Base.precompile(Tuple{getfield(Foo, Symbol("#27#28"))})
    let fbody = try __lookup_kwbody__(which(sort!, (Tree,))) catch missing end
        if !ismissing(fbody)
            precompile(fbody, (Bool,typeof(sort!),Tree,))
        end
    end
    let fbody = try __lookup_kwbody__(which(sort, (Tree,))) catch missing end
        if !ismissing(fbody)
            precompile(fbody, (Int,typeof(sort),Tree,))
        end
    end
end
`;

  it("is read without a word about the code around the statements", () => {
    const sink = heard(file, { moduleOfPackage: "Foo.Bar" });
    expect(stated(sink)).toEqual([
      "precompile(Tuple{typeof(Foo.Bar.update!), Foo.Bar.Tree{T1} where T1<:Foo.Bar.Node, Array{Float64, 1}})",
      'precompile(Tuple{Foo.var"#27#28"})',
      "precompile(Tuple{typeof(Base.bodyfunction(which(Tuple{typeof(sort!), Foo.Bar.Tree}))), Bool, typeof(sort!), Foo.Bar.Tree})",
      "precompile(Tuple{typeof(Base.bodyfunction(which(Tuple{typeof(sort), Foo.Bar.Tree}))), Int, typeof(sort), Foo.Bar.Tree})",
    ]);
    expect(sink.sightings[0]).toMatchObject({
      compileMs: 33.6,
      spelling: "Base.precompile(Tuple{typeof(update!),Tree{T} where T<:Node,Vector{Float64}})",
    });
    expect(codes(sink)).toEqual([]);
  });

  it("is read as a formatter breaks it", () => {
    const formatted = file.replaceAll("let fbody = try __lookup", "let fbody = try\n            __lookup");
    const sink = heard(formatted.replaceAll(" catch missing end", "\n        catch missing\n end"), { module: "Foo" });
    expect(stated(sink).at(-1)).toContain("typeof(Base.bodyfunction(which(Tuple{typeof(");
    expect(codes(sink)).toEqual([]);
  });

  it("looks a body up for the line that calls it, and for no other", () => {
    const [first = "", second = ""] = file.match(/ +let fbody[\s\S]*?\n {4}end\n/g) ?? [];
    const sort = second.replace("(Int,typeof(sort),Tree,)", "(Bool,typeof(sort!),Tree,)");
    const alone = "precompile(fbody, (Int,typeof(sort),Tree,))";
    const sink = heard(`${first}${sort}${first}${alone}`, { module: "Foo" });
    expect(stated(sink).map((text) => /which\(Tuple\{typeof\(([^)]*)/.exec(text)?.[1])).toEqual(["sort!", "sort"]);
    expect(codes(sink).map(([, code]) => code)).toEqual(["PI113"]);
  });

  it("says that names are left without a module", () => {
    const sink = heard(file);
    expect(stated(sink)[0]).toContain("typeof(update!)");
    expect(codes(sink).at(-1)).toEqual([13, "PI115"]);
    expect(codes(heard(file, { module: "Foo" }))).toEqual([]);
  });
});

describe("a module", () => {
  it("that the user names holds for every file", () => {
    expect(stated(heard("precompile(f, (Int64, A.B))\n", { module: "Foo" }))).toEqual([
      "precompile(Tuple{typeof(Foo.f), Int64, A.B})",
    ]);
  });
  it("that a file name names holds for a package's code only", () => {
    expect(stated(heard("precompile(f, (Int64,))\n", { moduleOfPackage: "Foo" }))).toEqual([
      "precompile(Tuple{typeof(f), Int64})",
    ]);
  });
});

describe("a statement on several lines", () => {
  it("is read as one", () => {
    const sink = heard(`precompile(\n    Tuple{\n        typeof(Base.sin),\n        Float64,\n    },\n)\n${cos}\n`);
    expect(stated(sink)).toEqual([sin, cos]);
    expect(sink.sightings[0]).toMatchObject({ line: 1, spelling: "precompile(Tuple{typeof(Base.sin), Float64,},)" });
    expect(sink.damages).toEqual([]);
  });

  it("may start like another", () => {
    const broken = (name: string) => `precompile(\n    Tuple{\n        typeof(${name}),\n        Float64,\n    },\n)\n`;
    const sink = heard(broken("Base.sin") + broken("Base.cos") + broken("Base.sin"));
    expect(stated(sink)).toEqual([sin, cos]);
    expect(sink.repeats.filter(([key]) => key === sink.sightings[0]?.lineKey)).toEqual([
      [sink.sightings[0]?.lineKey, 2],
    ]);
    expect(sink.damages).toEqual([]);
  });

  it("may be wrapped", () => {
    const sink = heard(`@assert precompile(Tuple{typeof(Base.sin),\n                Float64})\n`);
    expect(stated(sink)).toEqual([sin]);
  });

  it("has a line break in a symbol, as Julia 1.5 prints it", () => {
    const sink = heard('precompile(Tuple{Base.Val{Symbol("a\nb")}})\n');
    expect(stated(sink)).toEqual(['precompile(Tuple{Base.Val{Symbol("a\\nb")}})']);
  });

  it("is given up where another begins", () => {
    const sink = heard(`precompile(Tuple{typeof(Base.sin),\n${sin}\n${cos}\n`);
    expect(stated(sink)).toEqual([sin, cos]);
    expect(codes(sink)).toEqual([[1, "PI104"]]);
  });

  it("is given up where the rest is none, and the rest is read for itself", () => {
    const sink = heard(`${sin}\nprecompile(Tuple{typeof(Base.sin),\nhello\n${sin}\n${cos}\n`);
    expect(stated(sink)).toEqual([sin, cos]);
    expect(codes(sink)).toEqual([
      [2, "PI104"],
      [3, "PI103"],
    ]);
  });

  it("is given up at the end of the file", () => {
    const sink = heard(`precompile(Tuple{typeof(Base.sin),\n    Float64`);
    expect(codes(sink)).toEqual([
      [1, "PI104"],
      [2, "PI103"],
    ]);
  });

  it("is not looked for in what a cut line leaves", () => {
    const sink = heard(`precompile(Tuple{typeof(Base.si\n, Float64})\n`);
    expect(codes(sink)).toEqual([
      [1, "PI104"],
      [2, "PI103"],
    ]);
  });

  it("is looked for again in the lines of one that was given up, and none of them is lost", () => {
    const opener = '" precompile(Tuple{Symbol("\n';
    const sink = heard(Array.from({ length: 300 }, (_, index) => `${index}${opener}`).join("") + cos);
    expect(stated(sink)).toEqual([cos]);
    expect(new Set(codes(sink).map(([line]) => line)).size).toBe(300);
  });

  it("has no line break in a name, which a list could not hold", () => {
    const sink = heard('precompile(Tuple{Base.var"a\nb", Int64})\n');
    expect(stated(sink)).toEqual([]);
    expect(codes(sink)).toEqual([
      [1, "PI104"],
      [2, "PI103"],
    ]);
  });

  it("is looked for in linear time", () => {
    const sink = heard(`precompile(Tuple{\n${Array.from({ length: 20_000 }, (_, index) => `A${index},`).join("\n")}\n`);
    expect(sink.sightings).toEqual([]);
    expect(sink.damages.length).toBeLessThan(10);
  });
});

it("passes over the `try` that PackageCompiler of 2018 wrote around each statement", () => {
  const sink = heard(
    "try\nprecompile(typeof((Core.Compiler).getindex), (Tuple{typeof(Base.:/), StaticArrays.Size{(2,)}}, Int64,))\ncatch; end\n",
  );
  expect(stated(sink)).toEqual([
    "precompile(Tuple{typeof(Core.Compiler.getindex), Tuple{typeof(Base.:(/)), StaticArrays.Size{(2,)}}, Int64})",
  ]);
  expect(sink.damages).toEqual([]);
});

describe("any file", () => {
  const piece = fc.constantFrom(
    ...'precompile( Base. Tuple{ typeof( ) } , f (A,) " Symbol(" #= =# # recompile 12\t"Tuple{A}" || ; catch end try; @assert <: let fbody'.split(
      " ",
    ),
    sin,
    "function _precompile_()",
    " ",
    "\0",
    "\n",
    "\n",
  );

  it("is read without an exception, and every damage lies within its lines", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.constantFrom(undefined, "Foo"), (pieces, module) => {
        const text = pieces.join("");
        const sink = heard(text, { module });
        const lines = text.split("\n");
        for (const { line, start } of sink.damages) {
          expect(start ?? 0).toBeGreaterThanOrEqual(0);
          expect(start ?? 0).toBeLessThanOrEqual(lines[line - 1]?.length ?? 0);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it("gives every statement that stands on a line of its own, whatever stands before", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        expect(stated(heard(`${pieces.join("")}\n${cos}\n`))).toContain(cos);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("a long line", () => {
  it("keeps what is wrong in it, wherever that stands", () => {
    const line = `precompile(Tuple{${"Int64, ".repeat(1_000)}@, Int64})`;
    const [{ start = 0, text = "" } = {}] = heard(`${line}\n`).damages;
    expect(line[start]).toBe("@");
    expect(text[start - excerptStart(start)]).toBe("@");
    expect(text.length).toBeLessThanOrEqual(2_000);
  });

  it("of many cut statements names the first, and counts the rest", () => {
    const sink = heard(`${"precompile(Tuple{A".repeat(1_000)}\n`);
    expect(sink.damages).toHaveLength(17);
    expect(sink.damages.at(-1)?.message).toBe("984 more parts of the line are damaged; this is the first");
  });
});

describe("a log", () => {
  const output = Array.from({ length: 100 }, (_, index) => `step ${index}`).join("\n");

  it("is not damaged: its first lines are shown, the rest counted", () => {
    const sink = heard(`${sin}\n${output}\nprecompile(Tuple{typeof(Base.x\n${cos}\n`);
    expect(stated(sink)).toEqual([sin, cos]);
    expect(sink.damages.map(({ line, code, message }) => [line, code, message])).toEqual([
      [2, "PI103", "`step 0` is not a precompile statement"],
      [3, "PI103", "`step 1` is not a precompile statement"],
      [4, "PI103", "`step 2` is not a precompile statement"],
      [102, "PI104", "the statement is cut off before its brackets are closed"],
      [5, "PI114", "97 more lines are no statements; this is the first"],
    ]);
  });

  it("without a statement still says what it holds", () => {
    expect(codes(heard(output)).map(([, code]) => code)).toEqual(["PI103", "PI103", "PI103", "PI114"]);
  });
});
