import type { IToken, TokenType } from "chevrotain";
import { nestingLimit } from "./nesting-limit.ts";
import { Bound, CloseBrace, CloseParen, Comma, OpenBrace, OpenParen, Where } from "./tokens.ts";

interface Level {
  readonly height: number;
  readonly highest: number;
  readonly variables: number;
  readonly binding: boolean;
}
const ground: Level = { height: 0, highest: 0, variables: 0, binding: false };

/**
 * The first token at which the tree would grow higher than the limit. Brackets nest, and so do each `where` of a chain,
 * each variable of `where {A, B}` and each `<:A` in braces, which is one without a name, and each `<:` behind another;
 * counted here, in a loop, because a recursion that is too deep cannot report that it is.
 */
export function tooDeepAt(tokens: readonly IToken[], limit: number = nestingLimit): IToken | undefined {
  // A level takes a token: what is as short as most statements cannot be too deep.
  if (tokens.length <= limit) return undefined;
  const outer: Level[] = [];
  let height = 0;
  let highest = 0;
  /** Of the innermost brackets: the variables in them, and whether they stand behind `where`. */
  let variables = 0;
  let binding = false;
  let before: TokenType | undefined;
  for (const token of tokens) {
    switch (token.tokenType) {
      case OpenBrace:
      case OpenParen:
        outer.push({ height, highest, variables, binding });
        height = highest = variables = 0;
        binding = before === Where;
        break;
      case Comma:
        highest = Math.max(highest, height);
        height = 0;
        if (binding) variables += 1;
        break;
      case Where:
        height += 1;
        break;
      case Bound:
        if (before === Bound) height += 1;
        else if (before === OpenBrace || before === Comma) variables += 1;
        break;
      case CloseBrace:
      case CloseParen: {
        const inside = Math.max(highest, height) + variables;
        const level = outer.pop() ?? ground;
        height = Math.max(level.height, inside) + 1;
        ({ highest, variables, binding } = level);
        break;
      }
    }
    before = token.tokenType;
    if (height > limit || outer.length > limit) return token;
  }
  return undefined;
}
