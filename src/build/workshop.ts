import { existsSync, readFileSync } from "node:fs";
import { runTool, type ToolCommand, type ToolFailure } from "../support/run-tool.ts";
import type { Scratch } from "../support/scratch.ts";
import type { BuildStep, StepFailure } from "./build-failure.ts";

/** What a step took. */
export interface StepCost {
  /** Milliseconds, of all its tries. */
  readonly ms: number;
  /** The most memory that its processes held together, in bytes; undefined where the system does not tell. */
  readonly peakBytes?: number | undefined;
}

/** Who watches a bake. */
export interface BuildListener {
  /** Hears of each step as it begins; what it returns is called when the step has ended. */
  readonly onStep: (step: BuildStep) => (failed: boolean) => void;
  /** Hears what the builder does by itself to get on. */
  readonly onNote: (text: string) => void;
}

/** Where a back end works: runs the steps of one bake, each with a log, and notes what they cost. */
export class Workshop {
  readonly scratch: Scratch;
  readonly abort: AbortSignal | undefined;
  readonly #listener: BuildListener;
  readonly #costs = new Map<BuildStep, StepCost>();

  constructor(scratch: Scratch, listener: BuildListener, abort?: AbortSignal) {
    this.scratch = scratch;
    this.abort = abort;
    this.#listener = listener;
  }

  note(text: string): void {
    this.#listener.onNote(text);
  }

  /** Runs a command to its end. Gives why it failed, if it did. */
  async run(step: BuildStep, command: ToolCommand): Promise<StepFailure | undefined> {
    const done = this.#listener.onStep(step);
    let peakBytes = 0;
    let leastFreeBytes: number | undefined;
    const onMemory = (used: number, free: number): void => {
      peakBytes = Math.max(peakBytes, used);
      leastFreeBytes = Math.min(leastFreeBytes ?? free, free);
    };
    const startedAt = performance.now();
    const result = await runTool(command, {
      streams: { kind: "file", path: this.#log(step) },
      abort: this.abort,
      onMemory,
    });
    this.#charge(step, Math.round(performance.now() - startedAt), peakBytes);
    done(!result.ok);
    return result.ok ? undefined : this.failure(step, result.error, leastFreeBytes);
  }

  /** How a step failed, with the end of its log. */
  failure(step: BuildStep, failure: ToolFailure, leastFreeBytes?: number): StepFailure {
    return { reason: "step", step, failure, kept: this.scratch.path, log: logEnd(this.#log(step)), leastFreeBytes };
  }

  #log(step: BuildStep): string {
    return this.scratch.file(`${step.replaceAll(" ", "-")}.log`);
  }

  #charge(step: BuildStep, ms: number, peakBytes: number): void {
    const before = this.#costs.get(step);
    const peak = Math.max(before?.peakBytes ?? 0, peakBytes);
    this.#costs.set(step, { ms: (before?.ms ?? 0) + ms, peakBytes: peak === 0 ? undefined : peak });
  }

  /** What each step took so far, in the order they were first run. */
  costs(): Readonly<Partial<Record<BuildStep, StepCost>>> {
    return Object.fromEntries(this.#costs);
  }
}

function logEnd(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8").trimEnd().split("\n").slice(-12).join("\n") : "";
}
