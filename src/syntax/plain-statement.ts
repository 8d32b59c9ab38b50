import { plainSegments } from "../../grammar/names.ts";
import { bounded, groupOrTuple, nameOf, numeralOf } from "../../grammar/nodes.ts";
import type { Path, Segment, StatementTree, SymbolLiteral, TypeExpr, TypeVariable } from "../../grammar/type-expr.ts";
import { opening } from "./split-arguments.ts";

/**
 * The tree of a statement as the parser reads it, without the parser: loading that takes as long as all else that most
 * commands do, and nineteen statements of twenty hold nothing but names, numbers, symbols, brackets and `where`.
 * Undefined where a text holds anything else, or is no statement.
 */
export function plainStatement(text: string): StatementTree | undefined {
  if (!text.startsWith(opening)) return undefined;
  try {
    return new PlainReader(text).statement();
  } catch (error) {
    if (error === notPlain) return undefined;
    throw error;
  }
}

/** Thrown and caught here: the parser has to read it. */
const notPlain = new Error("a text for the parser");
const giveUp = (): never => {
  throw notPlain;
};

/** Brackets in brackets, and `where`s of one statement: far below what is refused, and real statements nest 14 deep at most. */
const mostOfEach = 40;

const matching = (pattern: RegExp): Uint8Array =>
  Uint8Array.from({ length: 128 }, (_, unit) => (pattern.test(String.fromCharCode(unit)) ? 1 : 0));
