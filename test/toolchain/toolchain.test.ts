import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { findToolchain } from "../../src/julia/toolchain.ts";
import { setupDiagnostic, toolchainDiagnostic } from "../../src/julia/toolchain-diagnostic.ts";
import { tempFolder } from "../temp-folder.ts";

/** A machine without any Julia. */
beforeEach(() => {
  const empty = tempFolder();
  for (const name of ["HOME", "XDG_CACHE_HOME", "PATH"]) vi.stubEnv(name, empty);
  for (const name of ["PREIMAGE_JULIA", "JULIA"]) vi.stubEnv(name, undefined);
});
afterEach(() => void vi.unstubAllEnvs());

function program(path: string, body: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

const answers = {
  version: "1.10.8",
  commit: "4c16ff44be",
  bindir: "/opt/julia/bin",
  stdlib: "/opt/julia/share/julia/stdlib/v1.10",
  sysimage: "/opt/julia/lib/julia/sys.so",
  libjulia: "/opt/julia/lib/libjulia.so.1.10",
  "libjulia-internal": "/opt/julia/lib/julia/libjulia-internal.so.1.10",
  debug: "false",
  os: "Linux",
  arch: "x86_64",
  cpu: "skylake",
};

/** A program that answers the probe like a Julia. */
function fakeJulia(path: string, more: Partial<Record<keyof typeof answers, string>> = {}): string {
  const said = Object.entries({ ...answers, ...more }).filter(([, value]) => value !== "");
  return program(path, said.map(([key, value]) => `printf '%s\\t%s\\n' '${key}' '${value}'`).join("\n"));
}

describe("where a Julia is looked for", () => {
  it("is the flag, then the environment, then the machine; the first that names one decides", async () => {
    const home = tempFolder();
    const path = tempFolder();
    vi.stubEnv("HOME", home);
    vi.stubEnv("PATH", path);
    const places = [
      [
        "private toolchain",
        () => fakeJulia(join(process.env.XDG_CACHE_HOME ?? "", "preimage/julia-1.5.3-debian/julia")),
      ],
      ["juliaup", () => fakeJulia(join(home, ".juliaup", "bin", "julia"))],
      ["PATH", () => fakeJulia(join(path, "julia"))],
      ["JULIA", () => stubbed("JULIA", fakeJulia(join(tempFolder(), "julia")))],
      ["PREIMAGE_JULIA", () => stubbed("PREIMAGE_JULIA", fakeJulia(join(tempFolder(), "julia")))],
    ] as const;
    for (const [foundBy, make] of places) {
      const julia = make();
      expect(await findToolchain(undefined)).toMatchObject({ ok: true, value: { foundBy, julia } });
    }
    const julia = fakeJulia(join(tempFolder(), "julia"));
    expect(await findToolchain(julia)).toMatchObject({ ok: true, value: { foundBy: "--julia", julia } });

    function stubbed(name: string, value: string): string {
      vi.stubEnv(name, value);
      return value;
    }
  });

  it("may be an installation's folder, or a word that is on PATH", async () => {
    const folder = tempFolder();
    const julia = fakeJulia(join(folder, "bin", "julia"));
    expect(await findToolchain(folder)).toMatchObject({ ok: true, value: { julia } });
    const other = fakeJulia(join(folder, "path", "julia-1.10"));
    vi.stubEnv("PATH", dirname(other));
    expect(await findToolchain("julia-1.10")).toMatchObject({ ok: true, value: { julia: other } });
  });

  it("is told where there is none", async () => {
    const found = await findToolchain(undefined);
    const looked = ["--julia", "PREIMAGE_JULIA", "JULIA", "PATH", "juliaup", "private toolchain"];
    expect(found).toEqual({ ok: false, error: { reason: "none-found", looked } });
  });
});

describe("a toolchain", () => {
  it("is as Julia described it", async () => {
    const julia = fakeJulia(join(tempFolder(), "julia"));
    expect(await findToolchain(julia)).toEqual({
      ok: true,
      value: {
        julia,
        foundBy: "--julia",
        version: { major: 1, minor: 10, patch: 8, text: "1.10.8" },
        commit: answers.commit,
        bindir: answers.bindir,
        stdlib: answers.stdlib,
        baseSysimage: answers.sysimage,
        defaultSysimage: answers.sysimage,
        libjulia: answers.libjulia,
        libraryFolders: ["/opt/julia/lib", "/opt/julia/lib/julia"],
        debugBuild: false,
        os: "Linux",
        arch: "x86_64",
        cpu: "skylake",
      },
    });
  });

  it("of Julia 1.5 has one library, in one folder", async () => {
    const julia = fakeJulia(join(tempFolder(), "julia"), { version: "1.5.3", "libjulia-internal": "" });
    expect(await findToolchain(julia)).toMatchObject({ ok: true, value: { libraryFolders: ["/opt/julia/lib"] } });
  });

  it("has the sysimage that a link leads to", async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, "real.so"), "");
    symlinkSync(join(folder, "real.so"), join(folder, "sys.so"));
    const julia = fakeJulia(join(folder, "julia"), { sysimage: join(folder, "sys.so"), debug: "true" });
    const found = await findToolchain(julia);
    expect(found).toMatchObject({ ok: true, value: { baseSysimage: join(folder, "real.so"), debugBuild: true } });
  });
});

