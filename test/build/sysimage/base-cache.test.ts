import { existsSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { cacheBase, cachedBase } from "../../../src/build/sysimage/base-cache.ts";
import { tempFolder } from "../../temp-folder.ts";

afterEach(() => void vi.unstubAllEnvs());

it("a base is kept for the next bake of its kind, and goes when nobody has wanted it for a week", () => {
  vi.stubEnv("XDG_CACHE_HOME", tempFolder());
  const image = join(tempFolder(), "base.ji");
  writeFileSync(image, "base");
  expect(cachedBase("one")).toBeUndefined();
  cacheBase("one", image);
  const kept = cachedBase("one") ?? "";
  expect(readFileSync(kept, "utf8")).toBe("base");
  const longAgo = new Date(Date.now() - 8 * 24 * 3600 * 1000);
  utimesSync(kept, longAgo, longAgo);
  cacheBase("two", image);
  expect(existsSync(kept)).toBe(false);
  expect(cachedBase("two")).toBeDefined();
});

it("a cache that cannot be written is none", () => {
  const file = join(tempFolder(), "file");
  writeFileSync(file, "");
  vi.stubEnv("XDG_CACHE_HOME", file);
  cacheBase("one", file);
  expect(cachedBase("one")).toBeUndefined();
});
