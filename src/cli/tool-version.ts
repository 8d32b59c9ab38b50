import { readFileSync } from "node:fs";

/** `preimage 0.1.0`. */
export function toolName(): string {
  // The same distance from src/cli and from dist.
  for (const path of ["../package.json", "../../package.json"]) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
      if (name === "preimage") return `preimage ${version}`;
    } catch {
      // Not at this distance.
    }
  }
  return "preimage";
}
