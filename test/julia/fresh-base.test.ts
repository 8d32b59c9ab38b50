import { expect, it } from "vitest";
import { Rig } from "../rig.ts";
import { onImage } from "./on-image.ts";
import { realToolchain } from "./toolchain.ts";

interface Built {
  readonly statements: readonly { readonly statement: string; readonly verdict: string }[];
  readonly steps: Readonly<Record<string, number>>;
}

/** The base is compiled from Julia's own sources: some minutes of a core. */
it("a base that is compiled anew holds only the standard libraries that are used, and what a program compiled", async () => {
  const rig = new Rig();
  rig.write("app.jl", "using Dates\nprintln(Dates.format(Date(2020), ARGS[1]))\n");
  const options = ["--no-incremental", "--filter-stdlibs", "--package", "Dates", "--fast", "--execute-trace"];
  // With a cache of its own, in which no base was left by an earlier bake.
  const env = { PREIMAGE_JULIA: (await realToolchain()).julia, XDG_CACHE_HOME: rig.path("cache") };
  const built = await rig.json<Built>(["build", "-o", "image.so", ...options, "app.jl yyyy"], 0, env);
  const formats = built.statements.filter(({ statement }) =>
    statement.includes("typeof(Dates.format), Dates.Date, String"),
  );
  expect(formats).toMatchObject([{ verdict: "compiled" }]);
  expect(Object.keys(built.steps)).toContain("compile a fresh base");
  const loaded = await onImage(rig.path("image.so"), "join(sort([id.name for id in keys(Base.loaded_modules)]), ' ')");
  expect(loaded.split(" ")).toContain("Dates");
  expect(loaded.split(" ")).not.toContain("Pkg");
});
