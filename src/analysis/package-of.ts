import type { TypeExpr } from "../../grammar/type-expr.ts";
import { childrenOf } from "../statement/map-type-expr.ts";
import type { Statement } from "../statement/statement.ts";

/** What comes with Julia: nobody puts code of their own into it. */
const standardLibrary: ReadonlySet<string> = new Set(
  (
    "ArgTools Artifacts Base64 CRC32c CompilerSupportLibraries_jll Dates DelimitedFiles Distributed Downloads " +
    "FileWatching Future InteractiveUtils JuliaSyntaxHighlighting LazyArtifacts LibCURL LibGit2 Libdl LinearAlgebra " +
    "Logging Markdown Mmap NetworkOptions OpenBLAS_jll Pkg Printf Profile REPL Random SHA Serialization SharedArrays " +
    "Sockets SparseArrays Statistics StyledStrings SuiteSparse TOML Tar Test UUIDs Unicode"
  ).split(" "),
);

/** The script's own module. */
export const mainModule = "Main";
/** For what no package of anybody's own is named in. */
export const baseModule = "Base";

/**
 * The package whose code can tell Julia to compile a statement: that of the method, or else the first that it names
 * which is no part of Julia. What the script defines is `Main`'s, whatever else is named.
 */
export function packageOf({ owner, tree }: Pick<Statement, "owner" | "tree">): string {
  const named = rootsOf(tree.signature);
  if (named.has(mainModule)) return mainModule;
  const [root = ""] = owner.split(".");
  return [root, ...named].find(isOwnPackage) ?? baseModule;
}

const isOwnPackage = (name: string): boolean => !["", "Core", baseModule].includes(name) && !standardLibrary.has(name);

/** The first names of all that stands behind a module, in the order of the text. */
export function rootsOf(signature: TypeExpr): ReadonlySet<string> {
  const roots = new Set<string>();
  const visit = (node: TypeExpr): void => {
    if (node.kind === "path" && node.segments.length > 1) roots.add(node.segments[0].name);
    for (const child of childrenOf(node)) visit(child);
  };
  visit(signature);
  return roots;
}
