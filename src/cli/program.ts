import { Command, InvalidArgumentError, Option } from "commander";
import type { PortabilityFilter } from "../analysis/prune.ts";
import type { CommandContext, CommandResult } from "../commands/context.ts";
import type { Format, Rendering } from "../report/rendering.ts";
import { type Verdict, verdicts } from "../statement/verdict.ts";
import { ok } from "../support/result.ts";
import { toolName } from "./tool-version.ts";

/** A command with its options read: does the work and renders it. */
export type Action = (context: CommandContext) => Promise<CommandResult<Rendering>>;
export type Perform = (action: Action, options: { readonly store?: string }) => Promise<void>;

interface CommonOptions {
  readonly store?: string;
  readonly format: Format;
}

const setHelp = `
A SET is run:ID, run:NAME, tag:KEY=VALUE, store (everything recorded), a path to a
curated list or to raw trace output, or - for standard input; several are united.`;

/** The command line. What a command does is imported when it runs, so that the others start faster. */
export function program(argv: readonly string[], perform: Perform): Command {
  const root = new Command("preimage")
    .description("Make Julia programs start fast: trace what they compile, curate it, bake it into a sysimage, verify it.")
    .version(toolName().replace("preimage ", ""))
    .exitOverride()
    .showHelpAfterError("(see `preimage help`)")
    .enablePositionalOptions()
    .addHelpText("after", "\nThe whole way in one command:\n  preimage bake app.jl -o app.so\nthen start it with\n  julia --sysimage=app.so app.jl");

  const command = (name: string, description: string, example: string): Command =>
    root
      .command(name)
      .description(description)
      .exitOverride()
      .showHelpAfterError("(see `preimage help`)")
      .option("--store <path>", "the store (default: .preimage/store.db here or in a folder above; PREIMAGE_STORE)")
      .addHelpText("after", `\nExample:\n  ${example}`);

  const withFormat = (made: Command, formats: readonly Format[], fallback: Format): Command =>
    made.addOption(new Option("--format <format>", "how standard output is written").choices(formats).default(fallback));

  /** Runs `work` with `render` as its last step. */
  const act = <T>(
    options: CommonOptions,
    work: (context: CommandContext) => Promise<CommandResult<T>>,
    render: (outcome: T) => Rendering | Promise<Rendering>,
  ): Promise<void> =>
    perform(async (context) => {
      const result = await work(context);
      return result.ok ? ok(await render(result.value)) : result;
    }, options);

  withFormat(command("doctor", "show what preimage found and would use", "preimage doctor"), ["table", "json"], "table")
    .option("--julia <path>", "the Julia to use")
    .action(async (options: CommonOptions & { julia?: string }) => {
      const { doctor } = await import("../commands/doctor.ts");
      const { reportDoctor } = await import("../report/doctor-report.ts");
      await act(options, (context) => doctor(options.julia, context), (outcome) => reportDoctor(outcome, options.format));
    });

  withFormat(
    command("setup", "find a Julia, or install a private one where there is none (Debian)", "preimage setup"),
    ["table", "json"], "table",
  )
    .option("--julia <path>", "the Julia to use")
    .action(async (options: CommonOptions & { julia?: string }) => {
      const { setup } = await import("../commands/setup.ts");
      const { reportSetup } = await import("../report/doctor-report.ts");
      await act(options, (context) => setup(options.julia, context), (outcome) => reportSetup(outcome, options.format));
    });

  withFormat(
    command("trace", "run a workload and record every statement that Julia compiles", "preimage trace --project . app.jl input.csv"),
    ["table", "json"], "table",
  )
    .argument("<workload...>", "a Julia file and its arguments; or, after --, any command that starts Julia")
    .passThroughOptions()
    .option("--name <name>", "the run's name (default: the workload's)")
    .option("--tag <key=value>", "a tag of the run; may be repeated", tag, {})
    .option("--project <dir>", "the Julia project to run in")
    .option("--julia <path>", "the Julia to use")
    .option("--repeat <n>", "trace so many runs", count, 1)
    .option("--no-warm", "do not load the workload's packages first")
    .option("--sysimage <path>", "the sysimage to trace on; `base` is Julia's own")
    .addOption(
      new Option("--stdout <kind>", "what the workload's standard output is; all but inherit drop it")
        .choices(["inherit", "pipe", "file", "tty"]).default("inherit"),
    )
    .addHelpText("after", "  preimage trace --name tests -- make test")
    .action(async (words: string[], options: TraceOptions) => {
      const { trace } = await import("../commands/trace.ts");
      const { reportTrace } = await import("../report/runs-report.ts");
      const { stdout, tag: tags, ...rest } = options;
      const request = { ...rest, tags, streams: [stdout], workload: workloadOf(words, afterDashes(words, argv), options.project) };
      await act(options, (context) => trace(request, context), (outcome) => reportTrace(outcome, options.format));
    });

  withFormat(command("import", "record existing trace output", "preimage import trace.jl --name nightly"), ["table", "json"], "table")
    .argument("<file...>", "files that --trace-compile wrote; - is standard input")
    .option("--name <name>", "the run's name (default: the file's)")
    .option("--tag <key=value>", "a tag of the run; may be repeated", tag, {})
    .option("--julia-version <version>", "the Julia that wrote it")
    .action(async (files: string[], options: CommonOptions & { name?: string; tag: Record<string, string>; juliaVersion?: string }) => {
      const { importTraces } = await import("../commands/import.ts");
      const { reportImport } = await import("../report/runs-report.ts");
      const { tag: tags, ...rest } = options;
      await act(options, (context) => importTraces({ ...rest, tags, files }, context), (outcome) => reportImport(outcome, options.format));
    });

  const runs = withFormat(command("runs", "list the recorded runs, newest first", "preimage runs"), ["table", "json"], "table")
    .enablePositionalOptions()
    .action(async (options: CommonOptions) => {
      const { listRuns } = await import("../commands/runs.ts");
      const { reportRuns } = await import("../report/runs-report.ts");
      await act(options, listRuns, (outcome) => reportRuns(outcome, options.format));
    });
  const runsCommand = (name: string, description: string): Command =>
    withFormat(runs.command(name).description(description), ["table", "json"], "table")
      .option("--store <path>", "the store")
      .argument("<run>", "its id or its name")
      .exitOverride();
  runsCommand("show", "show where a run's statements come from").action(async (run: string, options: CommonOptions) => {
    const { showRun } = await import("../commands/runs.ts");
    const { reportRun } = await import("../report/runs-report.ts");
    await act(options, (context) => showRun(run, context), (outcome) => reportRun(outcome, options.format));
  });
  runsCommand("rm", "remove a run and what only it has seen").action(async (run: string, options: CommonOptions) => {
    const { removeRun } = await import("../commands/runs.ts");
    const { reportRemoved } = await import("../report/runs-report.ts");
    await act(options, (context) => removeRun(run, context), (outcome) => reportRemoved(outcome, options.format));
  });

  withFormat(command("list", "print the statements of a set, one a line", "preimage list run:app"), ["lines", "table", "json"], "lines")
    .argument("<set...>")
    .addHelpText("after", setHelp)
    .action(async (sets: string[], options: CommonOptions) => {
      const { list } = await import("../commands/list.ts");
      const { reportList } = await import("../report/statements-report.ts");
      await act(options, (context) => list(sets, context), (outcome) => reportList(outcome, options.format));
    });

  withFormat(
    command("show", "explain one statement: meaning, portability, spellings, where it was seen", "preimage show 3f2a9c"),
    ["table", "json"], "table",
  )
    .argument("<statement>", "the first digits of its digest, or its text")
    .action(async (reference: string, options: CommonOptions) => {
      const { show } = await import("../commands/show.ts");
      const { reportShow } = await import("../report/show-report.ts");
      await act(options, (context) => show(reference, context), (outcome) => reportShow(outcome, options.format));
    });

  withFormat(
    command("prune", "write a curated list of what is worth baking", "preimage prune store --portable -o precompile.jl"),
    ["lines", "json"], "lines",
  )
    .argument("<set...>")
    .option("-o, --output <file>", "write the list there instead of to standard output")
    .option("--portable [how]", "drop what cannot be named in another build; `strict` drops every name that starts with #", portable)
    .option("--min-runs <n>", "keep what at least so many runs saw", count)
    .option("--owner <glob>", "keep what modules of this name own; may be repeated", repeated, [])
    .option("--exclude-owner <glob>", "drop what modules of this name own; may be repeated", repeated, [])
    .option("--drop-main", "drop what belongs to the script")
    .addHelpText("after", setHelp)
    .action(async (sets: string[], options: PruneOptions) => {
      const { pruneSets } = await import("../commands/prune.ts");
      const { pruneSummary, reportPrune } = await import("../report/prune-report.ts");
      const filters = {
        portable: options.portable === true ? "names" as const : options.portable,
        minRuns: options.minRuns,
        owners: options.owner,
        excludedOwners: options.excludeOwner,
        dropMain: options.dropMain,
      };
      const request = { sets, filters, filterText: filterText(options), output: options.output };
      await perform(async (context) => {
        const result = await pruneSets(request, context);
        if (!result.ok) return result;
        context.notify({ kind: "note", text: pruneSummary(result.value) });
        return ok(reportPrune(result.value, options.format));
      }, options);
    });

  withFormat(
    command("build", "bake the statements of a set into a sysimage", "preimage build precompile.jl -o app.so --project ."),
    ["table", "json"], "table",
  )
    .argument("<set...>")
    .requiredOption("-o, --output <file>", "the sysimage to write")
    .option("--package <name>", "a package to load into the image; may be repeated (default: what the runs had loaded)", repeated, [])
    .option("--project <dir>", "the Julia project (default: that of the runs)")
    .option("--julia <path>", "the Julia to use")
    .option("--cpu-target <target>", "the processors the image is for (default: native)")
    .option("--base-sysimage <file>", "the sysimage to build upon (default: Julia's own)")
    .option("--script <file>", "a Julia file to include at the end of staging")
    .option("--fail-on <verdicts>", `end with 1 when a statement has one of these verdicts: ${verdicts.join(",")}`, failOn, [])
    .addHelpText("after", setHelp)
    .action(async (sets: string[], options: BuildOptions) => {
      const { buildSets } = await import("../commands/build.ts");
      const { reportBuild } = await import("../report/build-report.ts");
      const { package: packages, ...rest } = options;
      await act(options, (context) => buildSets({ ...rest, sets, packages }, context), (outcome) => reportBuild(outcome, options.format));
    });

  withFormat(
    command("verify", "show what still compiles on a sysimage, and how much faster it starts", "preimage verify app.so --workload app.jl input.csv"),
    ["table", "json"], "table",
  )
    .argument("<sysimage>")
    .argument("[args...]", "further arguments of the workload, after --")
    .requiredOption("--workload <words...>", "the Julia file to run, and its arguments")
    .option("--project <dir>", "the Julia project to run in (default: that of the sysimage)")
    .option("--julia <path>", "the Julia to use")
    .option("--base-sysimage <file>", "the sysimage to compare with (default: Julia's own)")
    .option("--repeat <n>", "timed runs on each sysimage", count, 5)
    .option("--max-residual <n>", "end with 1 when more statements still compile", wholeNumber)
    .addOption(new Option("--stdout <kind>", "what the workload's standard output is (default: as traced)").choices(["pipe", "file", "tty"]))
    .action(async (sysimage: string, args: string[], options: VerifyOptions) => {
      const { verifySysimage } = await import("../commands/verify.ts");
      const { reportVerify } = await import("../report/verify-report.ts");
      const [script = "", ...scriptArgs] = options.workload;
      const workload = { kind: "script" as const, script, args: [...scriptArgs, ...args], project: options.project };
      const request = { ...options, sysimage, workload, streams: options.stdout };
      await act(options, (context) => verifySysimage(request, context), (outcome) =>
        reportVerify(outcome, options.format, options.maxResidual));
    });

  withFormat(
    command("diff", "compare two sets of statements; ends with 1 when they differ", "preimage diff run:3 run:4"),
    ["table", "lines", "json"], "table",
  )
    .argument("<a>")
    .argument("<b>")
    .addHelpText("after", setHelp)
    .action(async (a: string, b: string, options: CommonOptions) => {
      const { diff } = await import("../commands/diff.ts");
      const { reportDiff } = await import("../report/statements-report.ts");
      await act(options, (context) => diff(a, b, context), (outcome) => reportDiff(outcome, options.format));
    });

  withFormat(
    command("bake", "trace a workload, prune, build and verify in one go", "preimage bake app.jl input.csv -o app.so --project ."),
    ["table", "json"], "table",
  )
    .argument("<workload...>", "a Julia file and its arguments; put those that start with a dash after --")
    .requiredOption("-o, --output <file>", "the sysimage to write")
    .option("--package <name>", "a package to load into the image; may be repeated (default: what the workload loads)", repeated, [])
    .option("--project <dir>", "the Julia project")
    .option("--julia <path>", "the Julia to use")
    .option("--cpu-target <target>", "the processors the image is for (default: native)")
    .option("--portable [how]", "bake only what can be named in another build, as prune does", portable)
    .option("--list <file>", "write the curated list there as well")
    .option("--name <name>", "the run's name (default: the workload's)")
    .option("--tag <key=value>", "a tag of the runs; may be repeated", tag, {})
    .option("--repeat <n>", "timed runs on each sysimage", count, 5)
    .addOption(
      new Option("--stdout <kinds...>", "what standard output is while tracing, a run each")
        .choices(["inherit", "pipe", "file", "tty"]),
    )
    .action(async ([script = "", ...args]: string[], options: BakeOptions) => {
      const { bake } = await import("../commands/bake.ts");
      const { reportBake } = await import("../report/bake-report.ts");
      const { availableKinds } = await import("../trace/run-workload.ts");
      const { package: packages, tag: tags, stdout, portable, ...rest } = options;
      const workload = { kind: "script" as const, script, args, project: options.project };
      const request = {
        ...rest, packages, tags, workload,
        portable: portable === true ? "names" as const : portable,
        streams: stdout ?? availableKinds(),
      };
      await act(options, (context) => bake(request, context), (outcome) => reportBake(outcome, options.format));
    });

  return root;
}

