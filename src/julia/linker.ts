import { onPath } from "../support/on-path.ts";

/** The C compiler that links a sysimage. */
export interface Linker {
  readonly program: string;
  /** From JULIA_CC, which may hold arguments. */
  readonly args: readonly string[];
  readonly foundBy: "JULIA_CC" | "PATH";
}

/** JULIA_CC decides where it is set; otherwise the first of `cc`, `gcc`, `clang` on PATH. */
export function findLinker(): Linker | undefined {
  const asked = (process.env.JULIA_CC ?? "").trim();
  if (asked !== "") {
    const [program = "", ...args] = asked.split(/\s+/);
    const found = /[/\\]/.test(program) ? program : onPath(program);
    return found === undefined ? undefined : { program: found, args, foundBy: "JULIA_CC" };
  }
  for (const name of ["cc", "gcc", "clang"]) {
    const program = onPath(name);
    if (program !== undefined) return { program, args: [], foundBy: "PATH" };
  }
  return undefined;
}
