import type { Result } from "../support/result.ts";
import type { BuildFailure } from "./build-failure.ts";
import type { BuildPlan } from "./build-plan.ts";
import type { JudgedStatement } from "./statement-file.ts";
import type { Workshop } from "./workshop.ts";

/** One thing that a bake is made from: two bakes with the same inputs need be made once. */
export type Input = readonly [label: string, value: string];

/** A file that Julia made and keeps where it likes. */
export interface CacheFile {
  readonly path: string;
  readonly bytes: number;
}

export interface Made {
  /** Of what was made, whole. */
  readonly bytes: number;
  /** Where that is not at the output itself, or not alone. */
  readonly cache?: readonly CacheFile[] | undefined;
  /** A verdict for every statement of the plan, those that ended Julia with `crashed`. */
  readonly judged: readonly JudgedStatement[];
  /** Gives it its name: until this is called, what had the name before is untouched. */
  readonly place: () => void;
  /** Removes it, where it was not placed. */
  readonly discard: () => void;
}

/**
 * A way to put the compiled code of a list where Julia loads it from. What every bake does (what is known before minutes
 * are spent, verdicts, stamp) is the pipeline's, in build.ts; a further way is a further file with one of these.
 */
export interface BackEnd<Plan extends BuildPlan> {
  /** What it makes, as it is called in messages. */
  readonly what: string;
  /** The first release of Julia that it works with, such as `1.9`. */
  readonly oldest: string;
  /** Where it will stand, absolute. */
  output(plan: Plan): string;
  /** What else it is made from than what every bake is. */
  inputs(plan: Plan): Iterable<Input>;
  /** Why it cannot be made; in seconds at most. */
  unfit(plan: Plan, workshop: Workshop): Promise<BuildFailure | undefined>;
  /**
   * Makes it beside its place, or in the scratch folder. Nothing of it is left where it fails, but for what a later bake
   * of the same `inputs` (their digest) can go on with.
   */
  make(plan: Plan, inputs: string, workshop: Workshop): Promise<Result<Made, BuildFailure>>;
}
