// What people and tools write around a directive on its line. It says how the call is made and never what is compiled,
// so it is told from damage and then forgotten: nothing of it is kept, let alone run.

/** What is longer is no wrapping; without a limit a hostile line takes the square of its length. */
const longest = 2_000;
const name = String.raw`[^\s(),;"]+`;
const lead = new RegExp(
  [
    String.raw`^(?:try(?:\s*;)?\s+|try;`,
    String.raw`@[\w.!]+(?:\(\s*|\s+)`,
    String.raw`isdefined\(\s*${name}\s*,\s*(?:Symbol\("[^"]*"\)|:${name}|:var"[^"]*")\s*\)\s*&&\s*`,
    String.raw`push!\(\s*${name}\s*,\s*`,
    String.raw`begin\s+|return\s+|!)+$`,
  ].join("|"),
);

/** Where the directive begins if what stands in front of it is a known wrapping; otherwise `start`. */
export function wrappingEnd(line: string, start: number): number {
  const call = line.indexOf("precompile(", start);
  if (call <= start || call - start > longest) return start;
  const directive = line.startsWith("Base.", call - 5) ? call - 5 : call;
  return directive > start && lead.test(line.slice(start, directive)) ? directive : start;
}

/** What stands behind a directive. */
export interface Ending {
  readonly recompile: boolean;
  /** In milliseconds, from SnoopCompile's `# time: 0.0336` in seconds. */
  readonly compileMs?: number;
}

const noEnding: Ending = { recompile: false };

const blockComment = /^\s*#=.*?=#/s;
const comment = /^\s*#(?!=)([^\n]*)$/;
const seconds = /^time:\s*(\d+(?:\.\d*)?(?:e[-+]?\d+)?)\b/i;
/**
 * `)` of `@assert(`, then `|| @assert false`, `&& …` or the rest of a `try`. What the lookahead took is not given back
 * blank by blank, which would take the square of their number.
 */
const closing = /^(?=(?<closed>[\s)]*))\k<closed>(?:(?:\|\||&&)[^#]*|;?\s*catch\b[^#]*?end;?|;\s*end;?|;)?\s*(?=#|$)/;

/**
 * Reads what follows a directive: comments, marks, and where it was `wrapped` what closes the wrapping. Undefined where
 * it is something else, so that two glued statements are not taken for one.
 */
export function readEnding(text: string, wrapped: boolean): Ending | undefined {
  if (text === "") return noEnding;
  let rest = text;
  const closes = rest.length <= longest && (wrapped || rest.startsWith("||"));
  const closed = closes ? closing.exec(rest) : null;
  if (closed !== null) rest = rest.slice(closed[0].length);
  for (let block = blockComment.exec(rest); block !== null; block = blockComment.exec(rest)) {
    rest = rest.slice(block[0].length);
  }
  if (rest.trim() === "") return noEnding;
  const said = comment.exec(rest)?.[1]?.trimStart();
  if (said === undefined) return undefined;
  const [, time] = seconds.exec(said) ?? [];
  const recompile = said.trimEnd().endsWith("recompile") && /(?:^|# )recompile\s*$/.test(said);
  return time === undefined ? { recompile } : { recompile, compileMs: milliseconds(time) };
}

/** Without the noise of binary floating point: 0.03362425 s are 33.62425 ms. */
const milliseconds = (time: string): number => Number((Number(time) * 1000).toPrecision(12));
