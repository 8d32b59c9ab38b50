#!/usr/bin/env node
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import module from "node:module";
import { fileURLToPath } from "node:url";
import { checkoutNode, meetsFloor, nodeFloor } from "./node-floor.js";

const [first] = process.argv.slice(2);

if (first === "--version" && process.argv.length === 3) {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  console.log(version);
} else if (meetsFloor(process.versions.node)) {
  await start();
} else {
  restartOnNewerNode();
}

async function start() {
  module.enableCompileCache?.();
  // A checkout runs its sources; the installed package has none.
  const source = new URL("../src/cli/main.ts", import.meta.url);
  const { main } = await import(existsSync(source) ? source.href : "../dist/main.js");
  await main(process.argv.slice(2));
}

function restartOnNewerNode() {
  const node = checkoutNode();
  if (node === undefined) {
    const floor = nodeFloor.join(".");
    console.error(`error[PI310]: preimage needs Node ${floor} or newer, and this is ${process.versions.node}`);
    console.error("  hint: install Node 24, for example with `npx node@24`, nvm or your distribution");
    process.exit(3);
  }
  const self = fileURLToPath(import.meta.url);
  // The newer Node answers Ctrl-C; this one only has to outlive it.
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, () => {});
  const { status, signal } = spawnSync(node, [self, ...process.argv.slice(2)], { stdio: "inherit" });
  if (signal !== null) process.kill(process.pid, signal);
  process.exit(status ?? 70);
}
