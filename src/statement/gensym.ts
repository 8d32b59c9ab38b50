/** Who made a name that holds `#`. */
export type GensymForm =
  | "macro"
  | "keyword-sorter"
  | "keyword-body"
  | "generator"
  | "closure"
  | "inner-function"
  | "gensym-function"
  | "gensym-value"
  | "gensym-module"
  | "type-variable";

/** Where the name stands: as the name of a type, as a module in front of one, or as a symbol among the parameters. */
export type NameRole = "type" | "module" | "value";

interface GensymRow {
  readonly form: GensymForm;
  readonly role: NameRole;
  readonly pattern: RegExp;
  /** The same name in every session of one Julia: there is no counter in it. */
  readonly stable: boolean;
  readonly example: string;
}

/** What the `#` in a compiler-made name says about who made it; first match wins. */
// biome-ignore format: a table is read down its columns
export const gensymForms = [
  { form: "macro",          role: "type",   stable: true,  example: "#@testset",            pattern: /^#@[^#]+$/ },
  { form: "keyword-sorter", role: "type",   stable: true,  example: "#sort##kw",            pattern: /^#[^#]+##kw$/ },
  { form: "keyword-sorter", role: "type",   stable: true,  example: "#kw##names",           pattern: /^#kw##[^#]+$/ },
  { form: "keyword-sorter", role: "type",   stable: true,  example: "#kw#Type",             pattern: /^#kw#[^#]+$/ },
  { form: "keyword-sorter", role: "type",   stable: false, example: "#kwf7#32##kw",         pattern: /^#.*##kw$/ },
  { form: "type-variable",  role: "type",   stable: true,  example: "#s664",                pattern: /^#s\d+$/ },
  { form: "generator",      role: "type",   stable: false, example: "##s52#36",             pattern: /^##?s\d+#\d+$/ },
  { form: "closure",        role: "type",   stable: false, example: "##279#282",            pattern: /^##?\d+(?:#\d+)*$/ },
  { form: "closure",        role: "type",   stable: false, example: "#@test##2#@test##3",   pattern: /^#.+##\d+#.+##\d+$/ },
  { form: "keyword-body",   role: "type",   stable: false, example: "##sprint#355",         pattern: /^##[^#].*#\d+$/ },
  { form: "gensym-function", role: "type",  stable: false, example: "###compiledcall#254",  pattern: /^###.*#\d+$/ },
  { form: "inner-function", role: "type",   stable: false, example: "#fix_world_age##2",    pattern: /^#[^#].*#\d+$/ },
  { form: "gensym-module",  role: "module", stable: false, example: "##ex-#258",            pattern: /[#-]|^anonymous$/ },
  { form: "gensym-value",   role: "value",  stable: false, example: "##291",                pattern: /^##(?:.*#)?\d+$/ },
] as const satisfies readonly GensymRow[];

/** The row of the table a name belongs to; `undefined` for a name that nobody but a person makes. */
export function gensymOf(name: string, role: NameRole = "type"): GensymRow | undefined {
  if (role !== "module" && !name.startsWith("#")) return undefined;
  return gensymForms.find((row) => row.role === role && row.pattern.test(name));
}

/** The same for statements that differ only in how the compiler numbered its names. */
export function numberBlindText(canonical: string): string {
  return canonical.replace(/"#[^"]*"/g, (quoted) => quoted.replace(/\d+/g, "0"));
}
