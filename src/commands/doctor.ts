import { existsSync, mkdtempSync, rmdirSync, statfsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { diskNeeds, freeMemory, memoryNeed } from "../build/preflight.ts";
import { isStamped } from "../build/stamp.ts";
import { findCompiler, linkerFor } from "../julia/linker.ts";
import { findToolchain, type Toolchain } from "../julia/toolchain.ts";
import { toolchainDiagnostic } from "../julia/toolchain-diagnostic.ts";
import { isSupported, linkedLibraries, oldestSupported } from "../julia/versions.ts";
import { StatementStore } from "../store/statement-store.ts";
import { storeDiagnostic } from "../store/store-diagnostic.ts";
import { ok } from "../support/result.ts";
import { runTool } from "../support/run-tool.ts";
import { toolFailureText } from "../support/tool-failure-text.ts";
import type { CommandContext, CommandResult } from "./context.ts";

export interface DoctorRow {
  readonly item: string;
  /** `missing`: a build cannot work; `warning`: it may not. */
  readonly verdict: "ok" | "warning" | "missing";
  readonly found: string;
  /** The command that mends it. */
  readonly mend?: string | undefined;
}

export interface DoctorOutcome {
  readonly rows: readonly DoctorRow[];
  readonly canBuild: boolean;
}

export async function doctor(
  asked: string | undefined,
  context: CommandContext,
): Promise<CommandResult<DoctorOutcome>> {
  const found = await findToolchain(asked, context.abort);
  const toolchain = found.ok ? found.value : undefined;
  const diagnostic = found.ok ? undefined : toolchainDiagnostic(found.error);
  const rows: DoctorRow[] = [
    { item: "Node", verdict: "ok", found: `${process.versions.node} (${process.execPath})` },
    toolchain === undefined
      ? {
          item: "Julia",
          verdict: "missing",
          found: diagnostic?.message ?? "",
          mend: found.ok || found.error.reason === "none-found" ? "preimage setup" : diagnostic?.hints[0],
        }
      : juliaRow(toolchain),
    ...(toolchain === undefined ? [] : [sysimageRow(toolchain), libjuliaRow(toolchain)]),
    await linkerRow(toolchain, context),
    memoryRow(toolchain),
    diskRow(toolchain),
    storeRow(context.storePath),
  ];
  return ok({ rows, canBuild: rows.every((row) => row.verdict !== "missing") });
}

function juliaRow({ julia, version, foundBy }: Toolchain): DoctorRow {
  const found = `${version.text} (${julia}, found through ${foundBy})`;
  return isSupported(version)
    ? { item: "Julia", verdict: "ok", found }
    : {
        item: "Julia",
        verdict: "missing",
        found,
        mend: `install Julia ${oldestSupported} or newer, and name it with --julia PATH`,
      };
}

function sysimageRow({ baseSysimage, defaultSysimage }: Toolchain): DoctorRow {
  const item = "base sysimage";
  if (!existsSync(baseSysimage)) return { item, verdict: "missing", found: baseSysimage, mend: "reinstall Julia" };
  const found = `${baseSysimage} (${megabytes(statSync(baseSysimage).size)})`;
  if (baseSysimage !== defaultSysimage)
    return { item, verdict: "ok", found: `${found}; \`install\` put another in its place, \`restore\` undoes it` };
  if (!isStamped(baseSysimage)) return { item, verdict: "ok", found };
  return {
    item,
    verdict: "warning",
    found: `${found}, baked by preimage: traces on it are not whole`,
    mend: "reinstall Julia",
  };
}

function libjuliaRow({ libjulia, libraryFolders, version, debugBuild }: Toolchain): DoctorRow {
  const suffix = process.platform === "darwin" ? ".dylib" : ".so";
  const missing = linkedLibraries(version, debugBuild).filter(
    (name) => !libraryFolders.some((folder) => existsSync(join(folder, `lib${name}${suffix}`))),
  );
  if (missing.length === 0 || process.platform === "win32") return { item: "libjulia", verdict: "ok", found: libjulia };
  const files = missing.map((name) => `lib${name}${suffix}`).join(", ");
  return {
    item: "libjulia",
    verdict: "missing",
    found: `no ${files} in ${libraryFolders.join(", ")}`,
    mend: "apt-get install libjulia-dev",
  };
}

async function linkerRow(toolchain: Toolchain | undefined, context: CommandContext): Promise<DoctorRow> {
  const linker = toolchain === undefined ? findCompiler() : linkerFor(toolchain);
  if (linker === undefined) {
    const asked = process.env.JULIA_CC;
    const found = asked ? `JULIA_CC names \`${asked}\`, which was not found` : "no cc, gcc or clang on PATH";
    return { item: "linker", verdict: "missing", found, mend: asked ? "correct JULIA_CC" : "apt-get install gcc" };
  }
  if (linker.kind === "julia") return { item: "linker", verdict: "ok", found: "the lld that Julia brings" };
  const run = await runTool(
    { program: linker.program, args: ["--version"] },
    { streams: { kind: "capture" }, abort: context.abort },
  );
  const version = run.ok ? (run.value.stdout.split("\n")[0] ?? "") : toolFailureText(run.error);
  return {
    item: "linker",
    verdict: run.ok ? "ok" : "missing",
    found: `${linker.program} (${version}, from ${linker.foundBy})`,
    ...(run.ok ? {} : { mend: linker.foundBy === "JULIA_CC" ? "correct JULIA_CC" : "apt-get install gcc" }),
  };
}

function memoryRow(toolchain: Toolchain | undefined): DoctorRow {
  const free = freeMemory();
  const needed = memoryNeed(baseBytes(toolchain));
  const row = { item: "memory", found: `${megabytes(free)} free, a bake takes about ${megabytes(needed)}` };
  return free >= needed
    ? { ...row, verdict: "ok" }
    : { ...row, verdict: "warning", mend: "close other programs before you bake" };
}

/** Of the base sysimage, or what one has about. */
function baseBytes(toolchain: Toolchain | undefined): number {
  const stat = toolchain && statSync(toolchain.baseSysimage, { throwIfNoEntry: false });
  return stat?.size ?? 2e8;
}

function diskRow(toolchain: Toolchain | undefined): DoctorRow {
  const needed = diskNeeds(baseBytes(toolchain), ".", ".").reduce((sum, [, bytes]) => sum + bytes, 0);
  const { bavail, bsize } = statfsSync(".");
  const row = {
    item: "disk",
    found: `${megabytes(bavail * bsize)} free here, a bake takes about ${megabytes(needed)}`,
  };
  return bavail * bsize >= needed
    ? { ...row, verdict: "ok" }
    : { ...row, verdict: "missing", mend: "free some space, or bake to another disk with -o FILE" };
}

/** A store is not made by being asked about. */
function storeRow(path: string): DoctorRow {
  const item = "store";
  if (!existsSync(path)) {
    const parent = nearestFolder(dirname(path));
    return isWritable(parent)
      ? { item, verdict: "ok", found: `${path} (made when first needed)` }
      : {
          item,
          verdict: "missing",
          found: `${path} cannot be made in ${parent}`,
          mend: "name another place with --store or PREIMAGE_STORE",
        };
  }
  const opened = StatementStore.open(path);
  if (!opened.ok) {
    const { message, hints } = storeDiagnostic(opened.error);
    return { item, verdict: "missing", found: message, mend: hints[0] };
  }
  const runs = opened.value.runs().length;
  opened.value.close();
  return { item, verdict: "ok", found: `${resolve(dirname(path), path)} (${runs} runs)` };
}

function nearestFolder(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestFolder(dirname(path));
}

function isWritable(folder: string): boolean {
  try {
    const probe = mkdtempSync(join(folder, ".preimage-"));
    rmdirSync(probe);
    return true;
  } catch {
    return false;
  }
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6).toLocaleString("en")} MB`;
