import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { RunFacts, TraceRun } from "../src/statement/provenance.ts";
import { StatementStore } from "../src/store/statement-store.ts";
import { ingest } from "../src/trace/ingest.ts";
import { runFacts } from "./samples.ts";
import { tempFolder } from "./temp-folder.ts";

/** A store that is closed when the test ends; a new one where no path is named. */
export function openStore(path = join(tempFolder(), "store.db")): StatementStore {
  const opened = StatementStore.open(path);
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  onTestFinished(() => opened.value.close());
  return opened.value;
}

/** Records the text of a trace file. */
export function record(store: StatementStore, text: string, facts: Partial<RunFacts> = {}): TraceRun {
  const path = join(tempFolder(), "trace.jl");
  writeFileSync(path, text);
  return store.recordRun({ ...runFacts, ...facts }, (sink) => ingest([path], sink));
}
