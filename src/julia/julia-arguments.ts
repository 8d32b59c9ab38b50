/** What of a command line for Julia decides which sysimage it is to have. */
export interface JuliaArguments {
  /** The value of `--project`; `@.` where it has none. Empty: none, whatever JULIA_PROJECT says. */
  readonly project?: string | undefined;
  readonly sysimage?: string | undefined;
}

/** Options whose value may be the next word, on any Julia from 1.3 to 1.13. Source: src/jloptions.c; tried on 1.5.3. */
const valued: ReadonlySet<string> = new Set([
  ..."JHCeELptgO".split("").map((letter) => `-${letter}`),
  ...`sysimage home cpu-target eval print load procs threads gcthreads machine-file color history-file startup-file
      handle-signals sysimage-native-code compiled-modules pkgimages compile inline math-mode check-bounds depwarn
      warn-overwrite warn-scope banner polly trace-compile trace-dispatch heap-size-hint bind-to output-o output-ji
      output-bc output-unopt-bc output-asm output-incremental`
    .split(/\s+/)
    .map((name) => `--${name}`),
]);

/** Reads up to the program, as Julia does. The last of an option's uses counts. */
export function readJuliaArguments(words: readonly string[]): JuliaArguments {
  let read: JuliaArguments = {};
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? "";
    if (word === "--" || !word.startsWith("-") || word === "-") break;
    const { name, value = valued.has(name) ? words[++at] : undefined } = split(word);
    if (name === "--project") read = { ...read, project: value ?? "@." };
    if (name === "-J" || name === "--sysimage") read = { ...read, sysimage: value };
  }
  return read;
}

function split(word: string): { readonly name: string; readonly value?: string } {
  if (word.startsWith("--")) {
    const end = word.indexOf("=");
    return end === -1 ? { name: word } : { name: word.slice(0, end), value: word.slice(end + 1) };
  }
  return word.length === 2 ? { name: word } : { name: word.slice(0, 2), value: word.slice(2) };
}
