import { existsSync, readFileSync } from "node:fs";
import type { Statement } from "../../statement/statement.ts";
import { err, ok, type Result } from "../../support/result.ts";
import type { CacheFile } from "../back-end.ts";
import { bisect } from "../bisect.ts";
import type { StepFailure } from "../build-failure.ts";
import { ShrinkingList } from "../shrinking-list.ts";
import { type JudgedStatement, readVerdicts } from "../statement-file.ts";
import type { Workshop } from "../workshop.ts";
import { precompilePackage } from "./package-commands.ts";
import { writePackage } from "./package-folder.ts";
import type { PackagePlan } from "./package-plan.ts";

export interface Precompiled {
  readonly cache: readonly CacheFile[];
  /** A verdict for every statement, those that ended Julia with `crashed`. */
  readonly judged: readonly JudgedStatement[];
}

/**
 * Has Julia precompile the package where it stands. A statement that ends Julia is left out of its list, and where none
 * was at hand when it ended, the one to blame is looked for by halving the list.
 */
export async function precompile(plan: PackagePlan, workshop: Workshop): Promise<Result<Precompiled, StepFailure>> {
  const list = new ShrinkingList(plan.statements);
  let searched = false;
  for (;;) {
    const { failure, cache, judged, culprit, replayed } = await precompileOnce(
      { ...plan, statements: list.statements },
      workshop,
    );
    if (failure === undefined) return ok({ cache, judged: list.judged(judged) });
    if (!isCrash(failure) || list.isExhausted) return err({ ...failure, culprit });
    if (culprit !== undefined) {
      list.leaveOut(culprit, "Julia ended while it was compiled", workshop);
      continue;
    }
    // What fails before the list is replayed is no statement's fault.
    if (!replayed || searched) return err(failure);
    searched = true;
    workshop.note("Julia ended while it wrote the package's cache: looking for the statement to blame");
    const blamed = await bisect(list.statements, async (some) => {
      if (workshop.abort?.aborted) return false;
      const tried = await precompileOnce({ ...plan, statements: some }, workshop);
      return tried.failure !== undefined && isCrash(tried.failure);
    });
    if (blamed === undefined) return err(failure);
    list.leaveOut(blamed, "Julia ended while its code was written", workshop);
  }
}

interface Try {
  readonly failure?: StepFailure | undefined;
  readonly cache: readonly CacheFile[];
  readonly judged: readonly JudgedStatement[];
  /** The list was replayed to its end: what failed came behind it. */
  readonly replayed: boolean;
  /** At hand when Julia ended while it replayed the list. */
  readonly culprit?: Statement | undefined;
}

async function precompileOnce(plan: PackagePlan, workshop: Workshop): Promise<Try> {
  const { scratch } = workshop;
  const [verdicts, made] = [scratch.file("verdicts.tsv"), scratch.file("made.tsv")];
  for (const old of [verdicts, made]) scratch.forget(old);
  const file = writePackage(plan, plan.output);
  const failure = await workshop.run("precompile package", precompilePackage(plan, verdicts, made));
  const judged = readVerdicts(verdicts, file);
  const began = existsSync(verdicts);
  return {
    failure,
    cache: readMade(made),
    judged: [...judged, ...file.unprintable],
    replayed: began && judged.length === file.printed.length,
    culprit: began ? file.printed[judged.length] : undefined,
  };
}

/** Julia itself ended, and nobody ended it: the process that precompiles is Julia's own, and its end stands in the log. */
function isCrash({ failure, log }: StepFailure): boolean {
  if (/ProcessSignaled\((?:2|9|15)\)/.test(log)) return false;
  return failure.reason === "exit-status" || (failure.reason === "signal" && failure.signal !== "SIGKILL");
}

/** `bytes<TAB>path` lines. */
function readMade(path: string): CacheFile[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [bytes = "", ...path] = line.split("\t");
      return { path: path.join("\t"), bytes: Number(bytes) };
    });
}
