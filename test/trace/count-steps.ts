import { Session } from "node:inspector/promises";
import { setFlagsFromString } from "node:v8";

// Prints, for each trace file that is named, how much work it is to read it: how often the blocks of our sources and of
// the packages they use ran, as V8 counts for a coverage. The number is the same on every machine. What happens inside
// built-in functions and regular expressions is not in it. A process of its own, as only code that is loaded after the
// counting began is counted whole, and optimised code is not.

setFlagsFromString("--no-opt");
setFlagsFromString("--no-maglev");
const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
const { ingest } = await import("../../src/trace/ingest.ts");

async function takeSteps(): Promise<number> {
  const { result } = await session.post("Profiler.takePreciseCoverage");
  return result
    .filter(({ url }) => /\/(?:src|grammar)\/|chevrotain/.test(url))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
    .reduce((sum, { count }) => sum + count, 0);
}

for (const path of process.argv.slice(2)) {
  await takeSteps();
  ingest([path], { sighting() {}, damage() {}, repeated() {} });
  console.log(await takeSteps());
}