const nameStarts = matching(/[A-Za-z_]/);
const nameUnits = matching(/[\w!]/);
// Beyond ASCII all belongs to names. NaN, at the end of the text, is neither.
const startsName = (unit: number): boolean => nameStarts[unit] === 1 || unit >= 128;
const inName = (unit: number): boolean => nameUnits[unit] === 1 || unit >= 128;
const isDigit = matching(/\d/);
const isHexDigit = matching(/[\da-fA-F]/);
const operator = /^[^\s(){}",`]+$/;
/** What is written otherwise in a symbol than it reads. */
const escaped = /[\\$\n\r\t]/;

const code = {
  blank: 32,
  quote: 34,
  open: 40,
  comma: 44,
  minus: 45,
  dot: 46,
  zero: 48,
  colon: 58,
  less: 60,
  greater: 62,
  openBrace: 123,
  closeBrace: 125,
} as const;

/** What begins like a name and is none. */
const keyword = "where";
/** What these calls have between their brackets. */
const plainCalls: Readonly<Record<string, TypeExpr["kind"]>> = { typeof: "path", "Core.kwftype": "call" };
/** About these the parser has more to say. */
const otherCalls: ReadonlySet<string> = new Set([
  ...["precompile", "Base.precompile", "reinterpret", "getfield", "which", "Base.bodyfunction", "closuretype"],
  "__lookup_kwbody__",
]);

class PlainReader {
  #at = 0;
  #depth = 0;
  #variables = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  statement(): StatementTree {
    this.#expect("precompile(");
    const signature = this.#type();
    this.#expect(")");
    if (this.#at < this.#text.length || signature.kind === "call") giveUp();
    return { signature };
  }

  #type(): TypeExpr {
    const start = this.#at;
    this.#depth += 1;
    if (this.#depth > mostOfEach) giveUp();
    let body = this.#postfix();
    while (this.#next() === code.blank) {
      this.#expect(" where ");
      const variable = this.#variable();
      body = { kind: "union-all", span: { start, end: this.#at }, body, variable, braced: false };
    }
    this.#depth -= 1;
    return body;
  }

  #variable(): TypeVariable {
    const start = this.#at;
    this.#variables += 1;
    if (this.#variables > mostOfEach) giveUp();
    const sides = [this.#postfix()];
    const signs: string[] = [];
    for (let sign = this.#sign(); sign !== undefined; sign = this.#sign()) {
      signs.push(sign);
      sides.push(this.#postfix());
    }
    return bounded(sides, signs, { start, end: this.#at }, (message) => message !== undefined && giveUp());
  }

  #sign(): string | undefined {
    const next = this.#next();
    const sign = next === code.less ? "<:" : next === code.greater ? ">:" : undefined;
    if (sign !== undefined) this.#expect(sign);
    return sign;
  }

  #postfix(): TypeExpr {
    const start = this.#at;
    const head = this.#primary();
    if (head.kind !== "path") return head;
    if (this.#next() === code.open) return this.#call(head, start);
    if (this.#next() !== code.openBrace) return head;
    this.#at += 1;
    const parameters = this.#items();
    const application: TypeExpr = { kind: "application", span: { start, end: this.#at }, head, parameters };
    return this.#next() === code.open ? this.#value(application, start) : application;
  }

  #call(callee: Path, start: number): TypeExpr {
    const { segments } = callee;
    if (!segments.every(({ style }) => style === "plain")) giveUp();
    const name = segments.length === 1 ? segments[0].name : segments.map((segment) => segment.name).join(".");
    const wanted = plainCalls[name];
    if (wanted === undefined) return otherCalls.has(name) ? giveUp() : this.#value(callee, start);
    this.#at += 1;
    const value = this.#postfix();
    if (value.kind !== wanted) giveUp();
    this.#expect(")");
    return { kind: "call", span: { start, end: this.#at }, callee, arguments: [{ value }] };
  }

  /** How Julia prints a value: `Char(0x61000000)`, `Base.Missing()`. */
  #value(callee: TypeExpr, start: number): TypeExpr {
    this.#at += 1;
    if (this.#skip(")")) return { kind: "call", span: { start, end: this.#at }, callee, arguments: [] };
    const value = this.#primary();
    if (value.kind !== "literal") giveUp();
    this.#expect(")");
    return { kind: "call", span: { start, end: this.#at }, callee, arguments: [{ value }] };
  }

  /** The brace was read. */
  #items(): TypeExpr[] {
    const items: TypeExpr[] = [];
    if (this.#next() !== code.closeBrace) {
      items.push(this.#type());
      while (this.#next() === code.comma) {
        this.#expect(", ");
        items.push(this.#type());
      }
    }
    this.#expect("}");
    return items;
  }

  #primary(): TypeExpr {
    const start = this.#at;
    const next = this.#next();
    if (startsName(next)) return this.#named(start);
    if (next === code.open) return this.#parentheses(start);
    if (next === code.colon) return this.#symbol(start);
    return this.#numeral(start);
  }

  #named(start: number): TypeExpr {
    const text = this.#text;
    const end = this.#pathEnd(start);
    const image = text.slice(start, end);
    this.#at = end;
    const next = this.#next();
    if (next === code.quote) return image === "var" ? this.#path([this.#quoted()], start) : giveUp();
    if (next === code.dot) return this.#member(image, start);
    if (next === code.open && image === "getfield") return this.#field(start);
    if (next === code.open && image === "Symbol" && text.charCodeAt(end + 1) === code.quote)
      return this.#symbolCall(start);
    return image === keyword ? giveUp() : nameOf(image, { start, end });
  }

  /** Of names with dots between them: where they end, or where `.var"` or an operator follows. */
  #pathEnd(start: number): number {
    const text = this.#text;
    for (let at = start; ; ) {
      do at += 1;
      while (inName(text.charCodeAt(at)));
      if (text.charCodeAt(at) !== code.dot || !startsName(text.charCodeAt(at + 1))) return at;
      if (text.startsWith('var"', at + 1)) return at;
      at += 1;
    }
  }

  /** `M.var"#1#2"` or `M.:(+)`; the dot is next. */
  #member(owner: string, start: number): TypeExpr {
    if (this.#skip(".var")) return this.#path([...plainSegments(owner), this.#quoted()], start);
    this.#expect(".:(");
    const close = this.#text.indexOf(")", this.#at);
    const name = this.#text.slice(this.#at, close);
    if (close < 0 || !operator.test(name)) giveUp();
    this.#at = close + 1;
    return this.#path([...plainSegments(owner), { name, style: "operator" }], start);
  }

  #path(segments: readonly Segment[], start: number): Path {
    const [first = giveUp(), ...more] = segments;
    return { kind: "path", span: { start, end: this.#at }, segments: [first, ...more] };
  }

  /** What stands behind `var`. */
  #quoted(): Segment {
    const close = this.#text.indexOf('"', this.#at + 1);
    const name = this.#text.slice(this.#at + 1, close);
    if (close < 0 || name.includes("\\")) giveUp();
    this.#at = close + 1;
    return { name, style: "var" };
  }

  /** `getfield(M, Symbol("#1#2"))`; the bracket is next. */
  #field(start: number): TypeExpr {
    const from = this.#at + 1;
    this.#at = from;
    if (!startsName(this.#next())) giveUp();
    this.#at = this.#pathEnd(from);
    const owner = nameOf(this.#text.slice(from, this.#at), { start: from, end: this.#at });
    if (owner.kind !== "path") return giveUp();
    this.#expect(", Symbol");
    const { name } = this.#symbolCall(this.#at);
    this.#expect(")");
    return this.#path([...owner.segments, { name, style: "getfield" }], start);
  }

  /** `Symbol("a b")`; the bracket is next. */
  #symbolCall(start: number): SymbolLiteral {
    this.#expect('("');
    const close = this.#text.indexOf('"', this.#at);
    const name = this.#text.slice(this.#at, close);
    if (close < 0 || escaped.test(name)) giveUp();
    this.#at = close + 1;
    this.#expect(")");
    return { kind: "symbol", span: { start, end: this.#at }, name, spelling: "call", escaped: true };
  }

  #symbol(start: number): TypeExpr {
    const text = this.#text;
    let at = start + 1;
    if (!startsName(text.charCodeAt(at))) giveUp();
    while (inName(text.charCodeAt(at))) at += 1;
    this.#at = at;
    const name = text.slice(start + 1, at);
    if (name !== "var" || this.#next() !== code.quote)
      return { kind: "symbol", span: { start, end: at }, name, spelling: "quoted", escaped: true };
    const quoted = this.#quoted();
    return { kind: "symbol", span: { start, end: this.#at }, name: quoted.name, spelling: "var", escaped: true };
  }

  #numeral(start: number): TypeExpr {
    const text = this.#text;
    let at = text.charCodeAt(start) === code.minus ? start + 1 : start;
    let digits = isDigit;
    if (text.charCodeAt(at) === code.zero && text[at + 1] === "x") {
      at += 2;
      digits = isHexDigit;
    }
    if (digits[text.charCodeAt(at)] !== 1) giveUp();
    while (digits[text.charCodeAt(at)] === 1) at += 1;
    this.#at = at;
    return numeralOf(text.slice(start, at), { start, end: at });
  }

  #parentheses(start: number): TypeExpr {
    this.#at += 1;
    const items: TypeExpr[] = [];
    let commas = 0;
    while (!this.#skip(")")) {
      items.push(this.#type());
      if (this.#skip(", ")) commas += 1;
      else if (this.#skip(",)")) return this.#grouped(items, commas + 1, start);
      else if (this.#text[this.#at] !== ")") giveUp();
    }
    // A comma with nothing behind it.
    if (commas > 0 && commas === items.length) giveUp();
    return this.#grouped(items, commas, start);
  }

  #grouped(items: readonly TypeExpr[], commas: number, start: number): TypeExpr {
    const values = items.map((value) => ({ value }));
    return groupOrTuple(values, commas, { start, end: this.#at }, (message) => message !== undefined && giveUp());
  }

  /** NaN at the end. */
  #next(): number {
    return this.#text.charCodeAt(this.#at);
  }

  #skip(text: string): boolean {
    const found = this.#text.startsWith(text, this.#at);
    if (found) this.#at += text.length;
    return found;
  }

  #expect(text: string): void {
    if (!this.#skip(text)) giveUp();
  }
}
