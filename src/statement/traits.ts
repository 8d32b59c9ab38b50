import { obstacleName, obstaclesIn, ownedByScript, type PortabilityContext, rootsIn } from "./portability.ts";
import { argumentsIn, readSummary, type Summary, summaryOf, treeOfArgument } from "./summary.ts";
import { treeOf } from "./tree-of.ts";

/** What statements are counted by. Many share theirs, and they hold whichever run saw a statement. */
export interface Traits extends Pick<Summary, "owner" | "kind" | "method"> {
  /** By name, each once: those that no loaded package does away with. */
  readonly obstacles: readonly string[];
  /** The modules, besides Core, Base and Main, at the root of a name: portable where they are packages. */
  readonly roots: readonly string[];
}

/** Traits as JSON. */
export type TraitsText = string & { readonly brand: "TraitsText" };

/** Raised with every change that gives some statement other traits: what stores remember of them is then forgotten. */
export const traitsVersion = 2;

/** The traits of a statement. Those of its arguments are remembered, as most are others' as well. */
export function traitsOf(canonical: string): TraitsText {
  const parts = argumentsIn(canonical);
  if (parts === undefined) return whole(canonical);
  let key = "";
  for (const part of parts) {
    const traits = ofArgument(part);
    if (traits.key !== "" && !key.includes(traits.key)) key += traits.key;
  }
  const [called = "", , passedOn = ""] = parts;
  // Whom a keyword call is passed on to stands among the arguments.
  key = `${called}\n${called.includes("kw") ? passedOn : ""}\n${key}`;
  let text = textsBefore.get(key);
  if (text === undefined) {
    text = textOf(canonical, parts);
    if (textsBefore.size === mostRemembered) textsBefore.clear();
    textsBefore.set(key, text);
  }
  return text;
}

export function readTraits(text: TraitsText): Traits {
  const [owner, kind, method, obstacles, roots] = JSON.parse(text);
  return { owner, kind, method, obstacles, roots };
}

/** The obstacles, by name, where these packages were loaded. */
export function obstaclesAmong(
  { obstacles, roots }: Traits,
  { loadedPackages }: PortabilityContext,
): readonly string[] {
  const isStranger = loadedPackages !== undefined && roots.some((root) => !loadedPackages.has(root));
  return isStranger && !obstacles.includes(ownedByScript) ? [ownedByScript, ...obstacles] : obstacles;
}

interface ArgumentTraits {
  readonly obstacles: readonly string[];
  readonly roots: readonly string[];
  /** Empty where there are none; no key is part of another. */
  readonly key: string;
}

const argumentsBefore = new Map<string, ArgumentTraits>();
const textsBefore = new Map<string, TraitsText>();
const mostRemembered = 50_000;

function ofArgument(argument: string): ArgumentTraits {
  const known = argumentsBefore.get(argument);
  if (known !== undefined) return known;
  const { signature } = treeOfArgument(argument);
  const obstacles = obstaclesIn(signature, {}).map(obstacleName);
  const roots = rootsIn(signature);
  const key = obstacles.length + roots.length === 0 ? "" : `[${JSON.stringify([obstacles, roots])}]`;
  const traits = { obstacles, roots, key };
  if (argumentsBefore.size === mostRemembered) argumentsBefore.clear();
  argumentsBefore.set(argument, traits);
  return traits;
}

function textOf(canonical: string, parts: readonly string[]): TraitsText {
  const each = parts.map(ofArgument);
  return written(
    summaryOf(canonical),
    each.flatMap(({ obstacles }) => obstacles),
    each.flatMap(({ roots }) => roots),
  );
}

function whole(canonical: string): TraitsText {
  const { signature } = treeOf(canonical);
  return written(readSummary({ signature }), obstaclesIn(signature, {}).map(obstacleName), rootsIn(signature));
}

function written(
  { owner, kind, method }: Pick<Summary, "owner" | "kind" | "method">,
  obstacles: readonly string[],
  roots: readonly string[],
): TraitsText {
  return JSON.stringify([owner, kind, method, distinct(obstacles), distinct(roots)]) as TraitsText;
}

const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();
