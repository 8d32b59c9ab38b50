import { type DamagedLine, excerptStart, namelessCode } from "../statement/provenance.ts";
import { statementOf } from "../statement/statement.ts";
import { parseStatement } from "../syntax/parse-statement.ts";
import { BrokenStatement, type FileLine } from "./broken-statement.ts";
import { isModuleRelative, qualified } from "./module-names.ts";
import { otherOutput } from "./other-output.ts";
import { type FoundStatement, type LineDamage, readTraceLine } from "./trace-line.ts";

/** Where the statements of a file are to be read. */
export interface FileOrigin {
  /** The module all statements were written for, where somebody says so. */
  readonly module?: string | undefined;
  /** The module they were written for if the file turns out to be a package's own code. */
  readonly moduleOfPackage?: string | undefined;
}

export interface FileSink {
  /** `whole`: it is what the line alone states. */
  found(statement: FoundStatement, line: FileLine, whole: boolean): void;
  damage(damage: DamagedLine): void;
  /** The key of a text that stands on no single line; undefined where it was there before. */
  keyOf(text: string): number | undefined;
}

/** Reads the lines of one file, in which a line can decide what the next ones mean. */
export interface FileReader {
  /** Whether a line that was read before has to be read once more. */
  wants(key: number): boolean;
  read(line: FileLine): void;
  /** Whether a line that holds one whole statement states what it states alone. */
  readonly isPlain: boolean;
  /** A line passed that holds one whole statement; it need not be read. */
  passed(): void;
  end(): void;
}

// SnoopCompile's files and hand-written ones like them are code of a package: all but the statements is no trouble.
const packageCode =
  /^\s*(?:function\s+_?precompile_?\w*\(|(?:const|function)\s+__\w*body\w*__\b)|\blet\s+fbody\b|\bccall\(:jl_generating_output\b/;
/** SnoopCompile looks up the body of a keyword method, and calls it by this name on a later line. */
const lookUp = /^[^_]{0,60}__lookup_kwbody__\((?<method>which\(.*\))\)(?: catch missing end)?\s*$/;
const blockEnd = /^\s*end\b/;
const bodyCalled = /precompile\(fbody(?=,)/;
/** PackageCompiler of 2018 wrote `try`, the statement and `catch; end` on lines of their own. */
const bareKeyword = /^\s*(?:try|begin|let|else|catch;?|(?:catch;?\s*)?end[);]*|\]\})\s*$/;
/** How much of a damaged line is kept. */
const keptText = 2_000;
/** How many damaged parts of one line are reported one by one: a megabyte can hold a hundred thousand. */
const shownOfLine = 16;

