import { appendFileSync, copyFileSync, statSync, writeFileSync } from "node:fs";
import { packagesInside } from "../src/build/packages-inside.ts";
import { type Stamp, stampPath } from "../src/build/stamp.ts";
import { cpuFeatures } from "../src/julia/cpu.ts";
import { manifestDigest } from "../src/julia/project.ts";
import type { Toolchain } from "../src/julia/toolchain.ts";
import { StatementStore } from "../src/store/statement-store.ts";
import { digestFile } from "../src/support/hashing.ts";
import type { Rig } from "./rig.ts";

export interface QuickImage {
  readonly project?: string;
  readonly packages?: readonly string[];
  readonly bakedAt?: string;
  /** What the stamp says otherwise. */
  readonly stamp?: Partial<Stamp>;
}

/**
 * An image that took no minutes: Julia's own with some bytes behind its end, which no loader reads. Its stamp is made of
 * what is there, and the rig's store knows of it as of a bake.
 */
export function quickImage(rig: Rig, name: string, toolchain: Toolchain, made: QuickImage = {}): string {
  const path = rig.path(name);
  copyFileSync(toolchain.baseSysimage, path);
  appendFileSync(path, `image ${name}`);
  const { project, bakedAt = new Date().toISOString() } = made;
  const packages = (made.packages ?? []).map((name) => ({ name }));
  const stamp: Stamp = {
    preimage: "preimage 0.1.0",
    as: "sysimage",
    inputs: [],
    julia: { version: toolchain.version.text, commit: toolchain.commit, os: toolchain.os, arch: toolchain.arch },
    cpuTarget: "native",
    cpu: { name: toolchain.cpu, features: cpuFeatures() },
    bytes: statSync(path).size,
    baseSysimage: { path: toolchain.baseSysimage, digest: digestFile(toolchain.baseSysimage) },
    project,
    manifestDigest: project === undefined ? undefined : manifestDigest(project),
    packages: packagesInside({ baseSysimage: toolchain.baseSysimage, packages, project, toolchain }),
    listDigest: "00",
    ioKinds: [],
    verdicts: {},
    statements: [],
    bakedAt,
    ...made.stamp,
  };
  writeFileSync(stampPath(path), JSON.stringify(stamp));
  const store = StatementStore.open(rig.path(".preimage/store.db"));
  if (!store.ok) throw new Error(store.error.reason);
  const { version, commit } = toolchain;
  store.value.findings.recordBake(
    { sysimage: path, juliaVersion: version.text, juliaCommit: commit, bakedAt, steps: {} },
    [],
  );
  store.value.close();
  return path;
}

/** A project with one developed package, `Shapes`, in the rig's folder. */
export function shapesProject(rig: Rig): string {
  const uuid = "0d9cd6a6-9b9f-4a0f-8a3b-3b6c1d6a3a10";
  rig.folderOf("app/dev/Shapes/src");
  rig.write("app/Project.toml", `[deps]\nShapes = "${uuid}"\n`);
  rig.write("app/Manifest.toml", `[[Shapes]]\npath = "dev/Shapes"\nuuid = "${uuid}"\nversion = "0.1.0"\n`);
  rig.write("app/dev/Shapes/Project.toml", `name = "Shapes"\nuuid = "${uuid}"\nversion = "0.1.0"\n`);
  rig.write("app/dev/Shapes/src/Shapes.jl", "module Shapes\nend\n");
  return rig.path("app");
}
