import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { beforeEach, expect, it } from "vitest";
import { diffSets } from "../../src/analysis/diff.ts";
import { joined, type SetMember, type StatementSet } from "../../src/analysis/statement-set.ts";
import type { CommandContext } from "../../src/commands/context.ts";
import { fileSet, filesApart } from "../../src/commands/file-set.ts";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { printedWithHash } from "../../src/statement/portability.ts";
import { ingest } from "../../src/trace/ingest.ts";

let [a, b] = ["", ""];
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), "preimage-test-"));
  [a, b] = [join(folder, "a.jl"), join(folder, "b.jl")];
  return () => rmSync(folder, { recursive: true });
});

/** Plain lines in several spellings, lines with a time, damage, code of a package, statements over several lines. */
const lines = [
  ...[
    "precompile(Tuple{typeof(A.f), Int64})",
    "Base.precompile(Tuple{typeof(A.f),Int64})",
    "precompile(A.f, (Int64,))",
  ],
  ...["precompile(Tuple{typeof(A.f), Array{T, 1} where T})", "precompile(Tuple{typeof(A.f), Array{S, 1} where S})"],
  ...["precompile(Tuple{typeof(A.g), Vector{Int64}})", "precompile(Tuple{typeof(A.g), Array{Int64, 1}})"],
  ...['precompile(Tuple{A.var"#1#2", Union{Int64, Char}})', 'precompile(Tuple{A.var"#1#2", Union{Char, Int64}})'],
  ...["#=    1.5 ms =# precompile(Tuple{typeof(A.f), Int64})", "precompile(Tuple{typeof(h), Int64}) # recompile"],
  ...["precompile(Tuple{typeof(A.é), Int64})", "precompile(Tuple{typeof(h), Int64})", "# a comment", ""],
  ...["precompile(Tuple{typeof(A.f), Int64}", "precompile(Tuple{typeof(A.f),", "Int64})", "other output"],
  ...["function _precompile_()", "    precompile(Tuple{typeof(h), Int64})", "end", "let fbody = try", "begin"],
];
const file = fc.array(fc.constantFrom(...lines), { maxLength: 12 }).map((each) => `${each.join("\n")}\n`);

function contextWith(told: Diagnostic[], module?: string): CommandContext {
  return {
    tool: "",
    storePath: "",
    storeNamedBy: undefined,
    module,
    notify: (event) => void (event.kind === "diagnostic" && told.push(event.diagnostic)),
    abort: new AbortController().signal,
    leaveInterrupts: () => () => {},
  };
}

/** Sets apart, or whole, and what is told meanwhile. */
async function asked(module: string | undefined, apart: boolean) {
  const told: Diagnostic[] = [];
  const context = contextWith(told, module);
  if (apart) {
    const sets = await filesApart(context, a, b);
    if (!sets.ok) return { told, error: sets.error };
    const { both, ...rest } = diffSets(sets.value.setA, sets.value.setB);
    return { told, difference: { ...rest, both: both + sets.value.both } };
  }
  const sets: StatementSet[] = [];
  for (const path of [a, b]) {
    const set = await fileSet(context, path, path);
    if (!set.ok) return { told, error: [set.error] };
    sets.push(set.value);
  }
  const [setA, setB] = sets;
  return setA && setB && { told, difference: diffSets(setA, setB) };
}

/** What a file holds where every line is made a string. */
function membersByText(path: string): ReadonlyMap<string, SetMember> {
  const members = new Map<string, SetMember>();
  ingest([path], {
    sighting: ({ digest, canonical, spelling, compileMs, recompile }) => {
      const timed = compileMs !== undefined || recompile;
      const member: SetMember = {
        digest,
        canonical,
        spelling: spelling === canonical ? undefined : spelling,
        runs: [],
        printedWithHash: printedWithHash(spelling),
        measured: timed ? [{ source: path, compileMs, recompiles: recompile ? 1 : 0 }] : undefined,
      };
      const known = members.get(digest);
      members.set(digest, known === undefined ? member : joined(known, member, true));
    },
    damage: () => {},
    repeated: () => {},
  });
  return members;
}

it("a list holds the same whether or not its lines are made strings", async () => {
  await fc.assert(
    fc.asyncProperty(file, async (text) => {
      writeFileSync(a, text);
      const set = await fileSet(contextWith([]), a, a);
      if (set.ok) expect(set.value.members).toEqual(membersByText(a));
      else expect(membersByText(a).size).toBe(0);
    }),
  );
});

it("two files differ by the same, and the same is told, where what both have is read once", async () => {
  let shared = 0;
  await fc.assert(
    fc.asyncProperty(file, file, fc.constantFrom(undefined, "M"), async (inA, inB, module) => {
      writeFileSync(a, inA);
      writeFileSync(b, inB);
      const apart = await asked(module, true);
      expect(apart).toEqual(await asked(module, false));
      shared += apart?.difference?.both ?? 0;
    }),
    { numRuns: 300 },
  );
  expect(shared).toBeGreaterThan(100);
});

it("a file that only has damage of its own beside what the other states holds statements", async () => {
  const line = "precompile(Tuple{typeof(A.f), Int64})\n";
  writeFileSync(a, line);
  writeFileSync(b, `${line}precompile(Tuple{typeof(A.f), Int64}}})\n`);
  const apart = await asked(undefined, true);
  expect(apart?.told.map(({ severity }) => severity)).toEqual(["warning"]);
  expect(apart?.difference).toEqual({ onlyA: [], onlyB: [], changed: [], both: 1 });
});