type Streams = "inherit" | "pipe" | "file" | "tty";

interface TraceOptions extends CommonOptions {
  readonly name?: string;
  readonly tag: Record<string, string>;
  readonly project?: string;
  readonly julia?: string;
  readonly repeat: number;
  readonly warm: boolean;
  readonly sysimage?: string;
  readonly stdout: Streams;
}

interface PruneOptions extends CommonOptions {
  readonly output?: string;
  readonly portable?: true | PortabilityFilter;
  readonly minRuns?: number;
  readonly owner: string[];
  readonly excludeOwner: string[];
  readonly dropMain?: boolean;
}

interface BuildOptions extends CommonOptions {
  readonly output: string;
  readonly package: string[];
  readonly project?: string;
  readonly julia?: string;
  readonly cpuTarget?: string;
  readonly baseSysimage?: string;
  readonly script?: string;
  readonly failOn: Verdict[];
}

interface VerifyOptions extends CommonOptions {
  readonly workload: string[];
  readonly project?: string;
  readonly julia?: string;
  readonly baseSysimage?: string;
  readonly repeat: number;
  readonly maxResidual?: number;
  readonly stdout?: Exclude<Streams, "inherit">;
}

interface BakeOptions extends CommonOptions {
  readonly output: string;
  readonly package: string[];
  readonly project?: string;
  readonly julia?: string;
  readonly cpuTarget?: string;
  readonly portable?: true | PortabilityFilter;
  readonly list?: string;
  readonly name?: string;
  readonly tag: Record<string, string>;
  readonly repeat: number;
  readonly stdout?: Streams[];
}

