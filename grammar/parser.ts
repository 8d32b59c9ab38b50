import { EmbeddedActionsParser, type IOrAlt, type IToken, type TokenType } from "chevrotain";
import { callTrouble } from "./calls.ts";
import { generatorOf, methodOf, withJuliaName } from "./look-ups.ts";
import { dottedSegments, operatorSegment, plainSegments, symbolText, varSegment } from "./names.ts";
import {
  bounded,
  type Complain,
  fieldName,
  fieldOf,
  groupOrTuple,
  memberOf,
  nameOf,
  numeralOf,
  type Objection,
  pathOrWord,
} from "./nodes.ts";
import {
  boundedOutside,
  type Field,
  type InlineBound,
  inlineVariable,
  isSorter,
  keywordValues,
  mimeType,
  namedTuple,
  sorterTypeOf,
} from "./shorthand.ts";
import type { Span } from "./span.ts";
import * as t from "./tokens.ts";
import { calledWith } from "./two-arguments.ts";
import type * as ast from "./type-expr.ts";

const endsItem = (type: TokenType): boolean => type === t.Comma || type === t.CloseBrace || type === t.CloseParen;
const isLeaf = (type: TokenType): boolean => type === t.Name || type === t.Numeral;
const opens = (type: TokenType): boolean => type === t.OpenBrace || type === t.OpenParen;

/** LL(1), no backtracking: `where`, `{…}` and `(…)` are read behind what they apply to. */
export class StatementParser extends EmbeddedActionsParser {
  objections: Objection[] = [];
  /** Where the statement ended; what stands behind it is not the parser's concern. */
  closedAt = 0;
  /** `<:A` in the braces that are being read; whatever is left of it stands where no bound may stand. */
  readonly inlineBounds = new Map<ast.TypeExpr, InlineBound>();
  private inlineCount = 0;
  // The alternatives of the rules that run most often: made once, as making ten closures a node takes a tenth of the time.
  private primaries: IOrAlt<ast.TypeExpr>[] | undefined;
  private pathStarts: IOrAlt<[ast.Segment, ...ast.Segment[]]>[] | undefined;
  /** `Core.kwfunc(f)` that no `typeof(…)` was read around yet. */
  private readonly sorters = new Set<ast.TypeExpr>();

  /** `checked`: throws where the rules are ambiguous or recurse to the left. A test asks; a user need not wait for it. */
  constructor({ checked = false } = {}) {
    super(t.tokens, { maxLookahead: 1, recoveryEnabled: false, skipValidations: !checked });
    this.performSelfAnalysis();
  }

  // statement := "precompile" "(" type [ "," [ type [ "," ] ] ] ")"        -- `precompile(f, (A, B))` is two types
  readonly statement = this.RULE("statement", (): ast.StatementTree => {
    this.CONSUME(t.Precompile);
    this.CONSUME(t.OpenParen);
    let signature = this.SUBRULE(this.type);
    if (this.mayBe(t.Comma)) {
      this.OPTION(() => {
        this.CONSUME(t.Comma);
        this.OPTION2(() => {
          const types = this.SUBRULE2(this.type);
          this.OPTION3(() => this.CONSUME2(t.Comma));
          this.ACTION(() => {
            signature = this.signatureOf(signature, types);
          });
        });
      });
    }
    this.closedAt = endOf(this.CONSUME(t.CloseParen));
    this.ACTION(() => this.objectToOrphans());
    return { signature };
  });

  // type := postfix { "where" ( variable | "{" variable { "," variable } "}" ) }
  readonly type = this.RULE("type", (): ast.TypeExpr => {
    const start = this.start();
    let body = this.SUBRULE(this.postfix);
    if (!this.mayBe(t.Where)) return body;
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
    return this.ACTION(() => bounded(sides, signs, this.since(start), this.complain));
  });

