import { plainSegments } from "../../grammar/names.ts";
import { bounded, groupOrTuple, nameOf, numeralOf } from "../../grammar/nodes.ts";
import type { Path, StatementTree, TypeExpr, TypeVariable } from "../../grammar/type-expr.ts";

/**
 * The tree of a statement as the parser reads it, without the parser: making one takes as long as starting Node, and most
 * statements hold names, numbers, symbols, brackets and `where` alone. Undefined where a text holds anything else, or
 * is no statement.
 */
export function plainStatement(text: string): StatementTree | undefined {
  const reader = new PlainReader(text);
  try {
    return reader.statement();
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

/** Far below where brackets are refused, and real statements nest 14 deep at most. */
const deepest = 40;

const part = String.raw`[A-Za-z_][\w!]*`;
const path = String.raw`${part}(?:\.${part})*`;
// Behind each stands what ends it in every statement: other text may belong to the name.
const end = "(?=[{}(),]|$| where |<:|>:)";
const leaves = {
  quoted: new RegExp(String.raw`(?:(${path})\.)?var"([^"\\]*)"${end}`, "y"),
  operator: new RegExp(String.raw`(${path})\.:\(([^\s(){}",${"`"}]+)\)${end}`, "y"),
  name: new RegExp(path + end, "y"),
  numeral: new RegExp(String.raw`-?(?:0x[\da-fA-F]+|\d+)${end}`, "y"),
  symbol: new RegExp(`:(${part})${end}`, "y"),
} as const;
/** What begins like a name and is none. */
const keywords: ReadonlySet<string> = new Set(["where"]);
/** To all other calls the parser has something to say. */
const plainCalls: Readonly<Record<string, TypeExpr["kind"]>> = { typeof: "path", "Core.kwftype": "call" };

class PlainReader {
  #at = 0;
  #depth = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  statement(): StatementTree {
    this.#expect("precompile(");
    if (!this.#text.startsWith("Tuple{", this.#at)) giveUp();
    const signature = this.#type();
    this.#expect(")");
    if (this.#at < this.#text.length) giveUp();
    return { signature };
  }

  #type(): TypeExpr {
    const start = this.#at;
    this.#depth += 1;
    if (this.#depth > deepest) giveUp();
    let body = this.#postfix();
    while (this.#skip(" where ")) {
      const variable = this.#variable();
      body = { kind: "union-all", span: { start, end: this.#at }, body, variable, braced: false };
    }
    this.#depth -= 1;
    return body;
  }

  #variable(): TypeVariable {
    const start = this.#at;
    if (this.#text[start] === "{") giveUp();
    const sides = [this.#postfix()];
    const signs: string[] = [];
    for (let sign = this.#sign(); sign !== undefined; sign = this.#sign()) {
      signs.push(sign);
      sides.push(this.#postfix());
    }
    return bounded(sides, signs, { start, end: this.#at }, (message) => message !== undefined && giveUp());
  }

  #sign(): string | undefined {
    return ["<:", ">:"].find((sign) => this.#skip(sign));
  }

  #postfix(): TypeExpr {
    const start = this.#at;
    const head = this.#primary();
    if (head.kind === "path" && this.#skip("(")) return this.#call(head, start);
    if (head.kind !== "path" || !this.#skip("{")) return head;
    const parameters = this.#items("}");
    return { kind: "application", span: { start, end: this.#at }, head, parameters };
  }

  /** The bracket was read. */
  #call(callee: Path, start: number): TypeExpr {
    const { segments } = callee;
    const name = segments.map((segment) => segment.name).join(".");
    const value = segments.every(({ style }) => style === "plain") ? this.#postfix() : giveUp();
    if (value.kind !== plainCalls[name]) giveUp();
    this.#expect(")");
    return { kind: "call", span: { start, end: this.#at }, callee, arguments: [{ value }] };
  }

  #items(close: string): TypeExpr[] {
    const items: TypeExpr[] = [];
    if (this.#skip(close)) return items;
    do items.push(this.#type());
    while (this.#skip(", "));
    this.#expect(close);
    return items;
  }

  #primary(): TypeExpr {
    const start = this.#at;
    if (this.#skip("(")) return this.#parentheses(start);
    const quoted = this.#match(leaves.quoted) ?? this.#match(leaves.operator);
    const span = { start, end: this.#at };
    if (quoted !== undefined) {
      const [image, owner, name = ""] = quoted;
      const segment = { name, style: image.endsWith('"') ? "var" : "operator" } as const;
      return { kind: "path", span, segments: owner === undefined ? [segment] : [...plainSegments(owner), segment] };
    }
    const [name] = this.#match(leaves.name) ?? [];
    if (name !== undefined && !keywords.has(name)) return nameOf(name, { start, end: this.#at });
    const [numeral] = this.#match(leaves.numeral) ?? [];
    if (numeral !== undefined) return numeralOf(numeral, { start, end: this.#at });
    const [, symbol = giveUp()] = this.#match(leaves.symbol) ?? [];
    return { kind: "symbol", span: { start, end: this.#at }, name: symbol, spelling: "quoted", escaped: true };
  }

  /** The bracket was read. */
  #parentheses(start: number): TypeExpr {
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

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text) ?? undefined;
    if (match !== undefined) this.#at += match[0].length;
    return match;
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
