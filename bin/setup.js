// Sets up what a fresh machine lacks: the packages, a Node that is new enough, a Julia, and with --browser what the tests
// of the report's page need. Runs on the system's Node.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ensureBrowser } from "./browser.js";
import { checkoutNode } from "./newer-node.cjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const installedMark = `${root}/node_modules/.preimage-installed`;
const lock = createHash("sha256")
  .update(readFileSync(`${root}/package-lock.json`))
  .digest("hex");

if (!existsSync(installedMark) || readFileSync(installedMark, "utf8") !== lock) {
  console.error("setup: installing the packages of package-lock.json");
  // A Node below the floor may install: the floor counts for running, and node@24 comes with the packages.
  run(process.platform === "win32" ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  writeFileSync(installedMark, lock);
}
if (process.argv.includes("--browser")) ensureBrowser();
run(checkoutNode() ?? process.execPath, [`${root}/bin/preimage.js`, "setup"]);

/** @param {string} program @param {string[]} args */
function run(program, args) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: ["ignore", 2, 2] });
  if (error) console.error(`setup: ${program} did not start: ${error.message}`);
  if (status !== 0) process.exit(status ?? 3);
}
