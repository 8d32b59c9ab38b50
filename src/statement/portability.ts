import type { Call, Path, SymbolLiteral, TypeExpr } from "../../grammar/type-expr.ts";
import { printTypeExpr } from "../syntax/print.ts";
import { gensymOf } from "./gensym.ts";
import { childrenOf } from "./map-type-expr.ts";
import type { Obstacle, Portability, Statement } from "./statement.ts";

export interface PortabilityContext {
  /** The packages a run had loaded at its end; a root module that is not among them was defined by the script. */
  readonly loadedPackages?: ReadonlySet<string>;
}

/** Whether another session of the same Julia, without the script, can name what the statement names. */
export function portabilityOf(statement: Statement, context: PortabilityContext = {}): Portability {
  const [first, ...more] = obstaclesOf(statement, context);
  return first === undefined ? { portable: true } : { portable: false, obstacles: [first, ...more] };
}

/** Every reason why it cannot, in the order of the text. Decided by names: a stranger's `#1#2` evaluates, wrongly. */
export function obstaclesOf({ tree }: Statement, context: PortabilityContext = {}): readonly Obstacle[] {
  return obstaclesIn(tree.signature, context);
}

export function obstaclesIn(signature: TypeExpr, context: PortabilityContext): readonly Obstacle[] {
  const obstacles: Obstacle[] = [];
  visit(signature, (node) => {
    if (node.kind === "path") obstacles.push(...pathObstacles(node, context));
    else if (node.kind === "symbol") obstacles.push(...symbolObstacles(node));
    else if (node.kind === "call") obstacles.push(...callObstacles(node));
  });
  return obstacles;
}

/** The modules, besides Core, Base and Main, that names begin with: whose they are, the loaded packages tell. */
export function rootsIn(signature: TypeExpr): readonly string[] {
  const roots = new Set<string>();
  visit(signature, (node) => {
    if (node.kind !== "path" || node.segments.length === 1) return;
    const root = node.segments[0].name;
    if (root !== "Main" && !alwaysLoaded.has(root)) roots.add(root);
  });
  return [...roots];
}

/** The name of the obstacle that only the loaded packages tell of. */
export const ownedByScript = "belongs to the script";

/** As `prune` names it where it drops for it. */
export function obstacleName(obstacle: Obstacle): string {
  if (obstacle.kind === "main-owned") return ownedByScript;
  return obstacle.kind === "gensym" ? obstacle.form : obstacle.kind;
}

const alwaysLoaded: ReadonlySet<string> = new Set(["Core", "Base"]);

/** Every Main has them; Julia >= 1.12 prints them so. */
const ofEveryMain: ReadonlySet<string> = new Set(["Main.eval", "Main.include"]);

/**
 * True where Julia printed a name that starts with `#`, be it stable or not: `var"#…"`, `Symbol("#…")`, and the bare
 * `#s15` of old versions. Asked of a spelling, as the canonical text may do without the name.
 */
export function printedWithHash(spelling: string): boolean {
  return spelling.includes("#") && /"#|(?:^|[^\w"#])#/.test(spelling);
}

function visit(node: TypeExpr, look: (node: TypeExpr) => void): void {
  look(node);
  for (const child of childrenOf(node)) visit(child, look);
}

function* pathObstacles({ segments, span }: Path, { loadedPackages }: PortabilityContext): Generator<Obstacle> {
  const names = segments.map(({ name }) => name);
  const [root = ""] = names;
  const name = names.join(".");
  const known = alwaysLoaded.has(root) || loadedPackages === undefined || loadedPackages.has(root);
  if (names.length > 1 && (root === "Main" || !known) && !ofEveryMain.has(name))
    yield { kind: "main-owned", span, name };

  const last = names.pop() ?? "";
  for (const module of names) {
    const made = gensymOf(module, "module");
    if (made !== undefined) yield { kind: "gensym", span, name: module, form: made.form };
  }
  const made = gensymOf(last);
  if (made !== undefined && !made.stable) yield { kind: "gensym", span, name: last, form: made.form };
}

function* symbolObstacles({ name, span }: SymbolLiteral): Generator<Obstacle> {
  const made = gensymOf(name, "value");
  if (made !== undefined) yield { kind: "gensym", span, name, form: made.form };
}

/** `Dates.Hour(value=1)`: Julia prints the fields, but no constructor takes them by name; our replay alone does. */
function* callObstacles(call: Call): Generator<Obstacle> {
  const lossy = call.arguments.some((argument) => argument.name !== undefined);
  if (lossy) yield { kind: "lossy-literal", span: call.span, text: printTypeExpr(call) };
}
