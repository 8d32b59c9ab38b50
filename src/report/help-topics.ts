import { gensymForms } from "../statement/gensym.ts";
import { repairRules } from "../statement/replay-repair.ts";
import { lines } from "./rendering.ts";

/** The concepts that `help` explains, in the order in which one leads to the next. */
export const helpTopics = [
  "statement",
  "set",
  "portability",
  "repair",
  "sysimage",
  "package-image",
  "verdict",
  "residual",
] as const;
export type HelpTopic = (typeof helpTopics)[number];

/** A concept in words, for a terminal of 100 columns. Tables in it are those that the code itself goes by. */
export function helpText(topic: HelpTopic): string {
  return texts[topic]();
}

const texts: Readonly<Record<HelpTopic, () => string>> = {
  statement: () => `A statement names one thing that Julia compiled: a method and the types of its arguments.

  precompile(Tuple{typeof(Base.map), typeof(App.area), Array{App.Shape, 1}})

says: \`Base.map\` was compiled for the function \`App.area\` and a vector of \`App.Shape\`. \`julia
--trace-compile\` prints a statement for each method that the program made it compile, and \`preimage trace\`
records them. Told to Julia again while a sysimage is baked, a statement makes it compile that very thing
ahead of time.

Many spellings mean one statement: \`Vector{Int64}\` or \`Array{Int64, 1}\`, \`T\` or \`S\` in a \`where\`. preimage
writes each in one way, its canonical text, and knows it by its digest, of which a few digits are enough.

  preimage list SET --format table     statements and their digests
  preimage explain DIGEST              one of them in words
`,
  set: () => `Most commands take sets of statements. A set is named as

  run:3  run:app           what a run recorded, by its number or by its name (then all runs of that name)
  run:3/2  run:app/worker  what one of its processes compiled, or all of a kind (julia, worker, python)
  tag:KEY=VALUE            what all runs with that tag recorded
  store                    everything recorded
  path/to/file             a curated list, or raw output of \`julia --trace-compile\`
  -                        the same on standard input

Several are united. \`preimage runs\` lists what is recorded; \`diff\`, \`overlap\`, \`common\` and \`stats\` compare
and count sets; \`prune\` and \`common\` write one as a list.
`,
  portability:
    () => `A statement is portable where another session of the same Julia, with the same packages but without the
script, can name what it names. Three things stand in the way, its obstacles:

  belongs to the script  it names what the script itself defines, in \`Main\`: not there while a sysimage is
                         baked. Move the code into a package.
  lossy literal          it has a value that Julia does not read back, such as \`Dates.Hour(value=1)\`. preimage
                         replays it all the same, other tools cannot.
  a compiler-made name   the compiler names what has no name, with a \`#\`, and counts:

${lines(exampleRows().map((row) => `    ${row}`))}
Names that count are numbered anew in every build, so in another build such a name means something else, or
nothing. \`prune --portable\` looks up the method that leads to such a name and writes that instead, where the
Julia that printed it is there to ask; it drops the other statements with an obstacle. \`stats --by obstacle\`
counts them. For an image that is used with the very Julia and packages that were traced nothing has to go but
what belongs to the script, and \`bake\` drops no more than that.
`,
  repair:
    () => `Some of what \`--trace-compile\` prints, Julia does not read back, or reads as something else. preimage repairs it:

${lines(repairRules.map(({ name, example }) => `  ${name.padEnd(ruleWidth)}  ${example.before}  ->  ${example.after}`))}
A repair is certain, or it is to be verified: then the Julia that replays the statement has to agree, or the
statement is unresolved. Repaired or not, it is the same statement. \`explain\` says what was repaired,
\`--no-repair\` and \`--no-repair=RULE\` of \`prune\` and \`build\` leave it as it was printed.
`,
  sysimage:
    () => `A sysimage is a shared library that Julia starts on. Julia comes with one that holds Base and the standard
library, compiled. One of your own holds the packages of your program as well, and the code that your
statements name: it need not be compiled when the program runs.

  julia --sysimage=app.so app.jl

What it costs:
  - Its packages are locked. What is in the image wins: a new version in the Manifest, or an edit in the source
    of a package in it, has no effect until you bake anew. \`preimage status\` says which packages those are, and
    \`preimage run\` starts Julia on the newest image that still fits, or without one.
  - It belongs to one Julia: another version or build of Julia does not start on it.
  - It belongs to one kind of processor, that of the machine unless \`--cpu-target\` says otherwise.
  - It is large, a hundred megabytes and more, and takes minutes to bake.
  - It holds what was traced. What the program does for the first time on it still compiles, see
    \`preimage help residual\`; so trace what you want to be fast.

\`app.so.json\` beside the image says what it was made from. \`preimage use app.so\` prints how to use it from a
shell, a launcher, VS Code, notebooks and Python.
`,
  "package-image":
    () => `From Julia 1.9 on, Julia keeps native code of packages in its cache. A package image is a small package that does
nothing but replay a list while Julia precompiles it: the code goes into that cache, of methods of other packages
and of Julia's own as well.

  preimage bake app.jl --as package -o warm
  julia -L warm/load.jl app.jl

Beside a sysimage:
  - It is baked in seconds, weighs megabytes, and needs no C compiler.
  - No version is locked. When a package below changes, or Julia is updated, Julia makes it anew by itself when it
    is next loaded, of the same list.
  - It has to be loaded: with \`julia -L\`, from \`startup.jl\`, or as a dependency. What it depends on is loaded with
    it, which takes its time; in a sysimage it is there already.
  - What Julia's own sysimage holds without native code, a package cannot add native code for. A sysimage can.
  - What the script defines, in \`Main\`, it cannot hold.

\`bake\` makes one where Julia is 1.9 or newer and \`-o\` names no library, otherwise a sysimage. \`preimage use warm\`
prints how to load it, \`preimage status warm\` says whether Julia would make it anew. \`build --for-package Foo\`
writes what package Foo may have Julia compile, as a file for its own source.
`,
  verdict: () => `While an image is baked, each statement is told to Julia, and gets a verdict:

  compiled    Julia compiled it
  inferred    too abstract for an image to keep native code of it, whatever \`precompile\` said
  refused     \`precompile\` gave false: no method takes these types, or they are too abstract to compile for
  unresolved  a name in it is not there: a package that is not loaded, or a name that is numbered anew
  failed      Julia threw an error
  crashed     to compile it ends Julia itself

\`build --fail-on failed,crashed\` ends with 1 where a statement has one of these. \`explain\` shows a statement's
verdicts, and the stamp of the image (\`app.so.json\`, \`preimage.json\` in a package) those of all.
`,
  residual:
    () => `The residual is what Julia still compiles when the program runs on its new sysimage. \`preimage verify\` traces the
program once more, on the image, and shows each statement with its likely cause:

  belongs to the script          what the script defines is not in an image: move it into a package
  not in the list                no run behind the list compiled it: trace what you do now as well
  other kind of standard stream  traced with output to a file, run in a terminal, or the like
  refused, unresolved, …         what the bake said of it, see \`preimage help verdict\`
  too abstract, open Vararg      Julia keeps native code for concrete types only
  ambiguous literal              the list has \`1\` where the call has \`1.0\`: older Julias print them alike
  keyword body                   the number in its name is another in this build
  invalidated                    a method that was defined later made it invalid
  held by the base sysimage without native code
                                 a package image cannot add it, a sysimage can
  compiled again                 it was compiled, but calls do not use it

A small residual is normal. \`rehearse\` foretells it in seconds, and \`optimize\` searches for what serves in place of
what does not. \`verify --max-residual N\` ends with 1 where there is more.
`,
};

const ruleWidth = Math.max(...repairRules.map(({ name }) => name.length));

/** Each form of a compiler-made name once, those that are the same in every build apart. */
function exampleRows(): readonly string[] {
  const forms = [...Map.groupBy(gensymForms, ({ form, stable }) => `${form} ${stable}`).values()];
  const rows = forms.flatMap(([first]) =>
    first === undefined
      ? []
      : [[first.form.replace("-", " "), `${first.example}${first.stable ? "  (stable, portable)" : ""}`] as const],
  );
  const width = Math.max(...rows.map(([form]) => form.length));
  return rows.map(([form, example]) => `${form.padEnd(width)}  ${example}`);
}
