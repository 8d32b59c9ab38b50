import { EmbeddedActionsParser, type IToken } from "chevrotain";
import { callTrouble } from "./calls.ts";
import {
  dottedSegments,
  literalWord,
  numeralType,
  operatorSegment,
  plainSegments,
  symbolText,
  varSegment,
} from "./names.ts";
import type { Span } from "./span.ts";
import * as t from "./tokens.ts";
import type * as ast from "./type-expr.ts";

/** Text that has the right shape and a wrong meaning: the tree is then thrown away. */
export interface Objection {
  readonly span: Span;
  readonly message: string;
}

/** LL(1), no backtracking: `where`, `{…}` and `(…)` are read behind what they apply to. */
export class StatementParser extends EmbeddedActionsParser {
  objections: Objection[] = [];
  /** Where the statement ended; what stands behind it is not the parser's concern. */
  closedAt = 0;

  constructor() {
    super(t.tokens, { maxLookahead: 1, recoveryEnabled: false, skipValidations: false });
    this.performSelfAnalysis();
  }

  // statement := "precompile" "(" type ")"
  readonly statement = this.RULE("statement", (): ast.StatementTree => {
    this.CONSUME(t.Precompile);
    this.CONSUME(t.OpenParen);
    const signature = this.SUBRULE(this.type);
    this.closedAt = endOf(this.CONSUME(t.CloseParen));
    return { signature };
  });

