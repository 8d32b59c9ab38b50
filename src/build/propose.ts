import { literalVariants, nameVariants, streamVariants } from "../analysis/variants.ts";
import { lookUpNames } from "../julia/names.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import { numberedNames, withLookUps } from "../statement/look-up.ts";
import { type Statement, type StatementDigest, statementOf } from "../statement/statement.ts";
import type { Verdict } from "../statement/verdict.ts";
import { ok, type Result } from "../support/result.ts";
import type { ToolFailure } from "../support/run-tool.ts";
import type { PackageName } from "./build-plan.ts";
import { findWitnesses, type MacroCalls } from "./witness.ts";

/** A statement that may serve where another does not. */
export interface Proposal {
  readonly statement: Statement;
  /**
   * - `residual`: the workload compiles it, and the list did not have it
   * - `witness`: a concrete call for what is too abstract
   * - `look-up`: found from its method, as its name resolves to nothing
   * - `literal`: with a literal that Julia prints alike
   * - `streams`, `names`: for other kinds of standard streams, other names of columns
   */
  readonly origin: "residual" | "witness" | "look-up" | "literal" | "streams" | "names";
  /** What it is to serve for; undefined for what another run may need. */
  readonly target?: StatementDigest | undefined;
}

export interface ProposalRequest {
  readonly toolchain: Toolchain;
  readonly project?: string | undefined;
  readonly packages: readonly PackageName[];
  readonly listed: readonly Statement[];
  readonly verdictOf: (digest: StatementDigest) => Verdict | undefined;
  readonly residual: readonly Statement[];
  readonly called: MacroCalls;
}

/** What may make the residual smaller. */
export async function propose(
  { toolchain, project, packages, listed, verdictOf, residual, called }: ProposalRequest,
  abort?: AbortSignal,
): Promise<Result<readonly Proposal[], ToolFailure>> {
  const known = new Set(listed.map(({ digest }) => digest));
  const with_ = (...wanted: readonly Verdict[]): Statement[] =>
    listed.filter(({ digest }) => wanted.some((verdict) => verdictOf(digest) === verdict));
  const unlisted = residual.filter(({ digest }) => !known.has(digest));
  const unresolved = with_("unresolved", "failed");

  // What is compiled again though it was listed, was compiled for something that calls do not use.
  const again = residual.filter(({ digest }) => verdictOf(digest) === "compiled");
  const tooAbstract = [...with_("inferred", "refused"), ...unlisted, ...again];
  const witnesses = await findWitnesses(
    {
      toolchain,
      project,
      packages,
      statements: [...listed, ...unlisted],
      wanted: new Set(tooAbstract.map(({ digest }) => digest)),
      called,
    },
    abort,
  );
  if (!witnesses.ok) return witnesses;
  const names = unresolved.flatMap(({ tree }) => numberedNames(tree));
  const leads =
    names.length === 0 ? ok(new Map()) : await lookUpNames(toolchain, project, names, { abort, renumbered: true });
  if (!leads.ok) return leads;

  return ok([
    ...unlisted.map((statement): Proposal => ({ statement, origin: "residual", target: statement.digest })),
    ...[...witnesses.value].flatMap(([target, found]) =>
      found.map((statement): Proposal => ({ statement, origin: "witness", target })),
    ),
    ...unresolved.flatMap((statement): Proposal[] => {
      const lookedUp = statementOf(withLookUps(statement.tree, leads.value));
      return lookedUp.digest === statement.digest
        ? []
        : [{ statement: lookedUp, origin: "look-up", target: statement.digest }];
    }),
    ...[...unresolved, ...again].flatMap((statement) =>
      literalVariants(statement).map(
        (each): Proposal => ({ statement: each, origin: "literal", target: statement.digest }),
      ),
    ),
    ...variantsOf([...listed, ...unlisted]),
  ]);
}

function variantsOf(listed: readonly Statement[]): Proposal[] {
  return [
    ...listed.flatMap(streamVariants).map((statement): Proposal => ({ statement, origin: "streams" })),
    ...nameVariants(listed).map((statement): Proposal => ({ statement, origin: "names" })),
  ];
}