describe("a Julia that is no good", () => {
  it.each(["--julia", "PREIMAGE_JULIA", "JULIA"])("is not replaced by another where %s names it", async (foundBy) => {
    const good = fakeJulia(join(tempFolder(), "julia"));
    vi.stubEnv("PATH", dirname(good));
    const path = join(tempFolder(), "absent", "julia");
    if (foundBy !== "--julia") vi.stubEnv(foundBy, path);
    const found = await findToolchain(foundBy === "--julia" ? path : undefined);
    expect(found).toEqual({ ok: false, error: { reason: "not-executable", path, foundBy } });
  });

  it("may be a file that is no program, or an empty word", async () => {
    const path = join(tempFolder(), "julia");
    writeFileSync(path, "");
    expect(await findToolchain(path)).toMatchObject({ ok: false, error: { reason: "not-executable", path } });
    expect(await findToolchain("")).toMatchObject({ ok: false, error: { reason: "not-executable" } });
    expect(await findToolchain("julia-9")).toMatchObject({
      ok: false,
      error: { reason: "not-executable", path: "julia-9" },
    });
  });

  it.each([
    ["answers something else", "echo hello"],
    ["answers nothing", "exit 0"],
    ["answers half", "printf 'version\\t1.10.8\\n'"],
    ["has a version that is none", "printf 'version\\tlatest\\nlibjulia\\t/l\\nsysimage\\t/s\\n'"],
  ])("may be a program that %s", async (_, body) => {
    const path = program(join(tempFolder(), "julia"), body);
    expect(await findToolchain(path)).toEqual({ ok: false, error: { reason: "not-julia", path, foundBy: "--julia" } });
  });

  it("may end badly, and its last words are kept", async () => {
    const path = program(join(tempFolder(), "julia"), "echo 'cannot open shared object' >&2; exit 127");
    expect(await findToolchain(path)).toMatchObject({
      ok: false,
      error: {
        reason: "not-julia",
        path,
        failure: { reason: "exit-status", status: 127, output: "cannot open shared object" },
      },
    });
  });
});

describe("what is said of it", () => {
  const command = { program: "/x/julia", args: [] };

  it.each([
    [{ reason: "none-found", looked: ["--julia", "PATH"] }, "PI301", "no Julia was found (looked at --julia, PATH)"],
    [
      { reason: "not-executable", path: "/x/julia", foundBy: "JULIA" },
      "PI302",
      "`/x/julia`, named by JULIA, is no program that can be run",
    ],
    [
      { reason: "not-julia", path: "/x/julia", foundBy: "PATH" },
      "PI303",
      "`/x/julia`, found through PATH, is no usable Julia: it does not answer like Julia",
    ],
    [
      {
        reason: "not-julia",
        path: "/x/julia",
        foundBy: "PATH",
        failure: { reason: "exit-status", command, status: 127, output: "one\ntwo" },
      },
      "PI303",
      "`/x/julia`, found through PATH, is no usable Julia: `/x/julia` ended with status 127\n    one\n    two",
    ],
  ] as const)("%j", (failure, code, message) => {
    const diagnostic = toolchainDiagnostic(failure);
    expect(diagnostic).toMatchObject({ code, message, severity: "error" });
    expect(diagnostic.hints).not.toEqual([]);
  });

  it("an installation that stopped tells the step and the tool's last words", () => {
    const failure = {
      reason: "exit-status",
      command: { program: "apt-get", args: ["update"] },
      status: 100,
      output: "E: no",
    } as const;
    expect(setupDiagnostic({ reason: "tool", step: "apt-get update", failure })).toMatchObject({
      code: "PI305",
      message: 'installing Julia stopped at "apt-get update": `apt-get` ended with status 100\n    E: no',
    });
    expect(setupDiagnostic({ reason: "unsupported", lacking: "`apt-get`" })).toMatchObject({
      code: "PI304",
      message: expect.stringContaining("this machine lacks `apt-get`"),
    });
  });
});