  // postfix := primary [ "{" [ type { "," type } [ "," ] ] "}" ] [ "(" [ argument { "," argument } ] ")" [ parameters ] ]
  readonly postfix = this.RULE("postfix", (): ast.TypeExpr => {
    const start = this.start();
    let head = this.head() ?? this.SUBRULE(this.primary);
    if (this.mayBe(t.OpenBrace)) {
      this.OPTION(() => {
        const parameters: ast.TypeExpr[] = [];
        let commas = 0;
        this.CONSUME(t.OpenBrace);
        this.OPTION3(() => {
          parameters.push(this.shortItem() ?? this.SUBRULE(this.type));
          this.MANY(() => {
            this.CONSUME(t.Comma);
            commas += 1;
            const item = this.shortItem();
            if (item === undefined) this.OPTION4(() => parameters.push(this.SUBRULE2(this.type)));
            else parameters.push(item);
          });
        });
        this.CONSUME(t.CloseBrace);
        this.ACTION(() => this.objectToGaps(commas, parameters.length, start));
        const application: ast.Application = { kind: "application", span: this.since(start), head, parameters };
        head = this.inlineBounds.size === 0 ? application : boundedOutside(application, this.takeBounds(parameters));
      });
    }
    if (this.mayBe(t.OpenParen)) {
      this.OPTION2(() => {
        const values: ast.CallArgument[] = [];
        this.CONSUME(t.OpenParen);
        this.MANY_SEP2({ SEP: t.Comma, DEF: () => values.push(this.SUBRULE(this.argument)) });
        this.CONSUME(t.CloseParen);
        const call: ast.Call = { kind: "call", span: this.since(start), callee: head, arguments: values };
        head = this.ACTION(() => this.called(call));
        if (!this.mayBe(t.OpenBrace)) return;
        this.OPTION5(() => {
          const parameters = this.SUBRULE(this.parameters);
          head = { kind: "application", span: this.since(start), head, parameters };
        });
      });
    }
    return head;
  });

