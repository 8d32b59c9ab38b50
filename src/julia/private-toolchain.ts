import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import { join } from "node:path";
import { err, ok, type Result } from "../support/result.ts";
import { runTool, type ToolCommand, type ToolExit, type ToolFailure } from "../support/run-tool.ts";
import { writeWhole } from "../support/scratch.ts";

/**
 * A Julia of our own for a Debian machine that has none: 1.5.3 of Debian's bullseye suite, unpacked under the user's
 * cache folder. No root, no change to the system; apt checks Debian's signatures as it does for the system itself.
 */
export type SetupFailure =
  | { readonly reason: "unsupported"; readonly lacking: string }
  | { readonly reason: "tool"; readonly step: string; readonly failure: ToolFailure };

const suite = "bullseye";
const packages = ["julia", "libjulia-dev"];
/** The system's newer ones serve; these would shadow them through LD_LIBRARY_PATH. */
const leftOut = /^(libc6|libgcc-s1|libstdc\+\+6|dpkg|tar|perl-base|debconf)_/;
const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** The folder of private toolchains: `$XDG_CACHE_HOME/preimage`, by default `~/.cache/preimage`. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "preimage");
}

function toolchainFolder(): string {
  return join(cacheFolder(), "julia-1.5.3-debian");
}

/** The private toolchain's Julia, where it is installed whole. */
export function privateJulia(): string | undefined {
  const wrapper = join(toolchainFolder(), "julia");
  return existsSync(wrapper) ? wrapper : undefined;
}

/**
 * Installs the private toolchain (about 80 MB to download, 350 MB on disk) and gives its Julia. What was downloaded
 * stays until the end, so that an interrupted run is resumed. `tell` hears of each step.
 */
export async function installPrivateToolchain(
  tell: (step: string) => void,
  abort?: AbortSignal,
): Promise<Result<string, SetupFailure>> {
  const home = toolchainFolder();
  const download = `${home}.download`;
  const lacking = await whatIsLacking();
  if (lacking !== undefined) return err({ reason: "unsupported", lacking });
  const step = async (name: string, command: ToolCommand): Promise<Result<ToolExit, SetupFailure>> => {
    const run = await runTool(command, { streams: { kind: "capture" }, abort });
    return run.ok ? run : err({ reason: "tool", step: name, failure: run.error });
  };

  const settings = await step("read apt's settings", { program: "apt-config", args: ["dump"] });
  if (!settings.ok) return settings;
  const targets = await step("ask apt where Debian is", {
    program: "apt-get",
    args: ["indextargets", "--no-release-info", "--format", "$(REPO_URI)|$(RELEASE)|$(COMPONENT)|$(CREATED_BY)"],
  });
  if (!targets.ok) return targets;
  const archive = mainArchive(targets.value.stdout);
  if (archive === undefined) return err({ reason: "unsupported", lacking: "a Debian archive among apt's sources" });
  const apt = writeAptState(download, archive, settings.value.stdout);

  tell(`reading the package list of Debian ${suite}`);
  const update = await step("apt-get update", apt("update"));
  if (!update.ok) return update;
  tell("downloading Julia 1.5.3 (about 80 MB)");
  const fetched = await step(
    "download Julia",
    apt("install", "--yes", "--no-install-recommends", "--download-only", ...packages),
  );
  if (!fetched.ok) return fetched;

  tell("unpacking (about 350 MB)");
  const unpacked = `${home}.unpacking`;
  rmSync(unpacked, { recursive: true, force: true });
  mkdirSync(unpacked, { recursive: true });
  const archives = join(download, "cache", "archives");
  for (const file of readdirSync(archives).filter((name) => name.endsWith(".deb") && !leftOut.test(name))) {
    const part = await step(`unpack ${file}`, {
      program: "dpkg-deb",
      args: ["--extract", join(archives, file), join(unpacked, "prefix")],
    });
    if (!part.ok) return part;
  }
  rmSync(home, { recursive: true, force: true });
  renameSync(unpacked, home);
  writeWrapper(home);
  rmSync(download, { recursive: true, force: true });
  return ok(join(home, "julia"));
}

