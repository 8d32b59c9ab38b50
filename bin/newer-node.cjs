// For a Node that is too old: nothing here may need a newer one.
const { join } = require("node:path");

/** The Node that the checkout brings as a development dependency, or undefined in an installed package. */
function checkoutNode() {
  const path = join(__dirname, "../node_modules/node/bin/node");
  return require("node:fs").existsSync(path) ? path : undefined;
}

/**
 * Runs the launcher again on the checkout's Node, or says that there is none.
 * @param {string} floor such as "22.18"
 * @param {string} launcher @param {string[]} words
 */
function restartOnNewerNode(floor, launcher, words) {
  const node = checkoutNode();
  if (node === undefined) {
    console.error(`error[PI310]: preimage needs Node ${floor} or newer, and this is ${process.versions.node}`);
    console.error("  hint: install Node 24, for example with `npx node@24`, nvm or your distribution");
    process.exit(3);
  }
  const { spawnSync } = require("node:child_process");
  // The newer Node answers Ctrl-C; this one only has to outlive it.
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, () => {});
  const { status, signal } = spawnSync(node, [launcher, ...words], { stdio: "inherit" });
  if (signal !== null) process.kill(process.pid, signal);
  process.exit(status ?? 70);
}

module.exports = { checkoutNode, restartOnNewerNode };
