import { applyEdits, modify, type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import { err, ok, type Result } from "../support/result.ts";
import { juliaFlags, type Wiring } from "./wiring.ts";

export interface EditedSettings {
  readonly text: string;
  /** The Julia that the settings name, where it is another than the image is for; it stays. */
  readonly otherJulia?: string | undefined;
}

/** Why settings cannot be edited. `offset` counts characters. */
export interface SettingsFailure {
  readonly detail: string;
  readonly offset: number;
}

/**
 * VS Code's settings with a Julia on the image: all else in them stays, comments included. The options that
 * choose another sysimage or project go from `julia.additionalArgs`.
 */
export function withSysimage(before: string, wiring: Wiring): Result<EditedSettings, SettingsFailure> {
  const text = before.trim() === "" ? "{}\n" : before;
  const errors: ParseError[] = [];
  const settings: unknown = parse(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first !== undefined) return err({ detail: printParseErrorCode(first.error), offset: first.offset });
  if (typeof settings !== "object" || settings === null || Array.isArray(settings))
    return err({ detail: "it holds no object", offset: 0 });
  const known = new Map<string, unknown>(Object.entries(settings));
  const args = known.get("julia.additionalArgs");
  const others = Array.isArray(args) ? withoutChoices(args) : [];
  const julia = known.get("julia.executablePath");
  const additions: readonly (readonly [string, unknown])[] = [
    ["julia.additionalArgs", [...others, ...juliaFlags(wiring)]],
    ...(julia === undefined ? ([["julia.executablePath", wiring.julia]] as const) : []),
  ];
  const edited = additions.reduce((text, [key, value]) => withValue(text, key, value), text);
  return ok({ text: edited, otherJulia: typeof julia === "string" && julia !== wiring.julia ? julia : undefined });
}

/** `--sysimage=S`, `--sysimage S`, `-J S`, `-JS` and `--project…` go. */
function withoutChoices(args: readonly unknown[]): unknown[] {
  const takesNext = (word: unknown) => word === "-J" || word === "--sysimage";
  const chooses = (word: unknown) => typeof word === "string" && /^(?:-J|--sysimage|--project(?:=|$))/.test(word);
  return args.filter((word, index) => !chooses(word) && !takesNext(args[index - 1]));
}

/** A text that has the value already stays as it is. */
function withValue(text: string, key: string, value: unknown): string {
  const now = (parse(text) as Readonly<Record<string, unknown>>)[key];
  if (JSON.stringify(now) === JSON.stringify(value)) return text;
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? "    ";
  const tabs = indent.startsWith("\t");
  const formattingOptions = {
    insertSpaces: !tabs,
    tabSize: tabs ? 4 : indent.length,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
  return applyEdits(text, modify(text, [key], value, { formattingOptions }));
}
