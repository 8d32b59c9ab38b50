import type { PackagePlan } from "../../../src/build/package/package-plan.ts";
import { packageUuid } from "../../../src/build/package/package-uuid.ts";
import type { Toolchain } from "../../../src/julia/toolchain.ts";
import { statementFrom } from "../../samples.ts";

export const dates = { name: "Dates", uuid: "ade2ca70-3891-5945-98fb-dc099432e06a" };
const plots = { name: "Plots", uuid: "91a5bcdd-55d7-5caf-9e0b-520d859cae80" };

/** A package of two statements for a project that has Plots, with an extension, and a package of its own. */
export function packagePlanOn(toolchain: Toolchain, more: Partial<PackagePlan> = {}): PackagePlan {
  return {
    toolchain,
    project: "/my app",
    packages: [plots, dates],
    statements: [
      statementFrom("precompile(Tuple{typeof(Plots.plot), Array{Float64, 1}})"),
      statementFrom("precompile(Tuple{typeof(Dates.format), Dates.Date, String})"),
    ],
    baseSysimage: toolchain.baseSysimage,
    juliaArgs: [],
    unchecked: false,
    output: "/app/warm",
    name: "WarmStart",
    uuid: packageUuid("/my app", "WarmStart"),
    tool: "preimage 0.1.0",
    dependencies: [plots, dates],
    manifest: [
      {
        ...plots,
        table: {
          deps: ["Dates"],
          "git-tree-sha1": "24be21541580495368c35a6ccef1454e7b5015be",
          uuid: plots.uuid,
          version: "1.40.8",
          weakdeps: ["ImageInTerminal", "Unitful"],
          extensions: { ImageInTerminalExt: "ImageInTerminal", UnitfulExt: ["Unitful", "Dates"] },
        },
      },
      { ...dates, table: { uuid: dates.uuid } },
      {
        name: "App",
        uuid: "f576eb4f-16f6-489c-af53-a9d1fb36724d",
        table: { path: '/my "app"', uuid: "f576eb4f-16f6-489c-af53-a9d1fb36724d", deps: { Dates: dates.uuid } },
      },
    ],
    ...more,
  };
}
