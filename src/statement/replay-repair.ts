import { calleeName } from "../../grammar/calls.ts";
import type { Call, TupleValue, TypeExpr } from "../../grammar/type-expr.ts";
import { callOf } from "./build-type-expr.ts";
import { childrenOf } from "./map-type-expr.ts";
import { type Repair, type RepairsOff, repairs } from "./repair.ts";

/**
 * The repairs that are made only in what a Julia is handed. The canonical text has the value as Julia prints it:
 * whether the repaired form is that value depends on what the type is, which only a Julia that has it can say.
 */
export const replayRepairs: readonly Repair<"call">[] = [
  {
    name: "primitive-bits",
    kind: "call",
    precondition:
      "any other type of hexadecimal digits: a primitive value by its bits, which its constructor may refuse",
    sureness: "certain",
    printedBy: "every Julia",
    source: "roundtrip of every kind of parameter on 1.5.3",
    example: { before: "Zoo.Color(0x00000001)", after: "reinterpret(Zoo.Color, 0x00000001)" },
    repair: (call) => {
      const [only, ...more] = call.arguments;
      if (only === undefined || only.name !== undefined || more.length > 0) return undefined;
      if (only.value.kind !== "literal" || only.value.type !== "hex" || hasOwnRule(call)) return undefined;
      return callOf(["reinterpret"], [call.callee, only.value], call.span);
    },
  },
  {
    name: "struct-value",
    kind: "call",
    precondition:
      "a struct by its fields, which no constructor takes by name; it must be a plain struct of these fields",
    sureness: "verify",
    printedBy: "every Julia",
    source: "JuliaLang/julia#38902; roundtrip of every kind of parameter on 1.5.3",
    example: { before: "Dates.Hour(value=1)", after: "reinterpret(Dates.Hour, (value=1,))" },
    repair: (call) => {
      const names = call.arguments.flatMap(({ name }) => name ?? []);
      if (names.length === 0 || names.length < call.arguments.length) return undefined;
      const items = call.arguments.map(({ value }) => value);
      const fields: TupleValue = { kind: "tuple", span: call.span, items, names };
      return callOf(["reinterpret"], [call.callee, fields], call.span);
    },
  },
];

/** What there is to say of a rule. */
export type RepairRule = Omit<Repair, "kind" | "repair">;

/** Every rule, in the order in which they apply. */
export const repairRules: readonly RepairRule[] = [...repairs, ...replayRepairs];

/** The bits of these are repaired in the canonical text; with that rule off they are handed over as they were printed. */
const hasOwnRule = (call: Call): boolean => ["Char", "Float16", "Int128"].includes(calleeName(call) ?? "");

/** The call as the Julia that replays it is to read it; `undefined` where no rule applies. */
export function repairForReplay(call: Call, off: RepairsOff): TypeExpr | undefined {
  for (const { name, repair } of replayRepairs) {
    const repaired = off.has(name) ? undefined : repair(call);
    if (repaired !== undefined) return repaired;
  }
  return undefined;
}

/** Names of the replay repairs that a canonical tree needs, each once, in the order of the table. */
export function replayRepairsOf(tree: TypeExpr): readonly string[] {
  const applied = new Set<string>();
  const visit = (node: TypeExpr): void => {
    for (const { name, repair } of replayRepairs)
      if (node.kind === "call" && repair(node) !== undefined) applied.add(name);
    for (const child of childrenOf(node)) visit(child);
  };
  visit(tree);
  return replayRepairs.map(({ name }) => name).filter((name) => applied.has(name));
}