export function fileReader(sink: FileSink, origin: FileOrigin): FileReader {
  const other = otherOutput(sink.damage);
  const openers = new Set<number>();
  let inPackage = false;
  let broken: BrokenStatement | undefined;
  let body: { readonly method: string; ends: number } | undefined;
  let nameless: DamagedLine | undefined;
  let namelessCount = 0;

  const module = (): string | undefined => origin.module ?? (inPackage ? origin.moduleOfPackage : undefined);

  const find = (statement: FoundStatement, line: FileLine, whole: boolean): void => {
    other.settle();
    const name = module();
    // Only names without a module need the tree: a trace has none, and most of its lines were stated without one.
    const { tree } = name !== undefined || inPackage ? parseStatement(statement.spelling) : {};
    if (name !== undefined && tree !== undefined) {
      const { digest, canonical } = statementOf(qualified(tree, name));
      sink.found({ ...statement, digest, canonical }, line, false);
    } else {
      if (tree !== undefined && isModuleRelative(tree)) {
        namelessCount += 1;
        nameless ??= damaged(line, namelessCode, "", 0);
      }
      sink.found(statement, line, whole && !inPackage);
    }
  };

  const report = (line: FileLine, { diagnostic, start, other: isOther }: LineDamage): void => {
    const damage = damaged(line, diagnostic.code, diagnostic.message, start);
    if (isOther && bareKeyword.test(line.text)) return;
    if (isOther) other.add(damage);
    else {
      other.settle();
      sink.damage(damage);
    }
  };

  const reportAll = (line: FileLine, damage: readonly LineDamage[]): void => {
    for (const each of damage.slice(0, shownOfLine)) report(line, each);
    const [first, ...more] = damage.slice(shownOfLine);
    if (first === undefined) return;
    const message =
      more.length === 0
        ? first.diagnostic.message
        : `${more.length + 1} more parts of the line are damaged; this is the first`;
    report(line, { ...first, diagnostic: { ...first.diagnostic, message } });
  };

  /** The method whose body the next line may call. */
  const looksUp = ({ text, key }: FileLine): boolean => {
    if (text.length > keptText || !text.includes("__lookup_kwbody__")) return false;
    const method = lookUp.exec(text)?.groups?.method;
    if (method === undefined) return false;
    body = { method, ends: 0 };
    openers.add(key);
    inPackage = true;
    other.dismiss();
    return true;
  };

  /** What a line states only together with the look-up in front of it. */
  const readCalledBody = (line: FileLine, method: string): void => {
    const text = line.text.replace(bodyCalled, () => `precompile(Base.bodyfunction(${method})`);
    const key = sink.keyOf(text);
    if (key === undefined) return;
    const { statements, damage } = readTraceLine(text);
    for (const statement of statements) find(statement, { ...line, key }, false);
    reportAll({ ...line, text }, damage);
  };

  const readAlone = (line: FileLine, again: boolean): void => {
    if (looksUp(line)) return;
    if (body !== undefined && bodyCalled.test(line.text)) {
      readCalledBody(line, body.method);
      return;
    }
    // The first `end` is that of the condition, the second that of the `let`.
    if (body !== undefined && blockEnd.test(line.text)) {
      body.ends += 1;
      if (body.ends === 2) body = undefined;
    }
    if (!line.fresh && !openers.has(line.key)) return;
    const { statements, damage, open } = readTraceLine(line.text);
    if (!line.fresh) {
      if (open !== undefined) broken = new BrokenStatement(line, open, again);
      return;
    }
    for (const statement of statements) find(statement, line, statements.length === 1 && damage.length === 0);
    if (statements.length === 0 && damage.length > 0 && packageCode.test(line.text.slice(0, keptText))) {
      inPackage = true;
      other.dismiss();
      return;
    }
    reportAll(line, open === undefined ? damage : damage.slice(0, -1));
    if (open === undefined) return;
    openers.add(line.key);
    broken = new BrokenStatement(line, open, again);
  };

  /** The rest was not found: gives the lines that have to be read for what each is alone. */
  const giveUp = ({ lines: [first, ...rest] }: BrokenStatement): readonly FileLine[] => {
    broken = undefined;
    if (first?.fresh) reportAll(first, readTraceLine(first.text).damage.slice(-1));
    return rest;
  };

  const joinOrGiveUp = (whole: BrokenStatement): readonly FileLine[] => {
    const [first] = whole.lines;
    const { text } = whole;
    const { statements, damage } = readTraceLine(text);
    // A symbol may hold a line break, which is escaped; in a name there is no way to write one.
    const readable = statements.length > 0 && statements.every(({ canonical }) => !canonical.includes("\n"));
    if (first === undefined || !readable || damage.length > 0) return giveUp(whole);
    broken = undefined;
    const key = sink.keyOf(text);
    if (key !== undefined) for (const statement of statements) find(statement, { ...first, key }, false);
    return [];
  };

  /** Reads the lines in order; those that a statement given up leaves come before the next. */
  const readAll = (lines: readonly FileLine[], again: boolean): void => {
    const waiting = lines.map((line) => ({ line, again })).reverse();
    const putBack = (left: readonly FileLine[]): void => {
      for (const line of left.toReversed()) waiting.push({ line, again: true });
    };
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (broken === undefined) readAlone(next.line, next.again);
      else if (!broken.take(next.line)) {
        waiting.push(next);
        putBack(giveUp(broken));
      } else if (broken.whole) putBack(joinOrGiveUp(broken));
    }
  };

  const giveUpAll = (): void => {
    while (broken !== undefined) readAll(giveUp(broken), true);
  };

  return {
    wants: (key) => broken !== undefined || body !== undefined || openers.has(key),
    read: (line) => readAll([line], false),
    get isPlain() {
      return broken === undefined && body === undefined && !inPackage;
    },
    passed() {
      giveUpAll();
      other.settle();
    },
    end() {
      giveUpAll();
      other.end();
      if (nameless !== undefined) sink.damage({ ...nameless, message: namelessMessage(namelessCount) });
    },
  };
}

function damaged({ number, text }: FileLine, code: string, message: string, start: number): DamagedLine {
  const from = excerptStart(start);
  return { line: number, code, message, start, text: text.slice(from, from + keptText) };
}

const namelessMessage = (count: number): string =>
  `${count} ${count === 1 ? "statement names" : "statements name"} things of a module that the file does not name: say which with \`--module\``;
