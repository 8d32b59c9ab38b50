import { streamBlindText } from "../analysis/residual-cause.ts";
import type { StatementSet } from "../analysis/statement-set.ts";
import type { Input } from "../build/back-end.ts";
import type { Built } from "../build/build.ts";
import { listDigest } from "../build/inputs.ts";
import { filesDigest } from "../build/package/package-folder.ts";
import type { Stamp, StampedPackage, StampedStatement } from "../build/stamp.ts";
import type { JudgedStatement } from "../build/statement-file.ts";
import { cpuFeatures } from "../julia/cpu.ts";
import type { PackageFacts } from "../julia/package-facts.ts";
import { manifestDigest } from "../julia/project.ts";
import { type Verdict, verdicts } from "../statement/verdict.ts";
import type { BuildRequest } from "./build-request.ts";
import type { CommandContext } from "./context.ts";
import { environmentDigest } from "./predictions.ts";
import type { PreparedBuild } from "./prepared-build.ts";

/** A build with what it is made from, as it was found in front of the bake. */
export interface Walked {
  readonly prepared: PreparedBuild;
  readonly inputs: readonly Input[];
  readonly packages: readonly PackageFacts[];
  readonly baseSysimageDigest: string;
}

/** What stands beside what was baked. */
export function stampOf(
  { prepared: { plan, cpuTarget, package: made }, inputs, packages, baseSysimageDigest }: Walked,
  built: Built,
  { target, optimizedOf }: Pick<BuildRequest, "target" | "optimizedOf">,
  set: StatementSet,
  context: CommandContext,
): Stamp {
  const { toolchain, project } = plan;
  return {
    preimage: context.tool,
    as: target.as,
    ...(made === undefined ? {} : { package: stampedPackage(made, built) }),
    julia: { version: toolchain.version.text, commit: toolchain.commit, os: toolchain.os, arch: toolchain.arch },
    cpuTarget,
    cpu: { name: toolchain.cpu, features: cpuFeatures() },
    bytes: built.bytes,
    baseSysimage: { path: plan.baseSysimage, digest: baseSysimageDigest },
    project,
    manifestDigest: project === undefined ? undefined : manifestDigest(project, toolchain.version),
    packages,
    listDigest: listDigest(plan),
    optimizedOf,
    repairsOff: plan.repairsOff?.size ? [...plan.repairsOff].sort() : undefined,
    ioKinds: [...new Set(set.runs.flatMap((run) => run.ioKind ?? []))].sort(),
    verdicts: countVerdicts(built.judged),
    statements: built.judged.map(stamped),
    environment: environmentDigest(plan),
    inputs,
    bakedAt: new Date().toISOString(),
  };
}

function stampedPackage(made: Pick<StampedPackage, "name" | "uuid">, { output, cache = [] }: Built): StampedPackage {
  return { ...made, filesDigest: filesDigest(output) ?? "", cache };
}

function stamped({ statement: { digest, canonical }, verdict, reason }: JudgedStatement): StampedStatement {
  const blind = streamBlindText(canonical);
  return {
    digest,
    verdict,
    ...(reason === "" ? {} : { reason }),
    ...(blind === canonical ? {} : { streamBlind: blind }),
  };
}

export function countVerdicts(judged: readonly Pick<JudgedStatement, "verdict">[]): Record<Verdict, number> {
  const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  for (const { verdict } of judged) counts[verdict] += 1;
  return counts;
}
