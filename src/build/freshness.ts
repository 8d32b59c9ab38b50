import { statSync } from "node:fs";
import type { Input } from "./back-end.ts";
import { changedInputs, type InputChange } from "./inputs.ts";
import { filesDigest } from "./package/package-folder.ts";
import { readStamp, type Stamp } from "./stamp.ts";

/** Whether a bake would give what stands there already. */
export type Freshness =
  | { readonly fresh: true; readonly stamp: Stamp }
  | { readonly fresh: false; readonly why: "nothing stands there" | "it has no stamp" | "it was changed since" }
  | { readonly fresh: false; readonly why: "other inputs"; readonly changes: readonly InputChange[] };

export function freshnessOf(output: string, inputs: readonly Input[]): Freshness {
  const stat = statSync(output, { throwIfNoEntry: false });
  if (stat === undefined) return { fresh: false, why: "nothing stands there" };
  const stamp = readStamp(output);
  if (stamp === undefined) return { fresh: false, why: "it has no stamp" };
  const changed = stat.isFile() ? stat.size !== stamp.bytes : filesDigest(output) !== stamp.package?.filesDigest;
  if (changed) return { fresh: false, why: "it was changed since" };
  const changes = changedInputs(stamp.inputs, inputs);
  return changes.length === 0 ? { fresh: true, stamp } : { fresh: false, why: "other inputs", changes };
}
