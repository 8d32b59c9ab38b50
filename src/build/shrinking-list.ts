import type { Statement } from "../statement/statement.ts";
import type { JudgedStatement } from "./statement-file.ts";
import type { Workshop } from "./workshop.ts";

/** So many statements may end Julia; more of them have another cause. */
const mostCrashes = 8;

/** A list that is baked again without each statement that ends Julia. */
export class ShrinkingList {
  /** Those that are left, in their order. */
  statements: readonly Statement[];
  readonly #crashed: JudgedStatement[] = [];

  constructor(statements: readonly Statement[]) {
    this.statements = statements;
  }

  /** No more are left out. */
  get isExhausted(): boolean {
    return this.#crashed.length >= mostCrashes;
  }

  leaveOut(statement: Statement, reason: string, workshop: Pick<Workshop, "note">): void {
    workshop.note(`left out, as it ends Julia: ${statement.canonical}`);
    this.#crashed.push({ statement, verdict: "crashed", reason });
    this.statements = this.statements.filter(({ digest }) => digest !== statement.digest);
  }

  /** What became of those that are left, and behind it what was left out. */
  judged(left: readonly JudgedStatement[]): readonly JudgedStatement[] {
    return [...left, ...this.#crashed];
  }
}
