// The browser that the test of the page is driven in. Runs on the system's Node.
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** How to get one, in words. */
export const browserAdvice =
  "install Chromium, such as with `apt-get install chromium`, or name one with PREIMAGE_CHROMIUM";

/** A Chromium that is here: PREIMAGE_CHROMIUM, or one on PATH. */
export function findBrowser() {
  const named = process.env.PREIMAGE_CHROMIUM;
  if (named) return named;
  const folders = (process.env.PATH ?? "").split(delimiter);
  return programs.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

/** Installs Debian's Chromium where that can be done without asking: by root, with apt-get. The tests do without it elsewhere. */
export function ensureBrowser() {
  if (findBrowser() !== undefined) return;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !onPath("apt-get")) {
    console.error(`setup: no Chromium is here, so the test of the report's page is left out; ${browserAdvice}`);
    return;
  }
  console.error("setup: installing Chromium for the test of the report's page");
  const install = ["install", "--yes", "--no-install-recommends", "chromium", "fonts-dejavu-core"];
  if (aptGet(install)) return;
  // A new machine has no lists of packages yet.
  aptGet(["update"]);
  if (!aptGet(install)) console.error(`setup: Chromium could not be installed; ${browserAdvice}`);
}

/** @param {string[]} args */
function aptGet(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync("apt-get", ["-qq", ...args], { stdio: ["ignore", "ignore", "ignore"], env }).status === 0;
}

/** @param {string} name */
const onPath = (name) => (process.env.PATH ?? "").split(delimiter).some((folder) => isProgram(join(folder, name)));

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
