import { StatementStore } from "../../src/store/statement-store.ts";
import { call, runFacts, statementFrom } from "../samples.ts";

/**
 * A process of its own that records runs in a store, started by the tests of the store.
 * Arguments: the store, a name, how many runs, how many statements a run, and `stop` to stop halfway through the first.
 */
const [path = "", name = "", runs = "1", size = "1", stop] = process.argv.slice(2);

const opened = StatementStore.open(path);
if (!opened.ok) throw new Error(JSON.stringify(opened.error));
const store = opened.value;
for (let round = 0; round < Number(runs); round += 1) {
  const run = store.recordRun({ ...runFacts, name }, (sink) => {
    for (let line = 1; line <= Number(size); line += 1) {
      const spelling = call(`Main.${name}_${round}_f`, `Val{${line}}`);
      const { digest, canonical } = statementFrom(spelling);
      sink.sighting({ lineKey: line - 1, digest, canonical, spelling, line, recompile: false });
      if (stop !== undefined && line === Number(size) / 2) sleep("halfway");
    }
    return Number(size);
  });
  process.stdout.write(`recorded ${run.id}\n`);
}
store.close();

/** Until somebody kills it. */
function sleep(word: string): void {
  process.stdout.write(`${word}\n`);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
