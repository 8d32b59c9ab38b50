import { isAtLeast } from "../julia/julia-version.ts";
import { err, ok, type Result } from "../support/result.ts";
import { Scratch } from "../support/scratch.ts";
import type { BackEnd, CacheFile } from "./back-end.ts";
import type { BuildFailure, BuildStep } from "./build-failure.ts";
import type { BuildPlan } from "./build-plan.ts";
import type { JudgedStatement } from "./statement-file.ts";
import { type BuildListener, type StepCost, Workshop } from "./workshop.ts";

export interface Built {
  /** Where it stands, absolute. */
  readonly output: string;
  readonly bytes: number;
  /** Files of Julia's own that hold what was made, where the output does not. */
  readonly cache?: readonly CacheFile[] | undefined;
  readonly judged: readonly JudgedStatement[];
  readonly steps: Readonly<Partial<Record<BuildStep, StepCost>>>;
}

/**
 * Bakes a list. What is made takes its name when it has shown that it works, so that a failure, or a kill at any moment,
 * leaves what was there before. `inputs`: the digest of what it is made from. `beforePlace` is called when all is done
 * but taking the name.
 */
export async function build<Plan extends BuildPlan>(
  plan: Plan,
  backEnd: BackEnd<Plan>,
  inputs: string,
  { listener, beforePlace, abort }: BuildSurroundings,
): Promise<Result<Built, BuildFailure>> {
  const unsupported = unsupportedBy(backEnd, plan.toolchain);
  if (unsupported !== undefined) return err(unsupported);
  const scratch = new Scratch("build");
  const workshop = new Workshop(scratch, listener, abort);
  try {
    const unfit = await backEnd.unfit(plan, workshop);
    const made = unfit === undefined ? await backEnd.make(plan, inputs, workshop) : err(unfit);
    if (!made.ok) {
      if (made.error.reason === "step" && made.error.failure.reason !== "interrupted") scratch.keep();
      return made;
    }
    const { bytes, cache, judged, place, discard } = made.value;
    try {
      beforePlace();
      place();
    } finally {
      discard();
    }
    return ok({ output: backEnd.output(plan), bytes, cache, judged, steps: workshop.costs() });
  } finally {
    scratch.remove();
  }
}

/** Why a back end cannot work with this Julia, whatever the list. */
export function unsupportedBy(
  { what, oldest }: Pick<BackEnd<BuildPlan>, "what" | "oldest">,
  { version }: Pick<BuildPlan["toolchain"], "version">,
): BuildFailure | undefined {
  return isAtLeast(version, oldest)
    ? undefined
    : { reason: "unsupported-julia", version: version.text, wanted: oldest, what };
}

/** What a bake is given besides what it is made from. */
export interface BuildSurroundings {
  readonly listener: BuildListener;
  readonly beforePlace: () => void;
  readonly abort?: AbortSignal | undefined;
}
