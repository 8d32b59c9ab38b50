#!/usr/bin/env node
// CommonJS, as a module costs Node a tenth of a start; and in front of the floor nothing that an old Node cannot read.
const { existsSync, readFileSync } = require("node:fs");

/** Below it Node cannot run TypeScript, and better-sqlite3 crashes instead of failing. */
const nodeFloor = [22, 18];

const words = process.argv.slice(2);

if (words.length === 1 && words[0] === "--version") {
  console.log(JSON.parse(readFileSync(`${__dirname}/../package.json`, "utf8")).version);
} else if (meetsFloor()) {
  start();
} else {
  require("./newer-node.cjs").restartOnNewerNode(nodeFloor.join("."), __filename, words);
}

function meetsFloor() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [floorMajor = 0, floorMinor = 0] = nodeFloor;
  return major > floorMajor || (major === floorMajor && minor >= floorMinor);
}

async function start() {
  const { main } = await program();
  await main(words);
  // All is done and written: Node need not look for what may still come, nor give back what the system takes back anyway.
  process.exit();
}

/** A checkout runs its sources; the installed package has none. */
function program() {
  const source = `${__dirname}/../src/cli/main.ts`;
  if (!existsSync(source)) return require("./bundle.cjs").loadBundle(words);
  require("node:module").enableCompileCache();
  return import(require("node:url").pathToFileURL(source).href);
}
