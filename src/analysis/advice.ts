import type { Obstacle, Portability, Statement } from "../statement/statement.ts";
import type { Verdict } from "../statement/verdict.ts";
import { unreachable } from "../support/unreachable.ts";
import { namesStream } from "./residual-cause.ts";
import { looksWide } from "./wide-types.ts";

/** What is known of a statement, to judge what to do with it. */
export interface AdviceContext {
  readonly portability: Portability;
  readonly seen: boolean;
  readonly recompiled: boolean;
  /** The newest bake's, or where none had it, the newest rehearsal's. */
  readonly lastVerdict: Verdict | undefined;
  /** That of a rehearsal. */
  readonly onlyRehearsed: boolean;
}

/** What to do with a statement, a sentence each, the most important first; never empty. */
export function adviceFor(statement: Statement, context: AdviceContext): readonly string[] {
  const { portability, seen, recompiled, lastVerdict, onlyRehearsed } = context;
  const obstacles = portability.portable ? [] : portability.obstacles;
  const advice = [
    ...obstacles.map(obstacleAdvice),
    ...(lastVerdict === undefined
      ? []
      : [onlyRehearsed && lastVerdict === "compiled" ? rehearsedAdvice : verdictAdvice[lastVerdict]]),
    // Whoever compiled it knows better than the names.
    ...(lastVerdict === undefined && looksWide(statement) ? [wideAdvice] : []),
    ...(recompiled ? [recompiledAdvice] : []),
    ...(namesStream(statement.canonical) ? [streamAdvice] : []),
    ...(seen ? [] : ["run the program with `preimage trace` to see whether it compiles this at all"]),
  ].filter((text) => text !== "");
  return advice.length === 0 ? ["bake it: `preimage build` takes it as it is"] : [...new Set(advice)];
}

function obstacleAdvice(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case "main-owned":
      return "move what the script defines into a package and load that: only what packages define can be baked";
    case "lossy-literal":
      return "bake it with preimage, or drop it with `prune --portable` from a list for other tools, which cannot read it";
    case "gensym":
      return "keep it in an image for the very Julia and packages that were traced; for elsewhere, `prune --portable` looks up the method that leads to it, or drops it";
    default:
      return unreachable(obstacle);
  }
}

const wideAdvice =
  "let `preimage optimize` find a concrete call that serves, as `bake` does: an image keeps native code for concrete types only";

const rehearsedAdvice = "bake it: `preimage build` takes it as it is, and a rehearsal compiled it";

const verdictAdvice: Readonly<Record<Verdict, string>> = {
  compiled: "nothing more for the bake: the image has it (`preimage verify` tells if it compiles there all the same)",
  inferred: wideAdvice,
  refused: "bake the statements with concrete types that the program calls this method with; this one adds nothing",
  unresolved: "load the package that has the missing name into the image with `build --package NAME`",
  failed: "leave it out of the list: Julia throws where it is asked to compile it",
  crashed: "leave it out of the list: it ends Julia where it is compiled",
};

const recompiledAdvice =
  "find what makes it invalid, such as a package that is loaded later and adds a method: Julia compiles it again on an image too";
const streamAdvice =
  "trace with each kind of standard output that the program will have (`bake` does): types differ between terminal, pipe and file";
