import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { cacheFolder, installPrivateToolchain, mainArchive, privateJulia } from "../../src/julia/private-toolchain.ts";
import { tempFolder } from "../temp-folder.ts";

afterEach(() => void vi.unstubAllEnvs());

/** As `apt-get indextargets --format '$(REPO_URI)|$(RELEASE)|$(COMPONENT)|$(CREATED_BY)'` prints it. */
const bookworm = [
  "http://mirror.example/debian-security/|bookworm-security|main|Packages",
  "http://mirror.example/debian-security/|bookworm-security|main|Translations",
  "http://mirror.example/debian/|bookworm-updates|main|Packages",
  "https://third.example/linux/debian/|bookworm|stable|Packages",
  "https://browser.example/linux/deb/|stable|main|Packages",
  "https://database.example/pub/repos/apt/|bookworm-pgdg|main|Packages",
  "http://mirror.example/debian/|bookworm|main|Translations",
  "http://mirror.example/debian/|bookworm|contrib|Packages",
  "http://mirror.example/debian/|bookworm|main|Packages",
];

describe("the address of Debian's main archive", () => {
  it("is found behind the security and updates archives and those of third parties", () => {
    expect(mainArchive(bookworm.join("\n"))).toBe("http://mirror.example/debian/");
    expect(mainArchive(bookworm.toReversed().join("\n"))).toBe("http://mirror.example/debian/");
  });

  it("is not that of a third party whose archive looks the same", () => {
    const lookalike = "https://monitor.example/monitor/6.0/debian/|bookworm|main|Packages";
    expect(mainArchive([lookalike, ...bookworm].join("\n"))).toBe("http://mirror.example/debian/");
  });

  it.each([
    "http://mirror.example.org/debian",
    "http://proxy:3142/mirror.example/debian/",
    "https://mirror.example.edu/debian/",
    "file:/srv/mirror/debian/",
  ])("may be a mirror: %s", (uri) => {
    expect(mainArchive(`${uri}|trixie|main|Packages\n`)).toBe(uri);
  });

  it("is not known on Ubuntu", () => {
    const jammy = ["jammy", "jammy-updates", "jammy-security"].flatMap((release) => [
      `http://mirror.example/ubuntu/|${release}|main|Packages`,
      `http://mirror.example/ubuntu/|${release}|universe|Packages`,
    ]);
    expect(mainArchive(jammy.join("\n"))).toBeUndefined();
  });

  it.each(["", "\n", "E: no such target\n"])("is not known from %j", (targets) => {
    expect(mainArchive(targets)).toBeUndefined();
  });
});

describe("the private toolchain", () => {
  it("stands in the user's cache folder", () => {
    vi.stubEnv("HOME", "/home/ada");
    vi.stubEnv("XDG_CACHE_HOME", undefined);
    expect(cacheFolder()).toBe("/home/ada/.cache/preimage");
    vi.stubEnv("XDG_CACHE_HOME", "");
    expect(cacheFolder()).toBe("/home/ada/.cache/preimage");
    vi.stubEnv("XDG_CACHE_HOME", "/var/cache");
    expect(cacheFolder()).toBe("/var/cache/preimage");
  });

  it("is there only where it is installed whole", () => {
    const cache = tempFolder();
    vi.stubEnv("XDG_CACHE_HOME", cache);
    expect(privateJulia()).toBeUndefined();
    const home = join(cache, "preimage", "julia-1.5.3-debian");
    mkdirSync(join(home, "prefix"), { recursive: true });
    expect(privateJulia()).toBeUndefined();
    writeFileSync(join(home, "julia"), "#!/bin/sh\n");
    expect(privateJulia()).toBe(join(home, "julia"));
  });

  it("is not installed, nor begun, where the machine has no apt", async () => {
    const [cache, bin] = [tempFolder(), tempFolder()];
    vi.stubEnv("XDG_CACHE_HOME", cache);
    vi.stubEnv("PATH", bin);
    const told: string[] = [];
    expect(await installPrivateToolchain((step) => void told.push(step))).toMatchObject({
      ok: false,
      error: { reason: "unsupported" },
    });
    expect(told).toEqual([]);
    expect(privateJulia()).toBeUndefined();
  });

  it.skipIf(process.platform !== "linux")("is not installed where apt knows no Debian archive", async () => {
    const [cache, bin] = [tempFolder(), tempFolder()];
    vi.stubEnv("XDG_CACHE_HOME", cache);
    vi.stubEnv("PATH", bin);
    for (const name of ["apt-get", "apt-config", "dpkg-deb"]) {
      writeFileSync(join(bin, name), "#!/bin/sh\n");
      chmodSync(join(bin, name), 0o755);
    }
    const end = await installPrivateToolchain(() => {});
    expect(end).toMatchObject({
      ok: false,
      error: { reason: "unsupported", lacking: expect.stringContaining("Debian") },
    });
  });
});
