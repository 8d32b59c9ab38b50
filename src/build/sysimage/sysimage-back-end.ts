import { renameSync, rmSync, statSync } from "node:fs";
import { oldestSupported, thriftyEnv } from "../../julia/versions.ts";
import { err, ok, type Result } from "../../support/result.ts";
import { observeTool } from "../../support/run-tool.ts";
import { partialPath } from "../../support/scratch.ts";
import type { BackEnd, Input, Made } from "../back-end.ts";
import type { BuildFailure } from "../build-failure.ts";
import type { Sysimage, SysimagePlan } from "../build-plan.ts";
import { fileInput } from "../inputs.ts";
import { diskNeeds, diskShort, freeMemory, memoryNeed, unwritable } from "../preflight.ts";
import { ensureCompiled, startOn } from "../tool-commands.ts";
import type { Workshop } from "../workshop.ts";
import { cacheBase, cachedBase } from "./base-cache.ts";
import { type Emitted, emit } from "./emit.ts";
import { baseSources, freshBase } from "./fresh-base.ts";
import { forgetObject, keepObject, keptFolder, keptObject } from "./kept-object.ts";
import { linkSysimage, tryLinker } from "./sysimage-commands.ts";

/** Bakes a sysimage: Julia emits everything that is loaded and compiled, and a linker makes a shared library of it. */
export const sysimageBackEnd: BackEnd<SysimagePlan> = {
  what: "a sysimage",
  oldest: oldestSupported,
  output: ({ output }) => output,
  inputs: inputsOf,
  unfit,
  make,
};

function* inputsOf(plan: SysimagePlan): Generator<Input> {
  const { freshBase: base, execute } = plan;
  yield ["CPU target", plan.cpuTarget];
  yield ["base", base === undefined ? "built upon" : `fresh, with ${base.stdlibs?.join(" ") ?? "all"}`];
  yield ["names in Main", plan.importIntoMain ? "those of the packages" : "none"];
  yield ["compressed", String(plan.compress)];
  yield ["fast", String(plan.fast)];
  yield ["soname", plan.soname ?? "its file's name"];
  yield ["compatibility version", plan.compatVersion ?? "none"];
  yield ["definitions", fileInput(plan.definitions)];
  yield ["executed", execute === undefined ? "nothing" : [fileInput(execute[0]), ...execute.slice(1)].join(" ")];
  yield ["script", fileInput(plan.script)];
}

/** What can be known before minutes are spent. */
async function unfit(plan: SysimagePlan, workshop: Workshop): Promise<BuildFailure | undefined> {
  const { toolchain, output } = plan;
  if (plan.freshBase !== undefined && baseSources(toolchain) === undefined)
    return { reason: "no-base-sources", folder: toolchain.bindir };
  return (
    unwritable(output) ??
    (plan.unchecked ? undefined : resourcesShort(plan, workshop)) ??
    (await unknownTarget(plan, workshop)) ??
    (await workshop.run("try linker", tryLinker(plan, workshop.scratch.file("nothing.so") as Sysimage)))
  );
}

function resourcesShort(plan: SysimagePlan, workshop: Workshop): BuildFailure | undefined {
  const baseBytes = statSync(plan.baseSysimage).size;
  const disk = diskShort(diskNeeds(baseBytes, plan.output, workshop.scratch.path));
  if (disk !== undefined) return disk;
  const [freeBytes, neededBytes] = [freeMemory(), memoryNeed(baseBytes)];
  if (freeBytes < neededBytes / 2) return { reason: "memory-short", freeBytes, neededBytes };
  if (freeBytes < neededBytes) workshop.note(shortOfMemoryText(plan, freeBytes, neededBytes));
  return undefined;
}

function shortOfMemoryText({ toolchain, fast }: SysimagePlan, freeBytes: number, neededBytes: number): string {
  const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
  const means = [
    ...(Object.keys(thriftyEnv(toolchain.version)).length > 0 ? ["LLVM gets one thread"] : []),
    ...(fast ? [] : ["`--fast` takes a sixth less"]),
  ];
  const text = `${gigabytes(freeBytes)} of memory are free, and a bake takes about ${gigabytes(neededBytes)}`;
  return means.length === 0 ? text : `${text}: ${means.join("; ")}`;
}

