import { errorDiagnostic } from "../diagnostics/diagnostic.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { ok } from "../support/result.ts";
import { availableKinds } from "../trace/run-workload.ts";
import type { BuildRequest } from "./build-request.ts";
import { type CommandContext, type CommandResult, failed, interrupted } from "./context.ts";
import { checkWorkload, traceOn } from "./trace.ts";

/** Traces each of `executeTrace` with every kind of standard output, and gives the runs as names of sets. */
export async function traceForBuild(
  { executeTrace, project }: Pick<BuildRequest, "executeTrace" | "project">,
  context: CommandContext,
  store: StatementStore,
  toolchain: Toolchain,
): Promise<CommandResult<readonly string[]>> {
  const workloads = executeTrace.map((words) => {
    const [script = "", ...args] = words.split(/\s+/).filter((word) => word !== "");
    return { kind: "script", script, args, project } as const;
  });
  const unfit = workloads.map(checkWorkload).find((diagnostic) => diagnostic !== undefined);
  if (unfit !== undefined) return failed(unfit);
  const runs: string[] = [];
  for (const workload of workloads) {
    const traced = await traceOn(
      { workload, tags: {}, repeat: 1, warm: true, streams: availableKinds(), sysimage: "base" },
      context,
      store,
      toolchain,
    );
    if (!traced.ok) return traced;
    if (context.abort.aborted) return failed(interrupted("a program was traced"));
    const broken = traced.value.runs.find((run) => run.exitStatus !== 0);
    if (broken !== undefined) {
      return failed(
        errorDiagnostic(
          "PI428",
          `\`${workload.script}\` fails, so nothing was baked; run ${broken.id} has its statements`,
          ["mend it and build again, or bake what it compiled until then as a set"],
        ),
      );
    }
    runs.push(...traced.value.runs.map(({ id }) => `run:${id}`));
  }
  return ok(runs);
}
