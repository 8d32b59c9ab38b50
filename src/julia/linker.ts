import { isExecutable, onPath } from "../support/on-path.ts";
import type { Toolchain } from "./toolchain.ts";
import { hasOwnLinker } from "./versions.ts";

/** What links a sysimage. */
export type Linker = CompilerLinker | { readonly kind: "julia" };

/** A C compiler. */
export interface CompilerLinker {
  readonly kind: "compiler";
  readonly program: string;
  /** From JULIA_CC, which may hold arguments. */
  readonly args: readonly string[];
  readonly foundBy: "JULIA_CC" | "PATH";
}

/** A C compiler where there is one, else the lld that Julia brings from 1.9 on. */
export function linkerFor({ version }: Toolchain): Linker | undefined {
  return findCompiler() ?? (process.env.JULIA_CC?.trim() || !hasOwnLinker(version) ? undefined : { kind: "julia" });
}

/** JULIA_CC decides where it is set; otherwise the first of `cc`, `gcc`, `clang` on PATH. */
export function findCompiler(): CompilerLinker | undefined {
  const asked = (process.env.JULIA_CC ?? "").trim();
  if (asked !== "") {
    // A path may hold blanks; what is no path to a program is a program and its arguments.
    const [program = "", ...args] = isExecutable(asked) ? [asked] : asked.split(/\s+/);
    const found = /[/\\]/.test(program) ? program : onPath(program);
    return found === undefined ? undefined : { kind: "compiler", program: found, args, foundBy: "JULIA_CC" };
  }
  for (const name of ["cc", "gcc", "clang"]) {
    const program = onPath(name);
    if (program !== undefined) return { kind: "compiler", program, args: [], foundBy: "PATH" };
  }
  return undefined;
}
