import type { DamagedLine } from "../statement/provenance.ts";
import { type BrokenStatement, breakOff, continued, type FileLine } from "./broken-statement.ts";
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
  /** `whole`: the tree is what the line alone states. */
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
  /** A line passed that holds one whole statement; it was not read, as it is known. */
  passed(): void;
  end(): void;
}

// SnoopCompile's files and hand-written ones like them are code of a package: all but the statements is no trouble.
const packageCode =
  /^\s*(?:function\s+_?precompile_?\w*\(|(?:const|function)\s+__\w*body\w*__\b)|\blet\s+fbody\b|\bccall\(:jl_generating_output\b/;
/** PackageCompiler of 2018 wrote `try`, the statement and `catch; end` on lines of their own. */
const bareKeyword = /^\s*(?:try|begin|let|else|catch;?|(?:catch;?\s*)?end[);]*)\s*$/;
/** How much of a damaged line is kept. */
const keptText = 2_000;

export function fileReader(sink: FileSink, origin: FileOrigin): FileReader {
  const other = otherOutput(sink.damage);
  const openers = new Set<number>();
  let inPackage = false;
  let broken: BrokenStatement | undefined;
  let nameless: DamagedLine | undefined;
  let namelessCount = 0;

  const module = (): string | undefined => origin.module ?? (inPackage ? origin.moduleOfPackage : undefined);

  const find = (statement: FoundStatement, line: FileLine, whole: boolean): void => {
    other.settle();
    const name = module();
    if (name !== undefined) sink.found({ ...statement, tree: qualified(statement.tree, name) }, line, false);
    else {
      if (inPackage && isModuleRelative(statement.tree)) {
        namelessCount += 1;
        nameless ??= damaged(line, namelessCode, "", 0);
      }
      sink.found(statement, line, whole && !inPackage);
    }
  };

  const report = (line: FileLine, { diagnostic, start, other: isOther }: LineDamage): void => {
    const damage = damaged(line, diagnostic.code, diagnostic.message, start);
    if (isOther && bareKeyword.test(damage.text)) return;
    if (isOther) other.add(damage);
    else {
      other.settle();
      sink.damage(damage);
    }
  };

  const readAlone = (line: FileLine): void => {
    if (!line.fresh && !openers.has(line.key)) return;
    const { statements, damage, open } = readTraceLine(line.text);
    if (!line.fresh) {
      if (open !== undefined) broken = breakOff(line, open);
      return;
    }
    for (const statement of statements) find(statement, line, statements.length === 1 && damage.length === 0);
    if (statements.length === 0 && damage.length > 0 && packageCode.test(line.text.slice(0, keptText))) {
      inPackage = true;
      other.dismiss();
      return;
    }
    for (const each of open === undefined ? damage : damage.slice(0, -1)) report(line, each);
    if (open === undefined) return;
    openers.add(line.key);
    broken = breakOff(line, open);
  };

  /** The rest was not found: its lines are read for what each is alone. */
  const giveUp = ({ lines: [first, ...rest] }: BrokenStatement): void => {
    broken = undefined;
    if (first?.fresh) for (const each of readTraceLine(first.text).damage.slice(-1)) report(first, each);
    for (const line of rest) read(line);
  };

  const joinOrGiveUp = (whole: BrokenStatement): void => {
    const [first] = whole.lines;
    const { statements, damage } = readTraceLine(whole.text);
    if (first === undefined || statements.length === 0 || damage.length > 0) {
      giveUp(whole);
      return;
    }
    broken = undefined;
    const key = sink.keyOf(whole.text);
    if (key !== undefined) for (const statement of statements) find(statement, { ...first, key }, false);
  };

  function read(line: FileLine): void {
    const longer = broken && continued(broken, line);
    if (longer === undefined) {
      if (broken !== undefined) giveUp(broken);
      readAlone(line);
    } else if (longer.depth > 0 || longer.quoted) broken = longer;
    else joinOrGiveUp(longer);
  }

  return {
    wants: (key) => broken !== undefined || openers.has(key),
    read,
    passed() {
      if (broken !== undefined) giveUp(broken);
      other.settle();
    },
    end() {
      while (broken !== undefined) giveUp(broken);
      other.end();
      if (nameless !== undefined) sink.damage({ ...nameless, message: namelessMessage(namelessCount) });
    },
  };
}

const damaged = ({ number, text }: FileLine, code: string, message: string, start: number): DamagedLine => ({
  line: number,
  code,
  message,
  start,
  text: text.slice(0, keptText),
});

const namelessCode = "PI115";
const namelessMessage = (count: number): string =>
  `${count} ${count === 1 ? "statement names" : "statements name"} things of a module that the file does not name: import it with \`--module\``;
