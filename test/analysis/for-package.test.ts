import { expect, it } from "vitest";
import { forPackage } from "../../src/analysis/for-package.ts";
import type { Leads } from "../../src/statement/look-up.ts";
import { isModuleRelative } from "../../src/trace/module-names.ts";
import { setOf } from "../samples.ts";

const lines = [
  "precompile(Tuple{typeof(Foo.run), Int64})",
  "precompile(Tuple{typeof(Base.map), typeof(Foo.run), Array{Int64, 1}})",
  "precompile(Tuple{typeof(Bar.go), Foo.Thing})",
  "precompile(Tuple{typeof(Bar.go), Int64})",
  "precompile(Tuple{typeof(Base.sum), Array{Int64, 1}})",
  "precompile(Tuple{typeof(Dates.now)})",
  "precompile(Tuple{typeof(Foo.run), Main.Input})",
  'precompile(Tuple{Foo.var"#3#4", Int64})',
  'precompile(Tuple{Foo.var"##run#5", Bool, typeof(Foo.run), Int64})',
  "precompile(Tuple{typeof(Foo.wait), Base.Val{Dates.Hour(value=1)}})",
  "precompile(Tuple{typeof(Core.kwcall), NamedTuple{(:a,), Tuple{Int64}}, typeof(Foo.run), Int64})",
  "precompile(Tuple{typeof(Foo.run), Memory{Int64}})",
];
const leads: Leads = new Map([
  ['Foo.var"##run#5"', { form: "keyword-body", signature: "Tuple{typeof(Foo.run), Any}" }],
]);

const made = forPackage(
  "Foo",
  setOf(
    "list",
    lines.map((line) => [line]),
  ),
  () => leads,
  {
    tool: "preimage 0.1.0",
    isModuleRelative: ({ tree }) => isModuleRelative(tree),
  },
);

it("writes what the package may own, guarded by the version that has it", async () => {
  expect(made.statements).toBe(6);
  await expect(made.text).toMatchFileSnapshot("golden/for-package.jl");
});

it("says of all else whose it is, and of its own why it is not there", () => {
  const rest = made.rest.map(({ statement, owner, why }) => [statement, owner, why]);
  expect(rest).toEqual([
    ['precompile(Tuple{Foo.var"#3#4", Int64})', "Foo", "it has a name that another build numbers anew"],
    ["precompile(Tuple{typeof(Bar.go), Int64})", "Bar", undefined],
    ["precompile(Tuple{typeof(Base.sum), Array{Int64, 1}})", "Base", undefined],
    ["precompile(Tuple{typeof(Dates.now)})", "Base", undefined],
    ["precompile(Tuple{typeof(Foo.run), Main.Input})", "Main", undefined],
    [
      "precompile(Tuple{typeof(Foo.wait), Base.Val{Dates.Hour(value=1)}})",
      "Foo",
      "it has a value that cannot be written as Julia code",
    ],
  ]);
  expect(made.statements + made.rest.length).toBe(lines.length);
});
