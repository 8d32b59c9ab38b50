import { findToolchain, type Toolchain } from "../../src/julia/toolchain.ts";

/** The real Julia. Where there is none the suite fails: without one the main job is not tested. */
export async function realToolchain(): Promise<Toolchain> {
  const found = await findToolchain(undefined);
  if (!found.ok)
    throw new Error("no Julia was found: run `npm test`, which installs one, or `node bin/preimage.js setup`");
  return found.value;
}
