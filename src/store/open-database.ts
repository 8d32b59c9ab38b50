import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";

/**
 * `new Database(…)`, sooner: which of its binaries is meant, better-sqlite3 finds out with care and a dozen small files, a
 * tenth of a start. Where it is plain, we tell it; elsewhere it is asked. `from`: the folder that the package is looked
 * for from.
 */
export function openDatabase(path: string, options: Database.Options = {}, from = import.meta.dirname) {
  const nativeBinding = plainBinary(from);
  if (nativeBinding !== undefined) {
    try {
      return new Database(path, { ...options, nativeBinding });
    } catch (error) {
      if (!isNoBinary(error)) throw error;
    }
  }
  return askedOpen(path, options);
}

/** In our bundle its JavaScript stands apart from its binaries, so it is the installed package that knows them. */
function askedOpen(path: string, options: Database.Options): Database.Database {
  const { createRequire } = process.getBuiltinModule("node:module");
  const Installed: typeof Database = createRequire(import.meta.url)("better-sqlite3");
  return new Installed(path, options);
}

/** Of Node, not of SQLite: it is not there, or of another machine. */
function isNoBinary(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === "ERR_DLOPEN_FAILED" || code === "MODULE_NOT_FOUND";
}

/**
 * The prebuilt binary of this platform. Undefined where better-sqlite3 has to be asked: one was compiled by hand, which
 * goes first, or this may be a Linux of musl's, which has a binary of its own.
 */
export function plainBinary(from: string): string | undefined {
  const folder = packageFolder(from);
  if (folder === undefined || isCompiled(folder) || (process.platform === "linux" && hasMusl())) return undefined;
  return join(folder, "prebuilds", `${process.platform}-${process.arch}.node`);
}

/** As Node looks for it; that takes it ten times as long. */
function packageFolder(from: string): string | undefined {
  const folder = join(from, "node_modules", "better-sqlite3");
  if (existsSync(folder)) return folder;
  const above = dirname(from);
  return above === from ? undefined : packageFolder(above);
}

const isCompiled = (folder: string): boolean => existsSync(join(folder, "build"));

const muslArches: Readonly<Record<string, string>> = { x64: "x86_64", arm64: "aarch64" };
const hasMusl = (): boolean => existsSync(`/lib/ld-musl-${muslArches[process.arch]}.so.1`);
