import { fileURLToPath } from "node:url";

/** Julia functions that evaluate and precompile signatures; included by whatever replays a list. */
export const replayFile = fileURLToPath(new URL("replay.jl", import.meta.url));
