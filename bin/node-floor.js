// Imported first and alone: nothing here may need a newer Node than the one that is being turned away.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Below it Node cannot run TypeScript, and better-sqlite3 crashes instead of failing. */
export const nodeFloor = [22, 18];

/** @param {string} version such as "24.1.0" */
export function meetsFloor(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [floorMajor = 0, floorMinor = 0] = nodeFloor;
  return major > floorMajor || (major === floorMajor && minor >= floorMinor);
}

/** The Node that the checkout brings as a development dependency, or undefined in an installed package. */
export function checkoutNode() {
  const path = fileURLToPath(new URL("../node_modules/node/bin/node", import.meta.url));
  return existsSync(path) ? path : undefined;
}