  // parameters := "{" type { "," type } "}"        -- of a closure that was looked up
  readonly parameters = this.RULE("parameters", (): ast.TypeExpr[] => {
    const parameters: ast.TypeExpr[] = [];
    this.CONSUME(t.OpenBrace);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => parameters.push(this.SUBRULE(this.type)) });
    this.CONSUME(t.CloseBrace);
    return parameters;
  });

  // argument := type [ "=" type ]
  readonly argument = this.RULE("argument", (): ast.CallArgument => {
    const left = this.leaf() ?? this.SUBRULE(this.type);
    if (!this.mayBe(t.Equals)) return { value: left };
    return (
      this.OPTION(() => {
        this.CONSUME(t.Equals);
        const value = this.SUBRULE2(this.type);
        return this.ACTION(() => ({ name: fieldName(left, this.complain), value }));
      }) ?? { value: left }
    );
  });

  // primary := path | bound | symbol | numeral | getfield | parentheses | named-tuple | mime | look-up
  readonly primary = this.RULE("primary", (): ast.TypeExpr => {
    this.primaries ??= [
      { ALT: () => this.SUBRULE(this.path) },
      { ALT: () => this.SUBRULE(this.symbol) },
      { ALT: () => this.SUBRULE(this.numeral) },
      { ALT: () => this.SUBRULE(this.getfield) },
      { ALT: () => this.SUBRULE(this.parentheses) },
      { ALT: () => this.SUBRULE(this.bound) },
      { ALT: () => this.SUBRULE(this.namedTuple) },
      { ALT: () => this.SUBRULE(this.mime) },
      { ALT: () => this.SUBRULE(this.lookUp) },
    ];
    return this.OR(this.primaries);
  });

  // bound := ( "<:" | ">:" ) [ postfix ]        -- the function of `typeof(<:)`, or `<:A` for a variable without a name
  readonly bound = this.RULE("bound", (): ast.Path => {
    const start = this.start();
    const sign = this.CONSUME(t.Bound).image;
    let path: ast.Path = { kind: "path", span: this.since(start), segments: [{ name: sign, style: "operator" }] };
    this.OPTION(() => {
      const bound = this.SUBRULE(this.postfix);
      this.ACTION(() => {
        this.inlineCount += 1;
        path = inlineVariable(this.inlineCount, this.since(start));
        this.inlineBounds.set(path, { variable: path, flipped: sign === ">:", bound });
      });
    });
    return path;
  });

  // named-tuple := ( "@NamedTuple" | "@Kwargs" ) "{" [ field { "," field } ] "}"
  readonly namedTuple = this.RULE("namedTuple", (): ast.Application => {
    const start = this.start();
    const fields: Field[] = [];
    const { image } = this.CONSUME(t.NamedTupleMacro);
    this.CONSUME(t.OpenBrace);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => fields.push(this.SUBRULE(this.field)) });
    this.CONSUME(t.CloseBrace);
    return this.ACTION(() => {
      const span = this.since(start);
      const values = image === "@Kwargs" ? keywordValues(fields, span) : undefined;
      if (image === "@Kwargs" && values === undefined)
        this.complain("keywords of several types have a common one that only Julia knows", span);
      return values ?? namedTuple(fields, span);
    });
  });

  // field := ( name | 'var"…"' ) [ "::" type ]
  readonly field = this.RULE("field", (): Field => {
    const name = this.OR([
      { ALT: () => plainSegments(this.CONSUME(t.Name).image)[0] },
      { ALT: () => varSegment(this.CONSUME(t.VarName).image, 3) },
    ]);
    return (
      this.OPTION(() => {
        this.CONSUME(t.Declares);
        return { name, type: this.SUBRULE(this.type) };
      }) ?? { name }
    );
  });

  // mime := 'MIME"…"'
  readonly mime = this.RULE("mime", (): ast.Application => {
    const start = this.start();
    const { image } = this.CONSUME(t.MimeText);
    return mimeType(image, this.since(start));
  });

  // look-up := "which" "(" type [ "," type ] ")" [ ".generator.gen" ]
  readonly lookUp = this.RULE("lookUp", (): ast.Call => {
    const start = this.start();
    const callee = this.CONSUME(t.Which);
    this.CONSUME(t.OpenParen);
    let signature = this.SUBRULE(this.type);
    this.OPTION(() => {
      this.CONSUME(t.Comma);
      const types = this.SUBRULE2(this.type);
      this.ACTION(() => {
        signature = this.signatureOf(signature, types);
      });
    });
    this.CONSUME(t.CloseParen);
    const method = this.ACTION(() => this.called(methodOf(signature, spanOf(callee), this.since(start))));
    return (
      this.OPTION2(() => {
        const { image } = this.CONSUME(t.DotName);
        return this.ACTION(() => generatorOf(method, image, this.since(start), this.complain));
      }) ?? method
    );
  });

  // path := ( name | 'var"…"' | operator ) { ".name" | '.var"…"' | ".:(op)" | '.:(var"op")' | ".:op" }
  readonly path = this.RULE("path", (): ast.Path | ast.Literal => {
    const start = this.start();
    this.pathStarts ??= [
      { ALT: () => plainSegments(this.CONSUME(t.Name).image) },
      { ALT: () => [varSegment(this.CONSUME(t.VarName).image, 3)] },
      { ALT: () => [{ name: this.CONSUME(t.Operator).image, style: "operator" }] },
    ];
    const segments = this.OR(this.pathStarts);
    this.MANY(() => {
      const more: readonly ast.Segment[] = this.OR2([
        { ALT: () => dottedSegments(this.CONSUME(t.DotName).image) },
        { ALT: () => [varSegment(this.CONSUME(t.DotVar).image, 4)] },
        { ALT: () => [operatorSegment(this.CONSUME(t.DotOperator).image, "operator")] },
        { ALT: () => [operatorSegment(this.CONSUME(t.DotOperatorVar).image, "operator-var")] },
        { ALT: () => [operatorSegment(this.CONSUME(t.DotBareOperator).image, "bare-operator")] },
      ]);
      this.ACTION(() => {
        // One by one: a copy a member takes quadratic time, and a call with a million arguments the stack.
        for (const segment of more) segments.push(segment);
      });
    });
    return this.ACTION(() => pathOrWord(segments, this.since(start)));
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
    const { image } = this.CONSUME(t.Numeral);
    return numeralOf(image, this.since(start));
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
    return this.ACTION(() => fieldOf(owner, field, spanOf(callee), this.since(start), this.complain));
  });

  // parentheses := "(" [ argument { "," [ argument ] } ] ")" [ ".name" ]
  //             -- a group, `(1,)`, `(1, 2)`, `(a=1,)` or `()`; `(Base.Iterators).Pairs`
  readonly parentheses = this.RULE("parentheses", (): ast.Group | ast.TupleValue | ast.Path => {
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
    const group = this.ACTION(() => {
      this.objectToGaps(commas, items.length, start);
      return groupOrTuple(items, commas, this.since(start), this.complain);
    });
    return (
      this.OPTION3(() => {
        const more = dottedSegments(this.CONSUME(t.DotName).image);
        return this.ACTION(() => memberOf(group, more, this.since(start), this.complain));
      }) ?? group
    );
  });

  override reset(): void {
    super.reset();
    this.objections = [];
    // Clearing what is empty costs as much as making it.
    if (this.inlineBounds.size > 0) this.inlineBounds.clear();
    if (this.sorters.size > 0) this.sorters.clear();
    this.inlineCount = 0;
  }

  // Ways around the rules: what most types are, said without the twenty calls that the rules take to say the same.

  /** A name or a number with the end of an item behind it. */
  protected leaf(): ast.Path | ast.Literal | undefined {
    const token = this.LA(1);
    if (!isLeaf(token.tokenType) || !endsItem(this.LA(2).tokenType)) return undefined;
    this.SKIP_TOKEN();
    return leafOf(token);
  }

  /** A leaf, or `typeof(f)` with the end of an item behind it. */
  protected shortItem(): ast.TypeExpr | undefined {
    const leaf = this.leaf();
    if (leaf !== undefined) return leaf;
    if (this.LA(2).tokenType !== t.OpenParen || this.LA(4).tokenType !== t.CloseParen) return undefined;
    const name = this.LA(1);
    const value = this.LA(3);
    const close = this.LA(4);
    if (name.tokenType !== t.Name || !isLeaf(value.tokenType) || !endsItem(this.LA(5).tokenType)) return undefined;
    for (let skipped = 0; skipped < 4; skipped += 1) this.SKIP_TOKEN();
    const span = { start: name.startOffset, end: endOf(close) };
    return this.called({ kind: "call", span, callee: leafOf(name), arguments: [{ value: leafOf(value) }] });
  }

  /** A name in front of brackets. */
  protected head(): ast.Path | ast.Literal | undefined {
    const token = this.LA(1);
    if (token.tokenType !== t.Name || !opens(this.LA(2).tokenType)) return undefined;
    this.SKIP_TOKEN();
    return nameOf(token.image, spanOf(token));
  }

  /** Whether an optional part that begins with this token is worth opening; while the rules are recorded, it always is. */
  private mayBe(type: TokenType): boolean {
    return this.LA(1).tokenType === type || this.RECORDING_PHASE;
  }

  private start(): number {
    return this.LA(1).startOffset;
  }

  private since(start: number): Span {
    return { start, end: endOf(this.LA(0)) };
  }

  private readonly complain: Complain = (message, span, kind = "objection") => {
    if (message !== undefined) this.objections.push({ kind, message, span });
  };

  /** The closing bracket was read last; a comma may stand in front of it. */
  private objectToGaps(commas: number, items: number, start: number): void {
    if (commas === 0 || commas < items) return;
    const trailing = this.LA(-1).tokenType === t.Comma ? 1 : 0;
    if (commas !== items - 1 + trailing) this.complain("something is missing in front of a comma", this.since(start));
  }

  private called(call: ast.Call): ast.Call {
    const sorter = sorterTypeOf(call, this.sorters);
    if (sorter !== undefined) return sorter;
    if (isSorter(call)) this.sorters.add(call);
    else this.complain(callTrouble(call), call.span);
    return withJuliaName(call);
  }

  /** What only its parent gives a meaning has found none. */
  private objectToOrphans(): void {
    if (this.inlineBounds.size === 0 && this.sorters.size === 0) return;
    for (const { span } of this.inlineBounds.keys()) this.complain("a bound without a variable belongs in `{…}`", span);
    for (const { span } of this.sorters) this.complain("only the type of a keyword sorter has a name", span);
  }

  private signatureOf(callee: ast.TypeExpr, types: ast.TypeExpr): ast.TypeExpr {
    const { signature, ...refused } = calledWith(callee, types);
    if (refused.objection !== undefined) this.complain(refused.objection, refused.to.span, refused.kind);
    return signature ?? callee;
  }

  private takeBounds(parameters: readonly ast.TypeExpr[]): ReadonlyMap<ast.TypeExpr, InlineBound> {
    const taken = new Map<ast.TypeExpr, InlineBound>();
    for (const parameter of parameters) {
      const bound = this.inlineBounds.get(parameter);
      if (bound === undefined) continue;
      taken.set(parameter, bound);
      this.inlineBounds.delete(parameter);
    }
    return taken;
  }
}

const leafOf = (token: IToken): ast.Path | ast.Literal =>
  token.tokenType === t.Name ? nameOf(token.image, spanOf(token)) : numeralOf(token.image, spanOf(token));

export const endOf = (token: IToken): number => token.startOffset + token.image.length;
export const spanOf = (token: IToken): Span => ({ start: token.startOffset, end: endOf(token) });
