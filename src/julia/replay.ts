import { fileURLToPath } from "node:url";

/** Julia functions that evaluate and precompile signatures; included by whatever replays a list. */
export const replayFile = fileURLToPath(new URL("replay.jl", import.meta.url));

/** The files that `replay.jl` needs beside itself, itself first: to be copied to where Julia is to load it. */
export const replayFiles: readonly string[] = ["replay.jl", "reflection.jl", "compile.jl"].map((name) =>
  fileURLToPath(new URL(name, import.meta.url)),
);
