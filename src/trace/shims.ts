import { chmodSync, copyFileSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const shimFile = fileURLToPath(new URL("shim.sh", import.meta.url));

/** What a Julia starts when it starts another: `Sys.BINDIR` joined with one of these, by the kind of its build. */
const executables: readonly string[] = ["julia", "julia-debug"];
/** A `bin` that Julia has to itself holds little else, and some packages look for it there. `/usr/bin` is left alone. */
const mostLinks = 64;

export interface ShimRequest {
  /** Where the traces go, and the shims. */
  readonly folder: string;
  /** What the shims start. */
  readonly julia: string;
  /** Julia's own `bin`: with it, what a traced Julia starts is traced as well. */
  readonly bindir: string | undefined;
  /** Replaces what the commands name. */
  readonly sysimage: string | undefined;
  readonly recorder: string;
}

export interface Shims {
  /** Stands before `julia` on PATH. */
  readonly shim: string;
  /** What a command is to be started with, so that each Julia writes a trace of its own. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function makeShims({ folder, julia, bindir, sysimage, recorder }: ShimRequest): Shims {
  const shims = join(folder, "bin");
  mkdirSync(shims);
  const shim = placeShim(shims, "julia");
  return {
    shim,
    env: {
      PREIMAGE_TRACE_FOLDER: folder,
      PATH: [shims, process.env.PATH].join(delimiter),
      PREIMAGE_REAL_JULIA: julia,
      PREIMAGE_RECORDER: recorder,
      PREIMAGE_SYSIMAGE: sysimage,
      PREIMAGE_JULIA_HOME: bindir === undefined ? undefined : makeHome(join(folder, "home"), bindir),
    },
  };
}

/**
 * A folder that stands for Julia's own `bin`, with shims for `julia`; all else, in it and beside it, is linked to what
 * Julia has. Gives its path.
 */
function makeHome(prefix: string, bindir: string): string {
  const bin = join(prefix, basename(bindir));
  mkdirSync(bin, { recursive: true });
  for (const name of executables) placeShim(bin, name);
  const others = readdirSync(bindir).filter((name) => !executables.includes(name));
  if (others.length <= mostLinks) linkAll(others, bindir, bin);
  const real = dirname(bindir);
  linkAll(
    readdirSync(real).filter((name) => name !== basename(bindir)),
    real,
    prefix,
  );
  return bin;
}

function placeShim(folder: string, name: string): string {
  const shim = join(folder, name);
  copyFileSync(shimFile, shim);
  chmodSync(shim, 0o755);
  return shim;
}

function linkAll(names: readonly string[], from: string, to: string): void {
  for (const name of names) symlinkSync(join(from, name), join(to, name));
}