  // type := postfix { "where" ( variable | "{" variable { "," variable } "}" ) }
  readonly type = this.RULE("type", (): ast.TypeExpr => {
    const start = this.start();
    let body = this.SUBRULE(this.postfix);
    this.MANY(() => {
      this.CONSUME(t.Where);
      this.OR([
        {
          ALT: () => {
            const variable = this.SUBRULE(this.variable);
            body = { kind: "union-all", span: this.since(start), body, variable, braced: false };
          },
        },
        {
          ALT: () => {
            const variables: ast.TypeVariable[] = [];
            this.CONSUME(t.OpenBrace);
            this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => variables.push(this.SUBRULE2(this.variable)) });
            this.CONSUME(t.CloseBrace);
            // `A where {B, C}` is `(A where C) where B`: the last variable is the innermost.
            for (const variable of variables.reverse()) {
              body = { kind: "union-all", span: this.since(start), body, variable, braced: true };
            }
          },
        },
      ]);
    });
    return body;
  });

  // variable := postfix { ( "<:" | ">:" ) postfix }        -- `L<:T<:U` names its variable in the middle
  readonly variable = this.RULE("variable", (): ast.TypeVariable => {
    const start = this.start();
    const sides = [this.SUBRULE(this.postfix)];
    const signs: string[] = [];
    this.MANY(() => {
      signs.push(this.CONSUME(t.Bound).image);
      sides.push(this.SUBRULE2(this.postfix));
    });
    return this.ACTION(() => this.bounded(sides, signs, this.since(start)));
  });

  // postfix := primary [ "{" [ type { "," type } ] "}" ] [ "(" [ argument { "," argument } ] ")" ]
  readonly postfix = this.RULE("postfix", (): ast.TypeExpr => {
    const start = this.start();
    let head = this.SUBRULE(this.primary);
    this.OPTION(() => {
      const parameters: ast.TypeExpr[] = [];
      this.CONSUME(t.OpenBrace);
      this.MANY_SEP({ SEP: t.Comma, DEF: () => parameters.push(this.SUBRULE(this.type)) });
      this.CONSUME(t.CloseBrace);
      head = { kind: "application", span: this.since(start), head, parameters };
    });
    this.OPTION2(() => {
      const values: ast.CallArgument[] = [];
      this.CONSUME(t.OpenParen);
      this.MANY_SEP2({ SEP: t.Comma, DEF: () => values.push(this.SUBRULE(this.argument)) });
      this.CONSUME(t.CloseParen);
      const call: ast.Call = { kind: "call", span: this.since(start), callee: head, arguments: values };
      this.ACTION(() => this.object(callTrouble(call), call.span));
      head = call;
    });
    return head;
  });

  // argument := type [ "=" type ]
  readonly argument = this.RULE("argument", (): ast.CallArgument => {
    const left = this.SUBRULE(this.type);
    return (
      this.OPTION(() => {
        this.CONSUME(t.Equals);
        const value = this.SUBRULE2(this.type);
        return this.ACTION(() => ({ name: this.fieldName(left), value }));
      }) ?? { value: left }
    );
  });

  // primary := path | symbol | numeral | getfield | parentheses
  readonly primary = this.RULE(
    "primary",
    (): ast.TypeExpr =>
      this.OR([
        { ALT: () => this.SUBRULE(this.path) },
        { ALT: () => this.SUBRULE(this.symbol) },
        { ALT: () => this.SUBRULE(this.numeral) },
        { ALT: () => this.SUBRULE(this.getfield) },
        { ALT: () => this.SUBRULE(this.parentheses) },
      ]),
  );

  // path := ( name | 'var"…"' | operator ) { ".name" | '.var"…"' | ".:(op)" | '.:(var"op")' | ".:op" }
  readonly path = this.RULE("path", (): ast.Path | ast.Literal => {
    const start = this.start();
    let segments = this.OR([
      { ALT: () => plainSegments(this.CONSUME(t.Name).image) },
      { ALT: () => [varSegment(this.CONSUME(t.VarName).image, 3)] },
      { ALT: () => [{ name: this.CONSUME(t.Operator).image, style: "operator" }] },
      { ALT: () => [{ name: this.CONSUME(t.Bound).image, style: "operator" }] },
    ]) as [ast.Segment, ...ast.Segment[]];
    this.MANY(() => {
      const more: readonly ast.Segment[] = this.OR2([
        { ALT: () => dottedSegments(this.CONSUME(t.DotName).image) },
        { ALT: () => [varSegment(this.CONSUME(t.DotVar).image, 4)] },
        { ALT: () => [operatorSegment(this.CONSUME(t.DotOperator).image, "operator")] },
        { ALT: () => [operatorSegment(this.CONSUME(t.DotOperatorVar).image, "operator-var")] },
        { ALT: () => [operatorSegment(this.CONSUME(t.DotBareOperator).image, "bare-operator")] },
      ]);
      this.ACTION(() => {
        segments = [...segments, ...more];
      });
    });
    return this.ACTION(() => this.pathOrWord(segments, this.since(start)));
  });

  // symbol := ":name" | ':var"…"' | ":(op)" | 'Symbol("…")'
  readonly symbol = this.RULE("symbol", (): ast.SymbolLiteral => {
    const start = this.start();
    const text = this.OR([
      { ALT: () => symbolText.quoted(this.CONSUME(t.QuotedSymbol).image) },
      { ALT: () => symbolText.var(this.CONSUME(t.QuotedVar).image) },
      { ALT: () => symbolText.parens(this.CONSUME(t.QuotedParens).image) },
      { ALT: () => symbolText.call(this.CONSUME(t.SymbolCall).image) },
    ]);
    return { kind: "symbol", span: this.since(start), ...text };
  });

  // numeral := "3" | "-1" | "0x01" | "1.5f" | "-inf"
  readonly numeral = this.RULE("numeral", (): ast.Literal => {
    const start = this.start();
    const text = this.CONSUME(t.Numeral).image;
    return { kind: "literal", span: this.since(start), type: numeralType(text), text };
  });

  // getfield := "getfield" "(" type "," symbol ")"
  readonly getfield = this.RULE("getfield", (): ast.Path | ast.Call => {
    const start = this.start();
    const callee = this.CONSUME(t.Getfield);
    this.CONSUME(t.OpenParen);
    const owner = this.SUBRULE(this.type);
    this.CONSUME(t.Comma);
    const field = this.SUBRULE(this.symbol);
    this.CONSUME(t.CloseParen);
    return this.ACTION(() => this.fieldOf(owner, field, callee, this.since(start)));
  });

  // parentheses := "(" [ argument { "," [ argument ] } ] ")"        -- a group, `(1,)`, `(1, 2)`, `(a=1,)` or `()`
  readonly parentheses = this.RULE("parentheses", (): ast.Group | ast.TupleValue => {
    const start = this.start();
    const items: ast.CallArgument[] = [];
    let commas = 0;
    this.CONSUME(t.OpenParen);
    this.OPTION(() => {
      items.push(this.SUBRULE(this.argument));
      this.MANY(() => {
        this.CONSUME(t.Comma);
        commas += 1;
        this.OPTION2(() => items.push(this.SUBRULE2(this.argument)));
      });
    });
    this.CONSUME(t.CloseParen);
    return this.ACTION(() => this.groupOrTuple(items, commas, this.since(start)));
  });

  override reset(): void {
    super.reset();
    this.objections = [];
  }

  private start(): number {
    return this.LA(1).startOffset;
  }

  private since(start: number): Span {
    return { start, end: endOf(this.LA(0)) };
  }

  private object(message: string | undefined, span: Span): void {
    if (message !== undefined) this.objections.push({ message, span });
  }

  private pathOrWord(segments: ast.Path["segments"], span: Span): ast.Path | ast.Literal {
    const [{ name, style }] = segments;
    const type = segments.length === 1 && style === "plain" ? literalWord(name) : undefined;
    return type === undefined ? { kind: "path", span, segments } : { kind: "literal", span, type, text: name };
  }

  private fieldOf(owner: ast.TypeExpr, field: ast.SymbolLiteral, callee: IToken, span: Span): ast.Path | ast.Call {
    if (owner.kind === "path") {
      return { kind: "path", span, segments: [...owner.segments, { name: field.name, style: "getfield" }] };
    }
    const head: ast.Path = {
      kind: "path",
      span: spanOf(callee),
      segments: [{ name: "getfield", style: "plain" }],
    };
    const call: ast.Call = {
      kind: "call",
      span,
      callee: head,
      arguments: [{ value: owner }, { value: field }],
    };
    this.object(callTrouble(call), span);
    return call;
  }

  private bounded(sides: ast.TypeExpr[], signs: string[], span: Span): ast.TypeVariable {
    const [first, second, third] = sides;
    const name = sides.length === 3 ? second : first;
    const pattern = signs.join(" ");
    if (name?.kind !== "path" || name.segments.length > 1 || !["", "<:", ">:", "<: <:"].includes(pattern)) {
      this.object("`where` needs a variable: `T`, `T<:U`, `T>:L` or `L<:T<:U`", span);
      return { name: { name: "T", style: "plain" }, flipped: false };
    }
    const variable = { name: name.segments[0], flipped: pattern === ">:" };
    if (first !== undefined && third !== undefined) return { ...variable, lower: first, upper: third };
    if (second === undefined) return variable;
    return pattern === ">:" ? { ...variable, lower: second } : { ...variable, upper: second };
  }

  private groupOrTuple(items: ast.CallArgument[], commas: number, span: Span): ast.Group | ast.TupleValue {
    const [first] = items;
    if (items.length === 1 && commas === 0 && first !== undefined && first.name === undefined) {
      return { kind: "group", span, inner: first.value };
    }
    const names = items.flatMap((item) => item.name ?? []);
    // The closing parenthesis was read last; a comma may stand in front of it.
    const trailing = this.LA(-1).tokenType === t.Comma ? 1 : 0;
    if (commas !== Math.max(items.length - 1, 0) + trailing)
      this.object("a value is missing in front of a comma", span);
    if (names.length > 0 && names.length < items.length) this.object("only some of these values have a name", span);
    const tuple = { kind: "tuple", span, items: items.map((item) => item.value) } as const;
    return names.length > 0 ? { ...tuple, names } : tuple;
  }

  private fieldName(left: ast.TypeExpr): string {
    if (left.kind === "path" && left.segments.length === 1) return left.segments[0].name;
    this.object("a field name stands in front of `=`", left.span);
    return "";
  }
}

export const endOf = (token: IToken): number => token.startOffset + token.image.length;
export const spanOf = (token: IToken): Span => ({ start: token.startOffset, end: endOf(token) });
