import type { Statement } from "../statement/statement.ts";
import type { ToolFailure } from "../support/run-tool.ts";

export type BuildStep =
  | "try linker"
  | "load packages"
  | "compile the compiler"
  | "compile a fresh base"
  | "emit object file"
  | "link sysimage"
  | "start on sysimage"
  | "precompile package"
  | "start with package";

export type BuildFailure =
  | { readonly reason: "unsupported-julia"; readonly version: string; readonly wanted: string; readonly what: string }
  | { readonly reason: "output-not-writable"; readonly path: string; readonly detail: string }
  | { readonly reason: "folder-not-ours"; readonly path: string; readonly detail: string }
  | { readonly reason: "disk-full"; readonly folder: string; readonly freeBytes: number; readonly neededBytes: number }
  | { readonly reason: "memory-short"; readonly freeBytes: number; readonly neededBytes: number }
  | { readonly reason: "unknown-cpu-target"; readonly cpuTarget: string; readonly said: string }
  | { readonly reason: "nothing-to-resume"; readonly output: string; readonly detail: string }
  | { readonly reason: "no-base-sources"; readonly folder: string }
  | StepFailure;

export interface StepFailure {
  readonly reason: "step";
  readonly step: BuildStep;
  readonly failure: ToolFailure;
  /** Where the logs of the failed bake stay. */
  readonly kept: string;
  readonly log: string;
  /** The least memory that was free while the step ran, in bytes, where it was watched. */
  readonly leastFreeBytes?: number | undefined;
  /** The statement at hand when Julia died while it replayed the list. */
  readonly culprit?: Statement | undefined;
  /** A later bake with `--resume` needs only to link. */
  readonly resumable?: boolean | undefined;
}