async function whatIsLacking(): Promise<string | undefined> {
  if (process.platform !== "linux") return "a Debian-like Linux";
  for (const tool of ["apt-get", "apt-config", "dpkg-deb"]) {
    const run = await runTool({ program: tool, args: ["--version"] }, { streams: { kind: "capture" } });
    if (!run.ok) return `\`${tool}\``;
  }
  return existsSync(keyring) ? undefined : `Debian's archive keyring at \`${keyring}\``;
}

/**
 * The main archive's address from `apt-get indextargets`: the security and updates archives do not carry old suites.
 * Third parties build archives of the same shape, so one that stands at its host's `/debian` goes first.
 */
export function mainArchive(targets: string): string | undefined {
  const archives = targets
    .split("\n")
    .map((line) => line.split("|"))
    .filter(
      ([uri = "", release = "", component, createdBy]) =>
        createdBy === "Packages" && component === "main" && /^[a-z]+$/.test(release) && /debian\/?$/.test(uri),
    )
    .map(([uri]) => uri);
  return archives.find((uri) => /^\w+:\/\/[^/]+\/debian\/?$/.test(uri ?? "")) ?? archives[0];
}

/**
 * An apt that keeps to `folder`: its own state, cache and sources, of the machine's settings only how to reach the
 * network. The machine's hooks are left out, as they would clean the system's own cache.
 */
function writeAptState(folder: string, archive: string, settings: string): (...args: string[]) => ToolCommand {
  for (const part of ["state/lists/partial", "cache/archives/partial"])
    mkdirSync(join(folder, part), { recursive: true });
  writeFileSync(join(folder, "status"), "");
  writeFileSync(join(folder, "sources.list"), `deb [signed-by=${keyring}] ${archive} ${suite} main\n`);
  const network = settings.split("\n").filter((line) => /^Acquire::(https?|ftp|Retries|Check-)/i.test(line));
  const config = [
    ...network,
    'Dir::Etc::Main "/dev/null";',
    'Dir::Etc::Parts "/dev/null";',
    'Dir::Etc::SourceParts "/dev/null";',
    `Dir::Etc::SourceList "${join(folder, "sources.list")}";`,
    `Dir::State "${join(folder, "state")}";`,
    `Dir::State::Status "${join(folder, "status")}";`,
    `Dir::Cache "${join(folder, "cache")}";`,
    `APT::Sandbox::User "${userInfo().username}";`,
    'Acquire::Languages "none";',
  ];
  writeFileSync(join(folder, "apt.conf"), `${config.join("\n")}\n`);
  return (...args) => ({
    program: "apt-get",
    args: ["--quiet", ...args],
    env: { APT_CONFIG: join(folder, "apt.conf"), DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C" },
  });
}

/** Written last: a wrapper is there only where the toolchain is whole. */
function writeWrapper(home: string): void {
  const libraries = join(home, "prefix", "usr", "lib");
  const triplet = readdirSync(libraries).find((name) => existsSync(join(libraries, name, "julia", "sys.so")));
  if (triplet === undefined) throw new Error(`no Julia sysimage below ${libraries}`);
  const path = ["usr/lib", "lib"].map((folder) => join(home, "prefix", folder, triplet)).join(":");
  writeWhole(
    join(home, "julia"),
    [
      "#!/bin/sh",
      "# libunwind 1.3 of this folder must come first: with a newer one, Julia 1.5 crashes on exceptions while it bakes",
      `LD_LIBRARY_PATH='${path}'"\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"`,
      "export LD_LIBRARY_PATH",
      `exec '${join(home, "prefix", "usr", "bin", "julia")}' "$@"`,
      "",
    ].join("\n"),
    0o755,
  );
}
