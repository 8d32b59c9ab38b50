import { globSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it, vi } from "vitest";
import { knownToolchain } from "../../src/julia/known-toolchain.ts";
import { tempFolder } from "../temp-folder.ts";
import { realToolchain } from "./toolchain.ts";

async function known(julia: string) {
  const found = await knownToolchain(julia);
  if (!found.ok) throw new Error(found.error.reason);
  return found.value;
}

it("a Julia is not asked again while its files are the same", async () => {
  const real = await realToolchain();
  const cache = tempFolder();
  vi.stubEnv("XDG_CACHE_HOME", cache);
  const libraries = dirname(real.libjulia);
  vi.stubEnv("LD_LIBRARY_PATH", [libraries, libraries.replace("/usr/lib/", "/lib/")].join(":"));
  const julia = join(real.bindir, "julia");
  const asked = await known(julia);
  expect(asked).toEqual({ ...real, julia, foundBy: "--julia" });

  const [name = ""] = globSync("preimage/known/*.json", { cwd: cache });
  const memory = join(cache, name);
  const text = readFileSync(memory, "utf8");
  writeFileSync(memory, text.replace(`"cpu":"${real.cpu}"`, '"cpu":"remembered"'));
  expect((await known(julia)).cpu).toBe("remembered");

  const { states } = JSON.parse(text) as { readonly states: Readonly<Record<string, string>> };
  writeFileSync(memory, readFileSync(memory, "utf8").replace(states[real.baseSysimage] ?? "?", "replaced since"));
  expect((await known(julia)).cpu).toBe(real.cpu);
  vi.unstubAllEnvs();
});

it("a script may start another Julia each time, and is asked each time", async () => {
  const { bindir, libjulia } = await realToolchain();
  const cache = tempFolder();
  vi.stubEnv("XDG_CACHE_HOME", cache);
  const libraries = dirname(libjulia);
  const path = `${libraries}:${libraries.replace("/usr/lib/", "/lib/")}`;
  const script = join(cache, "julia");
  writeFileSync(script, `#!/bin/sh\nLD_LIBRARY_PATH='${path}' exec '${bindir}/julia' "$@"\n`, { mode: 0o755 });
  await known(script);
  expect(globSync("preimage/known/*", { cwd: cache })).toEqual([]);
  vi.unstubAllEnvs();
});
