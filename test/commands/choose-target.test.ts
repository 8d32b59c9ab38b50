import { describe, expect, it } from "vitest";
import type { SysimageTarget } from "../../src/commands/build-request.ts";
import { chooseTarget, namedTarget, type TargetChoice } from "../../src/commands/choose-target.ts";
import { version } from "../toolchains.ts";

function choice(output: string, more: Partial<TargetChoice> = {}): TargetChoice {
  const sysimage: SysimageTarget = {
    as: "sysimage",
    output,
    incremental: true,
    filterStdlibs: false,
    importIntoMain: false,
    compress: false,
    fast: false,
    resume: false,
  };
  return { sysimage, package: { as: "package", output, name: "WarmStart" }, ofSysimage: [], ...more };
}

describe("what is baked where nobody says", () => {
  it.each<readonly [julia: string, output: string, more: Partial<TargetChoice>, as: string, why: RegExp]>([
    ["1.8.5", "warm", {}, "sysimage", /from Julia 1\.9 on, and this is 1\.8\.5/],
    ["1.9.0", "warm", {}, "package", /in seconds/],
    ["1.12.5", "warm", {}, "package", /in seconds/],
    ["1.12.5", "app.so", {}, "sysimage", /`app\.so` is named like one/],
    ["1.12.5", "app.dylib", {}, "sysimage", /named like one/],
    ["1.12.5", "warm", { ofSysimage: ["--fast"] }, "sysimage", /`--fast` is for one/],
  ])("on Julia %s to %s, %j: a %s", (julia, output, more, as, why) => {
    const chosen = chooseTarget(choice(output, more), { version: version(julia) });
    expect(chosen).toMatchObject({ ok: true, value: { target: { as, output }, why: expect.stringMatching(why) } });
  });

  it("needs no reason where somebody says", () => {
    const chosen = chooseTarget(choice("warm", { as: "sysimage" }), { version: version("1.12.5") });
    expect(chosen).toMatchObject({ ok: true, value: { target: { as: "sysimage" } } });
    expect(chosen.ok && chosen.value.why).toBeUndefined();
  });
});

describe("a package that was asked for", () => {
  it.each([
    [choice("warm", { ofSysimage: ["--script", "--fast"] }), "PI933"],
    [choice("app.so"), "PI934"],
  ])("is refused %#", (asked, code) => {
    expect(namedTarget(asked, "package")).toMatchObject({ ok: false, error: [{ code }] });
  });

  it("is a package", () => {
    expect(namedTarget(choice("warm"), "package")).toMatchObject({ ok: true, value: { as: "package" } });
  });
});
