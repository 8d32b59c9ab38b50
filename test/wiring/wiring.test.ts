import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runTool } from "../../src/support/run-tool.ts";
import { editFile } from "../../src/wiring/edit-file.ts";
import { withBlock } from "../../src/wiring/marked-block.ts";
import { execWord, fishWord, juliaLiteral } from "../../src/wiring/quoting.ts";
import { aliasText, type SnippetTarget, snippetsFor } from "../../src/wiring/snippets.ts";
import { withSysimage } from "../../src/wiring/vscode-settings.ts";
import { type Wiring, wiringName } from "../../src/wiring/wiring.ts";
import { tempFolder } from "../temp-folder.ts";

const wiring: Wiring = {
  julia: "/opt/julia/bin/julia",
  juliaVersion: "1.10.8",
  sysimage: "/home/me/it's my $app/app.so",
  project: "/home/me/proj",
  name: "julia-app",
  kernelFile: "/home/me/.julia/packages/IJulia/x/src/kernel.jl",
};

describe("how to use an image", () => {
  it("is told for every program", async () => {
    const texts = snippetsFor(wiring).map(({ target, title, text }) => `== ${target}: ${title}\n${text}`);
    await expect(texts.join("\n")).toMatchFileSnapshot("snippets.txt");
  });

  it("needs no project", () => {
    const { project: _, kernelFile: __, ...bare } = wiring;
    const of = (target: SnippetTarget) => snippetsFor(bare).find((each) => each.target === target)?.text;
    expect(of("juliacall")).toBe(`export PYTHON_JULIACALL_SYSIMAGE='/home/me/it'\\''s my $app/app.so'\n`);
    expect(of("ijulia")).not.toContain("kernel.json");
  });

  it("survives a shell's quoting", async () => {
    const echo: Wiring = { ...wiring, julia: "printf" };
    const script = `shopt -s expand_aliases\n${aliasText(echo).replace("printf ", "printf %s\\\\n ")}julia-app\n`;
    const run = await runTool({ program: "bash", args: ["-c", script] }, { streams: { kind: "capture" } });
    expect(run).toMatchObject({
      ok: true,
      value: { stdout: `--sysimage=${wiring.sysimage}\n--project=/home/me/proj\n` },
    });
  });

  it.each([
    ["/plain/path", "/plain/path", "/plain/path", '"/plain/path"'],
    ["a b", "'a b'", '"a b"', '"a b"'],
    ["100%", "100%", "100%%", '"100%"'],
    ["$x\\'", "'$x\\\\\\''", '"\\\\$x\\\\\\\\\'"', '"\\$x\\\\\'"'],
  ])("quotes `%s`", (text, fish, exec, julia) => {
    expect([fishWord(text), execWord(text), juliaLiteral(text)]).toEqual([fish, exec, julia]);
  });

  it.each([
    ["app.so", "julia-app"],
    ["/x/my app.v2.dylib", "julia-my-app-v2"],
  ])("has a name after `%s`", (path, name) => {
    expect(wiringName(path)).toBe(name);
  });
});

describe("VS Code's settings", () => {
  const plain: Wiring = { ...wiring, sysimage: "/app.so" };
  const edit = (text: string) => {
    const edited = withSysimage(text, plain);
    if (!edited.ok) throw new Error(edited.error.detail);
    return edited.value;
  };

  it("keep comments, order, indentation and all other values", () => {
    const before = `{
  // mine
  "editor.tabSize": 2, /* two */
  "julia.additionalArgs": ["-t4", "-J", "/old.so", "--project=/old", "--sysimage=/older.so"],
  "files.eol": "\\n",
}
`;
    const { text } = edit(before);
    expect(text).toBe(`{
  // mine
  "editor.tabSize": 2, /* two */
  "julia.additionalArgs": [
    "-t4",
    "--sysimage=/app.so",
    "--project=/home/me/proj"
  ],
  "files.eol": "\\n",
  "julia.executablePath": "/opt/julia/bin/julia",
}
`);
    expect(edit(text).text).toBe(text);
  });

  it("are begun where there are none", () => {
    expect(JSON.parse(edit("").text)).toEqual({
      "julia.additionalArgs": ["--sysimage=/app.so", "--project=/home/me/proj"],
      "julia.executablePath": "/opt/julia/bin/julia",
    });
  });

  it("keep another Julia, which is told", () => {
    expect(edit('{"julia.executablePath": "/usr/bin/julia"}')).toMatchObject({ otherJulia: "/usr/bin/julia" });
  });

  it.each(["{", "[]", '{"a": }'])("that are no object are refused: %s", (text) => {
    expect(withSysimage(text, plain).ok).toBe(false);
  });
});

describe("lines of ours in a file of the user's", () => {
  it("are added once, and written anew in their place", () => {
    const once = withBlock("export A=1\n", "julia-app", "alias julia-app=a\n");
    expect(once).toBe("export A=1\n\n# >>> preimage julia-app >>>\nalias julia-app=a\n# <<< preimage julia-app <<<\n");
    expect(withBlock(once, "julia-app", "alias julia-app=a\n")).toBe(once);
    const more = withBlock(`${once}export B=2\n`, "julia-app", "alias julia-app=b");
    expect(more).toContain("alias julia-app=b\n# <<<");
    expect(more).not.toContain("=a");
    expect(more.endsWith("export B=2\n")).toBe(true);
  });

  it("end what does not end with a line feed", () => {
    expect(withBlock("x", "n", "y")).toBe("x\n\n# >>> preimage n >>>\ny\n# <<< preimage n <<<\n");
  });
});

describe("a file of the user's", () => {
  it("keeps its mode, its links, and what it was before the first time", () => {
    const folder = tempFolder();
    const [real, link] = [join(folder, "real"), join(folder, "link")];
    writeFileSync(real, "first");
    chmodSync(real, 0o600);
    symlinkSync(real, link);
    expect(editFile(link, "second")).toEqual({ path: link, changed: true, backup: `${real}.before-preimage` });
    expect(editFile(link, "third")).toMatchObject({ changed: true });
    expect(editFile(link, "third")).toMatchObject({ changed: false });
    expect([readFileSync(link, "utf8"), readFileSync(`${real}.before-preimage`, "utf8")]).toEqual(["third", "first"]);
    expect(statSync(real).mode & 0o777).toBe(0o600);
  });

  it("is made, with its folders, where it is not there", () => {
    const path = join(tempFolder(), "a", "b", "settings.json");
    expect(editFile(path, "{}")).toEqual({ path, changed: true, backup: undefined });
    expect(() => editFile(join(path, "c"), "")).toThrow();
    mkdirSync(join(path, "..", "d"));
  });
});
