import { expect, it } from "vitest";
import { joined, type SetMember } from "../../src/analysis/statement-set.ts";
import { seenMembers } from "../../src/commands/seen-members.ts";
import { printedWithHash } from "../../src/statement/portability.ts";
import type { RunId } from "../../src/statement/provenance.ts";
import type { SeenStatement } from "../../src/store/statement-store.ts";
import { call, statementFrom } from "../samples.ts";

const statements = [call("A.f", "Int64"), call("B.g", 'App.var"#1#2"'), call("C.h", "String")].map(statementFrom);

/** Run by run, each statement in some of its spellings, with a time now and then. */
const seen: readonly SeenStatement[] = [1, 2, 5].flatMap((run) =>
  statements.flatMap(({ digest, canonical }, index) =>
    [null, 'precompile(Tuple{var"#x#1"})', "precompile(Tuple{aa})"].flatMap((spelling, number): SeenStatement[] =>
      (run + index + number) % 3 === 0
        ? []
        : [
            {
              digest,
              canonical,
              run: run as RunId,
              spelling,
              compileMs: (run * index + number) % 2 === 0 ? null : run + number / 4,
              recompiles: number,
            },
          ],
    ),
  ),
);

/** One by one, as sets are united. */
function oneByOne(): Map<string, SetMember> {
  const members = new Map<string, SetMember>();
  for (const { digest, canonical, run, spelling, compileMs, recompiles } of seen) {
    const measured =
      compileMs === null && recompiles === 0
        ? undefined
        : [{ source: run, compileMs: compileMs ?? undefined, recompiles }];
    const member = {
      digest,
      canonical,
      spelling: spelling ?? undefined,
      runs: [run],
      printedWithHash: printedWithHash(spelling ?? canonical),
      measured,
    };
    const known = members.get(digest);
    members.set(digest, known === undefined ? member : joined(known, member, true));
  }
  return members;
}

it("what runs saw is the same as if each sighting were joined to those before", () => {
  expect(seen.length).toBeGreaterThan(12);
  expect(seenMembers(seen)).toEqual(oneByOne());
});
