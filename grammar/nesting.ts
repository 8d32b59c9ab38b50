import type { IToken, TokenType } from "chevrotain";
import { Bound, CloseBrace, CloseParen, Comma, OpenBrace, OpenParen, Where } from "./tokens.ts";

/**
 * The parser and every walk over a tree recurse; real statements nest 14 deep at most. Before it is optimised, a level
 * takes the parser a dozen frames: a few hundred levels fill the stack.
 */
export const nestingLimit = 128;

/**
 * The first token at which the tree would grow higher than the limit. Brackets nest, and so do each `where` of a
 * chain and each `<:` behind another; counted here, in a loop, because a recursion that is too deep cannot report that it is.
 */
export function tooDeepAt(tokens: readonly IToken[], limit: number = nestingLimit): IToken | undefined {
  const outer: number[] = [];
  let height = 0;
  let highest = 0;
  let before: TokenType | undefined;
  for (const token of tokens) {
    switch (token.tokenType) {
      case OpenBrace:
      case OpenParen:
        outer.push(height, highest);
        height = highest = 0;
        break;
      case Comma:
        highest = Math.max(highest, height);
        height = 0;
        break;
      case Where:
        height += 1;
        break;
      case Bound:
        if (before === Bound) height += 1;
        break;
      case CloseBrace:
      case CloseParen: {
        const inner = Math.max(highest, height);
        highest = outer.pop() ?? 0;
        height = Math.max(outer.pop() ?? 0, inner) + 1;
        break;
      }
    }
    before = token.tokenType;
    if (height > limit || outer.length > 2 * limit) return token;
  }
  return undefined;
}
