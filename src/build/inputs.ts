import { existsSync } from "node:fs";
import type { Statement } from "../statement/statement.ts";
import { digestFile, digestText } from "../support/hashing.ts";
import type { BackEnd, Input } from "./back-end.ts";
import type { BuildPlan } from "./build-plan.ts";

/** What the builder does not look at itself, as it takes a store to know it quickly. */
export interface KnownInputs {
  /** Name and version of this tool. */
  readonly tool: string;
  readonly baseSysimageDigest: string;
  /** The list as it was asked for: what of it ended Julia once and is left out does not make an image of it stale. */
  readonly asked: readonly Statement[];
  readonly includeQuarantined: boolean;
  /** The versions of the packages that the project resolves to, and what their sources are where those may change. */
  readonly versions: Iterable<Input>;
}

/**
 * Everything that decides what a bake gives, walked once: hashed to tell whether what stands there is of these inputs,
 * printed to say why not. So an explanation cannot differ from the decision.
 */
export function* inputsOf<Plan extends BuildPlan>(
  plan: Plan,
  backEnd: BackEnd<Plan>,
  { tool, baseSysimageDigest, asked, includeQuarantined, versions }: KnownInputs,
): Generator<Input> {
  const { toolchain } = plan;
  yield ["made by", tool];
  // A distribution's own build may not know its commit.
  yield ["Julia", [toolchain.version.text, toolchain.commit].filter(Boolean).join(" ")];
  yield ["system", `${toolchain.os} ${toolchain.arch}`];
  yield ["base sysimage", baseSysimageDigest];
  yield ["project", plan.project ?? "none"];
  yield* versions;
  yield ["packages", plan.packages.map(({ name }) => name).join(" ") || "none"];
  yield ["statements", `${asked.length} (${listDigest({ statements: asked })})`];
  yield ["statements that ended Julia once", includeQuarantined ? "baked" : "left out"];
  yield ["repairs that are off", [...(plan.repairsOff ?? [])].sort().join(" ") || "none"];
  yield ["words for Julia", plan.juliaArgs.join(" ") || "none"];
  yield* backEnd.inputs(plan);
}

/** SHA-256 over the digests of the list, in the list's order. */
export const listDigest = ({ statements }: Pick<BuildPlan, "statements">): string =>
  digestText(statements.map(({ digest }) => digest).join("\n"));

export const inputsDigest = (inputs: readonly Input[]): string => digestText(JSON.stringify(inputs));

/** A file's content as an input. */
export function fileInput(path: string | undefined): string {
  if (path === undefined) return "none";
  return existsSync(path) ? `${path} (${digestFile(path)})` : `${path} (missing)`;
}

/** What differs between two walks: the label with what it was and what it is. */
export interface InputChange {
  readonly input: string;
  /** Undefined: it was, or is, no input at all. */
  readonly was?: string | undefined;
  readonly is?: string | undefined;
}

export function changedInputs(before: readonly Input[], now: readonly Input[]): InputChange[] {
  const was = new Map(before);
  const is = new Map(now);
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((label) => was.get(label) !== is.get(label))
    .map((label) => ({ input: label, was: was.get(label), is: is.get(label) }));
}
