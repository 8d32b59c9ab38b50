import { createHash } from "node:crypto";

/** Of all packages that preimage makes. */
const namespace = "5b9c1a3e-7d0f-4c52-9f3b-0d6a1c8e2f47";

/**
 * The UUID of the package of that name for a project: the same whenever and wherever it is made, as long as the project
 * keeps its own. `project`: its UUID, or where it has none its path. A UUID of version 5 (RFC 9562).
 */
export function packageUuid(project: string, name: string): string {
  const bytes = createHash("sha1")
    .update(Buffer.from(namespace.replaceAll("-", ""), "hex"))
    .update(`${project}\n${name}`)
    .digest()
    .subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