/** Julia refuses a target that it does not know at once; one that it knows may take it half a minute to start with. */
async function unknownTarget(plan: SysimagePlan, workshop: Workshop): Promise<BuildFailure | undefined> {
  const { cpuTarget, toolchain, baseSysimage } = plan;
  if (["native", "generic", "sysimage"].includes(cpuTarget)) return undefined;
  const file = workshop.scratch.file("target.jl");
  workshop.scratch.write(file, "ccall(:_exit, Cvoid, (Cint,), 0)\n");
  const run = await observeTool(
    {
      program: toolchain.julia,
      args: [
        "--startup-file=no",
        `--sysimage=${baseSysimage}`,
        `--cpu-target=${cpuTarget}`,
        `--output-o=${workshop.scratch.file("target.o")}`,
        file,
      ],
    },
    { streams: { kind: "capture" }, abort: workshop.abort, limits: { timeMs: 3_000 } },
  );
  if (!run.ok || (run.value.status === 0 && run.value.signal === null)) return undefined;
  const said = (run.value.stderr.trim().split("\n")[0] ?? "").replace(/^ERROR: /, "");
  return { reason: "unknown-cpu-target", cpuTarget, said };
}

async function make(plan: SysimagePlan, inputs: string, workshop: Workshop): Promise<Result<Made, BuildFailure>> {
  const emitted = plan.resume ? resumed(plan, inputs) : await objectFile(plan, workshop);
  if (!emitted.ok) return emitted;
  const { object, judged } = emitted.value;
  const partial = partialPath(plan.output) as Sysimage;
  const discard = (): void => rmSync(partial, { force: true });
  const unlinked = await workshop.run("link sysimage", linkSysimage(plan, object, partial));
  if (unlinked !== undefined) {
    discard();
    // What took minutes to emit is kept where only linking it failed.
    if (!plan.resume) keepObject(plan.output, inputs, object, judged);
    return err({ ...unlinked, resumable: true });
  }
  const unstartable = await workshop.run("start on sysimage", startOn(plan.toolchain.julia, partial));
  if (unstartable !== undefined) {
    discard();
    return err(unstartable);
  }
  const place = (): void => {
    renameSync(partial, plan.output);
    forgetObject(plan.output);
  };
  return ok({ bytes: statSync(partial).size, judged, place, discard });
}

function resumed(plan: SysimagePlan, inputs: string): Result<Emitted, BuildFailure> {
  const kept = keptObject(plan.output, inputs, plan.statements);
  return typeof kept === "string"
    ? err({ reason: "nothing-to-resume", output: keptFolder(plan.output), detail: kept })
    : ok(kept);
}

async function objectFile(plan: SysimagePlan, workshop: Workshop): Promise<Result<Emitted, BuildFailure>> {
  const upon = await baseOf(plan, workshop);
  if (!upon.ok) return upon;
  const unloadable = await workshop.run("load packages", ensureCompiled(plan));
  if (unloadable !== undefined) return err(unloadable);
  const thrifty = !plan.unchecked && freeMemory() < memoryNeed(statSync(plan.baseSysimage).size);
  return emit({ ...plan, baseSysimage: upon.value }, thrifty, workshop);
}

/** The image that is built upon: a given one, or one that is made now. */
async function baseOf(plan: SysimagePlan, workshop: Workshop): Promise<Result<string, BuildFailure>> {
  const sources = plan.freshBase && baseSources(plan.toolchain);
  if (plan.freshBase === undefined || sources === undefined) return ok(plan.baseSysimage);
  const wants = { stdlibs: plan.freshBase.stdlibs, juliaArgs: plan.juliaArgs };
  const { steps, image, key } = freshBase(plan.toolchain, plan.cpuTarget, sources, workshop.scratch.path, wants);
  const cached = cachedBase(key);
  if (cached !== undefined) {
    workshop.note("the base was compiled before, for the same: it is taken from the cache");
    return ok(cached);
  }
  for (const { step, command } of steps) {
    const failure = await workshop.run(step, command);
    if (failure !== undefined) return err(failure);
  }
  cacheBase(key, image);
  return ok(image);
}
