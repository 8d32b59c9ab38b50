import { projectFlag } from "../julia/julia-flags.ts";
/** What a program that starts Julia has to be told. Paths are absolute. */
export interface Wiring {
  readonly julia: string;
  readonly juliaVersion: string;
  readonly sysimage: string;
  readonly project?: string | undefined;
  /** What an alias, a launcher or a kernel is called: letters, digits, `-` and `_`. */
  readonly name: string;
  /** IJulia's file that starts a kernel, where one was found. */
  readonly kernelFile?: string | undefined;
}

/** The options that Julia needs, as words. */
export function juliaFlags({ sysimage, project }: Wiring): string[] {
  return [`--sysimage=${sysimage}`, ...projectFlag(project)];
}

/** A name for what starts Julia on this image: of `/app/my app.so`, `julia-my-app`. */
export function wiringName(sysimage: string): string {
  const base = (sysimage.split(/[/\\]/).at(-1) ?? "").replace(/\.(?:so|dylib|dll)$/, "");
  return `julia-${base.replace(/[^\w-]+/g, "-").replace(/^-+|-+$/g, "")}`;
}
