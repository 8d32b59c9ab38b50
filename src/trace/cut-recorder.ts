import type { LineFilter } from "./ingest.ts";

/** Cuts out what Julia compiled for the recorder's own sake. See recorder.jl. */
export function cutRecorder(): LineFilter {
  const mark = "PreimageRecorder.";
  const opens = ["start_opens)", "record)"].map((name) => mark + name);
  const closes = ["start_closes)", "end_closes)"].map((name) => mark + name);
  let within = false;
  return (bytes) => {
    if (!bytes.includes(mark)) return !within;
    if (opens.some((name) => bytes.includes(name))) within = true;
    else if (closes.some((name) => bytes.includes(name))) within = false;
    return false;
  };
}
