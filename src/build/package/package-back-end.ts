import { existsSync, rmSync } from "node:fs";
import { oldestWithPackageImages } from "../../julia/versions.ts";
import { err, ok, type Result } from "../../support/result.ts";
import { partialPath } from "../../support/scratch.ts";
import type { BackEnd, Input, Made } from "../back-end.ts";
import type { BuildFailure } from "../build-failure.ts";
import { ensureCompiled } from "../tool-commands.ts";
import type { Workshop } from "../workshop.ts";
import { startWithPackage } from "./package-commands.ts";
import { recoverFolder, swapIn, unfitFolder, writePackage } from "./package-folder.ts";
import type { PackagePlan } from "./package-plan.ts";
import { precompile } from "./precompile.ts";

/** Bakes a package: it replays the list while Julia precompiles it, and Julia keeps the native code in its cache. */
export const packageBackEnd: BackEnd<PackagePlan> = {
  what: "a package image",
  oldest: oldestWithPackageImages,
  output: ({ output }) => output,
  inputs: inputsOf,
  unfit: async ({ output }) => {
    recoverFolder(output);
    return unfitFolder(output);
  },
  make,
};

function* inputsOf({ name, uuid, cpuTarget }: PackagePlan): Generator<Input> {
  yield ["made as", `the package ${name} (${uuid})`];
  yield ["CPU target", cpuTarget ?? "native"];
}

async function make(plan: PackagePlan, _inputs: string, workshop: Workshop): Promise<Result<Made, BuildFailure>> {
  const unloadable = await workshop.run("load packages", ensureCompiled(plan));
  if (unloadable !== undefined) return err(unloadable);
  const partial = partialPath(plan.output);
  rmSync(partial, { recursive: true, force: true });
  writePackage(plan, partial);
  const { keep, restore } = swapIn(partial, plan.output);
  let made = false;
  try {
    const precompiled = await precompile(plan, workshop);
    if (!precompiled.ok) return precompiled;
    const unstartable = await start(plan, workshop);
    if (unstartable !== undefined) return err(unstartable);
    const { cache, judged } = precompiled.value;
    const bytes = cache.reduce((sum, file) => sum + file.bytes, 0);
    made = true;
    return ok({ bytes, cache, judged, place: keep, discard: restore });
  } finally {
    if (!made) restore();
  }
}

async function start(plan: PackagePlan, workshop: Workshop): Promise<BuildFailure | undefined> {
  const anew = workshop.scratch.file("anew.tsv");
  const failure = await workshop.run("start with package", startWithPackage(plan, anew));
  if (failure === undefined && existsSync(anew)) {
    workshop.note(
      "Julia precompiled the package once more to load it: something differs between this bake and a plain start",
    );
  }
  return failure;
}
