import type { JuliaVersion } from "../../julia/julia-version.ts";
import { isWithin, type VersionRange } from "../../julia/versions.ts";

/** What a bake wants of the staging script beyond loading packages and replaying the list. */
export interface StagingWants {
  readonly importIntoMain: boolean;
  readonly definitions: boolean;
  readonly execute: boolean;
  readonly script: boolean;
  /** Julia is started with `--strip-metadata`: nothing may name a source file. */
  readonly stripMetadata: boolean;
  /** Infer in front of emission what emission would infer: see preinfer.jl. */
  readonly preinfer: boolean;
}

interface StagingStep extends VersionRange {
  /** A comment in the script. */
  readonly why: string;
  /** Only where this is wanted. */
  readonly when?: keyof StagingWants;
  readonly julia: string;
}

/**
 * The staging script, step by step, with the versions that need each. What they are told goes by a plan file, lines of
 * `key<TAB>value…`, so that no path or name becomes code.
 * Source: PackageCompiler 1.2 to 2.4 and Julia's own build; run on 1.5, and in this order by hand on 1.10 and 1.12.
 */
const steps: readonly StagingStep[] = [
  {
    why: "No module of the base image has run its `__init__` here: before this, printing an error crashes.",
    julia: `Base.reinit_stdio()`,
  },
  {
    why: "The plan: lines of `key<TAB>value…`.",
    julia: `
plan = [split(line, '\\t') for line in eachline(ARGS[1])]
values_of(key) = [String.(entry[2:end]) for entry in plan if entry[1] == key]
only_or_nothing(entries) = isempty(entries) ? nothing : entries[1][1]
value_of(key) = only_or_nothing(values_of(key))`,
  },
  {
    why: "Where Julia stands, which `__init__` would have found out.",
    julia: `
@eval Sys BINDIR = ccall(:jl_get_julia_bindir, Any, ())::String
@eval Sys STDLIB = $(value_of("stdlib"))`,
  },
  {
    why: "These are used while packages are loaded.",
    until: [1, 5],
    julia: `
Base.PCRE.__init__()
let random = Base.PkgId(Base.UUID("9a3f8284-a2c9-5f02-9a11-845980a1fd5c"), "Random")
    haskey(Base.loaded_modules, random) && Base.loaded_modules[random].__init__()
end`,
  },
  { why: "Where packages are found.", until: [1, 7], julia: `Base.init_load_path()` },
  { why: "The project that `--project` names.", from: [1, 6], until: [1, 7], julia: `Base.init_active_project()` },
  {
    why: "Only the project and the standard library: what else stands on the load path is not the user's project.",
    from: [1, 7],
    julia: `copy!(LOAD_PATH, filter(!isnothing, [value_of("project"), "@stdlib"]))`,
  },
  { why: "Where packages are kept.", julia: `Base.init_depot_path()` },
  {
    why: "What is loaded, by its uuid: two packages may have one name.",
    julia: `
in_base = Base.loaded_modules_array()
for (name, uuid) in values_of("package")
    id = isempty(uuid) ? Base.identify_package(name) : Base.PkgId(Base.UUID(uuid), name)
    id === nothing && error("package \`$name\` is not in the project")
    Base.require(id)
end`,
  },
  {
    why: "A name that the project does not know by itself, or that Main has already, stays as it is.",
    when: "importIntoMain",
    julia: `
for (name, uuid) in values_of("package")
    id = Base.identify_package(name)
    known = id !== nothing && (isempty(uuid) || id.uuid == Base.UUID(uuid))
    known && !isdefined(Main, Symbol(name)) && Core.eval(Main, Expr(:import, Expr(:., Symbol(name))))
end`,
  },
  {
    why: "Definitions that the image is to hold in Main.",
    when: "definitions",
    julia: `Base.include(Main, value_of("definitions"))`,
  },
  {
    why: "The list, with a verdict for each statement.",
    julia: `
Base.include(@__MODULE__, value_of("replay"))
replay(value_of("statements"), value_of("verdicts"))`,
  },
  {
    why: "A program that is run in this process: what it compiles, the image holds.",
    when: "execute",
    julia: `
Base.include(@__MODULE__, value_of("execution"))
for words in values_of("execute")
    execute(words, in_base)
end`,
  },
  {
    why: "The user's last words.",
    when: "script",
    julia: `Base.include(Main, value_of("script"))`,
  },
  {
    why: "Emission must find everything inferred that it is going to ask for.",
    when: "preinfer",
    until: [1, 6],
    julia: `
Base.include(@__MODULE__, value_of("preinfer"))
preinfer(value_of("statements"))`,
  },
  {
    why: "Whoever waits for the image knows now that what follows is emission.",
    julia: `close(open(value_of("staged"), "w"))`,
  },
  {
    why: "Without metadata the image must name no source file either.",
    when: "stripMetadata",
    julia: `
empty!(Base._included_files)
empty!(Base.Docs.keywords)`,
  },
  { why: "Nor a package's.", when: "stripMetadata", from: [1, 6], julia: `empty!(Base.pkgorigins)` },
  {
    why: "What belongs to this process must not be found again in the image.",
    julia: `
empty!(LOAD_PATH)
empty!(DEPOT_PATH)
empty!(Base.ARGS)
empty!(Core.ARGS)`,
  },
  {
    why: "Nor project files that were read here.",
    from: [1, 6],
    julia: `
empty!(Base.TOML_CACHE.d)
Base.TOML.reinit!(Base.TOML_CACHE.p, "")`,
  },
  {
    why: "Found out anew when the image starts.",
    julia: `
@eval Sys BINDIR = ""
@eval Sys STDLIB = ""`,
  },
];

/** The script that stages an image on this Julia. It is run in a module of its own: see `stageScript`. */
export function stagingScript(version: JuliaVersion, wants: StagingWants): string {
  const taken = steps.filter((step) => isWithin(version, step) && (step.when === undefined || wants[step.when]));
  const head = `# Staging on Julia ${version.major}.${version.minor}: what is loaded and compiled when this ends, the image holds.\n`;
  return [head, ...taken.map(({ why, julia }) => `# ${why}\n${julia.trim()}\n`)].join("\n");
}

/**
 * What Julia is started with: everything happens in a module without a name in Main, so that the image's Main stays as
 * empty as Julia's own, and no closure in it is renumbered.
 */
export const stageScript = `Base.include(Module(:PreimageStaging), joinpath(@__DIR__, "staging.jl"))\n`;
