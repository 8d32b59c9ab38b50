import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { key, manifestText, quoted } from "../../julia/manifest-text.ts";
import { replayFiles } from "../../julia/replay.ts";
import { oldestWithPackageImages } from "../../julia/versions.ts";
import type { PackagePlan } from "./package-plan.ts";
import { readmeText } from "./readme-text.ts";

/** Where the list stands in the folder. */
export const statementsPath = "src/statements.txt";
/** What is handed to `julia -L`, or included. */
export const loadPath = "load.jl";

/** All files of the package but the list itself, by their paths in its folder. */
export function packageFiles(plan: PackagePlan): ReadonlyMap<string, string> {
  return new Map([
    ["Project.toml", projectText(plan)],
    [
      "Manifest.toml",
      manifestText(plan.manifest, plan.toolchain.version, `${writtenBy(plan)}: what the project resolved to`),
    ],
    ["README.md", readmeText(plan)],
    [loadPath, loadText(plan)],
    [`src/${plan.name}.jl`, moduleText(plan)],
    ...replayFiles.map((file): [string, string] => [`src/${basename(file)}`, readFileSync(file, "utf8")]),
  ]);
}

/** By this we know our own. */
export const writtenBy = ({ tool }: Pick<PackagePlan, "tool">): string => `written by ${tool}`;

function projectText(plan: PackagePlan): string {
  const { name, uuid, dependencies } = plan;
  return [
    `# ${writtenBy(plan)}: a package that holds the compiled code of a list; see README.md`,
    `name = ${quoted(name)}`,
    `uuid = ${quoted(uuid)}`,
    'version = "1.0.0"',
    "",
    "[deps]",
    ...byName(dependencies).map((each) => `${key(each.name)} = ${quoted(each.uuid)}`),
    "",
    "[compat]",
    `julia = ${quoted(oldestWithPackageImages)}`,
    "",
  ].join("\n");
}

const byName = <T extends { readonly name: string }>(all: readonly T[]): T[] =>
  [...all].sort((a, b) => (a.name < b.name ? -1 : 1));

/** A name as Julia code: those that are no identifiers, or words of the language, in `var"…"`. */
const asName = (name: string): string =>
  /^[A-Za-z_]\w*$/.test(name) ? name : `var"${name.replace(/[\\"$]/g, "\\$&")}"`;

/** The module. It stands at the top level that the list is replayed: only there Julia keeps what it compiles. */
function moduleText(plan: PackagePlan): string {
  const { name, dependencies, statements } = plan;
  return `# ${writtenBy(plan)}
"""
    ${name}

Holds the compiled code of the ${statements.length} statements in \`statements.txt\`, and nothing else: it has no functions to call. Load
it, and what the statements name need not be compiled.

Julia compiles them when it precompiles this package, and does so again by itself when a package below changes, when the
list does, or when Julia itself does.
"""
module ${name}

# The list names these: they are loaded in front of it.
${
  dependencies.length === 0
    ? "# (none)"
    : byName(dependencies)
        .map((each) => `import ${asName(each.name)}`)
        .join("\n")
}

# Turns the text of a statement into types, and has Julia compile for them. No code that the list might hold can run.
module PreimageReplay
Base.include(@__MODULE__, joinpath(@__DIR__, "replay.jl"))
end

# When the list changes, this package is precompiled anew.
include_dependency(joinpath(@__DIR__, "statements.txt"))

# Only while Julia writes the package's cache. Verdicts are written where the environment asks for them.
if ccall(:jl_generating_output, Cint, ()) == 1
    let verdicts = get(ENV, "PREIMAGE_VERDICTS", "")
        PreimageReplay.replay(joinpath(@__DIR__, "statements.txt"), isempty(verdicts) ? devnull : verdicts)
    end
end

end
`;
}

/** Found by its folder, whatever stands on the load path; what it depends on is found there last of all. */
function loadText(plan: PackagePlan): string {
  const { name, uuid } = plan;
  return `# ${writtenBy(plan)}
# Loads the package image of this folder, for \`julia -L load.jl\` or \`include\`. It binds no name, and where it cannot be
# loaded it says so and lets the program go on without.
let package = Base.PkgId(Base.UUID("${uuid}"), "${name}"), folder = @__DIR__
    push!(LOAD_PATH, folder)
    try
        Base.require(package)
    catch error
        print(stderr, "the package image ", folder, " was not loaded: ")
        showerror(stderr, error)
        println(stderr)
    finally
        deleteat!(LOAD_PATH, something(findlast(isequal(folder), LOAD_PATH)))
    end
end
`;
}
