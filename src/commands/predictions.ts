import { existsSync, globSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { packageInput, packagesInside } from "../build/packages-inside.ts";
import type { RehearsalPlan } from "../build/rehearse.ts";
import type { Stamp } from "../build/stamp.ts";
import type { Statement } from "../statement/statement.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { digestFile, digestText } from "../support/hashing.ts";
import type { Streams } from "../trace/run-workload.ts";

/** What verdicts and predictions hold for. */
export type Environment = Pick<RehearsalPlan, "toolchain" | "packages" | "baseSysimage" | "definitions"> & {
  readonly project?: string | undefined;
};

/**
 * Its digest: the Julia, its base sysimage, the project, and what its packages are made of. Of a standard library Julia's
 * version says it, whether it is loaded in front or when a statement names it.
 */
export function environmentDigest(environment: Environment): string {
  const { toolchain, baseSysimage, project, packages, definitions } = environment;
  const facts = [
    toolchain.version.text,
    toolchain.commit,
    baseSysimage,
    project,
    definitions && digestFile(definitions),
    ...packagesInside({ toolchain, project, packages, baseSysimage })
      .filter(({ version, treeHash, path }) => (version ?? treeHash ?? path) !== undefined)
      .map(packageInput)
      .map(String),
  ];
  return digestText(facts.map((fact) => fact ?? "").join("\n"));
}

/**
 * What a prediction holds for: the kind of standard output, the script with the Julia files beside it, which it may include,
 * its arguments, and the files that these name.
 */
export function workloadKey(streams: Streams, words: readonly string[]): string {
  const [script = "", ...args] = words;
  const code = globSync("*.jl", { cwd: dirname(script) }).map((name) => join(dirname(script), name));
  const states = [
    ...code.sort().map((path) => `${path} ${digestFile(path)}`),
    ...args.flatMap((path) => {
      const stat = existsSync(path) ? statSync(path) : undefined;
      return stat?.isFile() ? [`${path} ${stat.size} ${stat.mtimeMs}`] : [];
    }),
  ];
  return JSON.stringify([streams, resolve(script), ...args, digestText(states.join("\n"))]);
}

/** Keeps what a rehearsal of a list said that a workload would still compile. */
export function recordPrediction(
  listed: readonly Statement[],
  residual: readonly Statement[],
  environment: string,
  key: string,
  store: StatementStore,
): void {
  store.findings.recordPrediction(environment, key, {
    listed: new Set(listed.map(({ digest }) => digest)),
    residual: residual.map(({ canonical }) => canonical),
  });
}

/** What a rehearsal of the very list that an image was baked of said of this workload; undefined where there was none. */
export function foreseenFor(
  stamp: Stamp | undefined,
  key: string,
  store: StatementStore,
): readonly string[] | undefined {
  const baked = new Set(stamp?.statements.map(({ digest }) => digest));
  const prediction = stamp?.environment === undefined ? undefined : store.findings.predictionOf(stamp.environment, key);
  const isOfThisList =
    prediction?.listed.size === baked.size && [...prediction.listed].every((digest) => baked.has(digest));
  return isOfThisList ? prediction.residual : undefined;
}
