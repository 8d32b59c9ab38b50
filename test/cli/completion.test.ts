import { describe, expect, it } from "vitest";
import { allCommands, wordsOf } from "../../src/cli/command-words.ts";
import { completionScript, shells } from "../../src/cli/completion.ts";
import { program } from "../../src/cli/program.ts";
import { Rig, runToEnd } from "../rig.ts";

const root = wordsOf(await program(["completion"], async () => {}));
const commands = allCommands(root);

/** What bash offers behind these words; the last one is being typed. */
async function completed(...words: readonly string[]): Promise<string[]> {
  const rig = new Rig();
  rig.write("completion.bash", completionScript("bash", root));
  rig.write("list.jl", "");
  const script = [
    "source completion.bash",
    // What the store at hand would say.
    "preimage() { printf '%s\\n' store run:nightly run:night/2 tag:job=7; }",
    `COMP_LINE='preimage ${words.join(" ")}' COMP_WORDBREAKS=$' \\t\\n"><=;|&(:'`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: of bash
    "COMP_POINT=${#COMP_LINE}",
    "_preimage",
    `printf '%s\\n' "\${COMPREPLY[@]}"`,
  ].join("\n");
  const { stdout, stderr } = await runToEnd("bash", ["-c", script], rig);
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => line !== "");
}

describe("bash completes", () => {
  it.each([
    [["di"], ["diff"]],
    [["rep"], ["report"]],
    [["report", "--against", "st"], ["store"]],
    [
      ["list", "ru"],
      ["run:nightly", "run:night/2"],
    ],
    // To bash what stands in front of the colon is another word.
    [["list", "run:nightl"], ["nightly"]],
    [["list", "tag:job="], ["7"]],
    [
      ["runs", "rm", "night"],
      ["nightly", "night/2"],
    ],
    [["diff", "--by=ow"], ["owner"]],
    [["report", "store", "--ag"], ["--against"]],
    [
      ["runs", ""],
      ["show", "rm"],
    ],
    [["runs", "rm", "--f"], ["--format"]],
    [
      ["diff", "--by", "o"],
      ["owner", "obstacle"],
    ],
    [["diff", "--by", "owner", "--no"], ["--no-exit-code"]],
    [["build", "-o", "l"], ["list.jl"]],
    [["diff", "l"], ["list.jl"]],
    [["diff", "list.jl", "s"], ["store"]],
    [["prune", "list", "--dr"], ["--drop-main"]],
    [
      ["completion", ""],
      ["bash", "zsh", "fish"],
    ],
    [["help", "port"], ["portability"]],
    [["import", "--name", ""], []],
    [["explain", ""], []],
  ])("%j", async (words, offered) => expect(await completed(...words)).toEqual(offered));
});

describe.each(shells)("the script for %s", (shell) => {
  const script = completionScript(shell, root);

  it("has every command and every option", () => {
    expect(commands.length).toBeGreaterThan(15);
    for (const { path, options } of commands) {
      expect(script).toContain(path.at(-1) ?? "preimage");
      for (const name of options.flatMap(({ names }) => names)) {
        const written = shell === "fish" ? name.replace(/^--(?=.)/, "-l ").replace(/^-(?=[a-zA-Z]$)/, "-s ") : name;
        expect(script).toContain(written);
      }
    }
  });

  it("is read by that shell, where it is installed", async () => {
    const rig = new Rig();
    rig.write("script", script);
    const { status, stderr } = await runToEnd(
      "sh",
      ["-c", `command -v ${shell} >/dev/null || exit 0; ${shell} -n script`],
      rig,
    );
    expect([status, stderr]).toEqual([0, ""]);
  });
});