/** `trace -- COMMAND` and `trace SCRIPT -- ARGS` differ only in where the dashes stand. */
function afterDashes(words: readonly string[], argv: readonly string[]): boolean {
  const dashes = argv.indexOf("--");
  const tail = argv.slice(dashes + 1);
  return dashes !== -1 && tail.length === words.length && tail.every((word, index) => word === words[index]);
}

function workloadOf(words: readonly string[], isCommand: boolean, project: string | undefined) {
  const [first = "", ...rest] = words;
  return isCommand
    ? { kind: "command" as const, words: [first, ...rest] as const, project }
    : { kind: "script" as const, script: first, args: rest, project };
}

function filterText(options: PruneOptions): string {
  return [
    options.portable === undefined ? [] : [options.portable === "strict" ? "--portable=strict" : "--portable"],
    options.minRuns === undefined ? [] : [`--min-runs ${options.minRuns}`],
    options.owner.map((glob) => `--owner ${glob}`),
    options.excludeOwner.map((glob) => `--exclude-owner ${glob}`),
    options.dropMain ? ["--drop-main"] : [],
  ].flat().join(" ");
}

function tag(text: string, tags: Record<string, string>): Record<string, string> {
  const [key = "", ...value] = text.split("=");
  if (key === "" || value.length === 0) throw new InvalidArgumentError("write it as KEY=VALUE");
  return { ...tags, [key]: value.join("=") };
}

function repeated(text: string, known: string[]): string[] {
  return [...known, text];
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("write a whole number");
  return Number(text);
}

function count(text: string): number {
  const number = wholeNumber(text);
  if (number < 1) throw new InvalidArgumentError("write a number from 1 on");
  return number;
}

function portable(text: string): PortabilityFilter {
  if (text !== "strict" && text !== "names") throw new InvalidArgumentError("write `--portable` or `--portable=strict`");
  return text;
}

function failOn(text: string): Verdict[] {
  return text.split(",").map((word) => {
    const verdict = verdicts.find((verdict) => verdict === word.trim());
    if (verdict === undefined) throw new InvalidArgumentError(`write some of ${verdicts.join(",")}`);
    return verdict;
  });
}
