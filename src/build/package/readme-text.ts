import type { PackagePlan } from "./package-plan.ts";

/** What whoever finds the folder wants to know of it. */
export function readmeText({
  name,
  uuid,
  tool,
  toolchain,
  project,
  statements,
  output,
  dependencies,
}: PackagePlan): string {
  const made = project === undefined ? "no project" : `the project \`${project}\``;
  return `# ${name}

A Julia package that holds compiled code and nothing else: of the ${statements.length} statements in \`src/statements.txt\`, each of
which names a method and the types of its arguments. Load it, and Julia need not compile them when your program first
calls them.

It was written by ${tool}, for Julia ${toolchain.version.text} and ${made}. \`preimage.json\` says what it was
made from, and what became of each statement.

## Use it

    julia -L "${output}/load.jl" app.jl

or, for every Julia, a line in \`~/.julia/config/startup.jl\`:

    include("${output}/load.jl")

or as a dependency of a project, and \`import ${name}\` in front of what it is for:

    julia --project -e 'using Pkg; Pkg.develop(path = "${output}")'

\`preimage use\` prints these and further ways; \`preimage status\` says whether it still fits.

## What it loads

${dependencies.length === 0 ? "Nothing." : dependencies.map((each) => each.name).join(", ")}

Where the active project has another version of one of these, Julia loads that, and precompiles this package anew for it.

## What is here

| file | what it is |
| --- | --- |
| \`Project.toml\` | name, uuid (\`${uuid}\`) and dependencies |
| \`Manifest.toml\` | where the dependencies are, as the project had them |
| \`src/${name}.jl\` | the module |
| \`src/statements.txt\` | the list, a signature a line; take out or add lines, and Julia precompiles anew |
| \`src/replay.jl\`, \`reflection.jl\`, \`compile.jl\` | read the list, without evaluating it |
| \`load.jl\` | loads the package by its folder |
| \`preimage.json\` | what it was made from, and the verdict on each statement |

## Remove it

Delete this folder, and the line that loads it. Julia keeps its cache in \`compiled/v${toolchain.version.major}.${toolchain.version.minor}/${name}\` of your depot (\`~/.julia\`),
and \`Pkg.gc()\` leaves it there: delete that folder too.
`;
}
