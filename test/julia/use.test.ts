import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { quickImage, shapesProject } from "../quick-image.ts";
import { Rig } from "../rig.ts";
import { realToolchain } from "./toolchain.ts";

interface Written {
  readonly written: { readonly path: string; readonly changed: boolean; readonly backup?: string };
}

it("writes an alias, a kernel and VS Code's settings, each once and into what is there", async () => {
  const rig = new Rig();
  const toolchain = await realToolchain();
  const project = shapesProject(rig);
  const image = quickImage(rig, "app.so", toolchain, { project, packages: ["Shapes"] });
  rig.folderOf("home");
  rig.folderOf(".vscode");
  rig.folderOf("depot/packages/IJulia/abcde/src");
  const kernelFile = rig.write("depot/packages/IJulia/abcde/src/kernel.jl", "");
  rig.write("home/.bashrc", "export A=1\n");
  rig.write(".vscode/settings.json", '{\n    // mine\n    "a": 1\n}\n');
  const env = {
    HOME: rig.path("home"),
    SHELL: "/bin/bash",
    PREIMAGE_JULIA: toolchain.julia,
    XDG_DATA_HOME: "",
    JUPYTER_DATA_DIR: "",
    JULIA_DEPOT_PATH: rig.path("depot"),
  };
  const write = async (program: string) =>
    (await rig.json<Written>(["use", "app.so", "--write", program], 0, env)).written;

  expect(await write("alias")).toMatchObject({ path: rig.path("home/.bashrc"), changed: true });
  expect(await write("alias")).toMatchObject({ changed: false, backup: rig.path("home/.bashrc.before-preimage") });
  expect(rig.read("home/.bashrc")).toContain(
    `alias julia-app='${toolchain.julia} --sysimage=${image} --project=${project}'`,
  );

  for (const shell of ["bash", "zsh", "alias"]) {
    const printed = await rig.run(["use", "app.so", "--for", shell], { env });
    expect(printed).toMatchObject({ status: 0, stdout: expect.stringMatching(/^alias julia-app=/) });
  }

  expect(await write("vscode")).toMatchObject({ path: rig.path(".vscode/settings.json"), changed: true });
  expect(rig.read(".vscode/settings.json")).toContain('// mine\n    "a": 1,\n    "julia.additionalArgs": [');

  const kernel = await write("ijulia");
  expect(kernel.path).toBe(rig.path("home/.local/share/jupyter/kernels/julia-app/kernel.json"));
  expect(JSON.parse(rig.read("home/.local/share/jupyter/kernels/julia-app/kernel.json"))).toMatchObject({
    argv: [
      toolchain.julia,
      "-i",
      "--color=yes",
      `--sysimage=${image}`,
      `--project=${project}`,
      kernelFile,
      "{connection_file}",
    ],
  });
});

it("writes nothing where it cannot be right", async () => {
  const rig = new Rig();
  const toolchain = await realToolchain();
  const unfit = { stamp: { julia: { version: "1.6.2", commit: "ff", os: "Linux", arch: toolchain.arch } } };
  quickImage(rig, "app.so", toolchain, unfit);
  const refused = await rig.run(["use", "app.so", "--write", "vscode"]);
  expect(refused).toMatchObject({ status: 3, stderr: expect.stringContaining("PI459") });
  expect(existsSync(rig.path(".vscode"))).toBe(false);
  quickImage(rig, "app.so", toolchain);
  rig.folderOf(".vscode");
  rig.write(".vscode/settings.json", '{\n  "a": \n');
  const broken = await rig.run(["use", "app.so", "--write", "vscode"]);
  expect(broken).toMatchObject({ status: 2, stderr: expect.stringMatching(/PI982[\s\S]*settings\.json:3/) });
  expect(rig.read(".vscode/settings.json")).toBe('{\n  "a": \n');
  const env = { SHELL: "/bin/tcsh", HOME: rig.folder, PREIMAGE_JULIA: toolchain.julia };
  expect((await rig.run(["use", "app.so", "--write", "alias"], { env })).stderr).toContain("PI458");
  expect((await rig.run(["use", "app.so", "--write", "ijulia"], { env })).stderr).toContain("PI457");
});
