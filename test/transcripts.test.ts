import { chmodSync, globSync, mkdirSync, readFileSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { expect, it } from "vitest";
import { Rig, repository, runToEnd } from "./rig.ts";

/**
 * A transcript is a shell session: `$ ` a command, `> ` its further lines, then standard output, standard error behind
 * `2> `, and `? n` where it ended with n. Times and the sizes of pages are blanked. `npx vitest run test/transcripts.test.ts -u` writes them anew.
 */
const transcripts = globSync("corpora/transcripts/*.txt", { cwd: repository }).sort();

it.each(transcripts)("%s is what the binary prints", async (file) => {
  const path = join(repository, file);
  const rig = new Rig();
  mkdirSync(rig.path("bin"));
  rig.write("bin/preimage", `#!/bin/sh\nexec '${process.execPath}' '${join(repository, "bin", "preimage.js")}' "$@"\n`);
  chmodSync(rig.path("bin/preimage"), 0o755);
  mkdirSync(rig.path("work"));
  const session: string[] = [];
  for (const command of commandsOf(readFileSync(path, "utf8"))) session.push(await replay(command, rig));
  // Whoever writes them anew does not accept what no user may ever see.
  expect(session.join("\n")).not.toContain("internal error");
  await expect(session.join("\n")).toMatchFileSnapshot(path);
});

it("finds the transcripts", () => {
  expect(transcripts.map((file) => basename(file, ".txt").split("-")[0])).toEqual(
    expect.arrayContaining(["diff", "import", "prune", "report", "runs", "show", "usage"]),
  );
});

function commandsOf(text: string): string[] {
  const commands: string[] = [];
  for (const line of text.split("\n")) {
    if (line.startsWith("$ ")) commands.push(line.slice(2));
    else if (line.startsWith("> ")) commands.push(`${commands.pop()}\n${line.slice(2)}`);
  }
  return commands;
}

async function replay(command: string, rig: Rig): Promise<string> {
  const env = { PATH: [rig.path("bin"), process.env.PATH].join(delimiter), CI: "true", PREIMAGE_STORE: "" };
  const set = Object.entries(env).map(([name, value]) => `${name}='${value}' `);
  const done = await runToEnd("sh", ["-c", `cd work; export ${set.join("")}; ${command}`], rig);
  const [first = "", ...more] = command.split("\n");
  return [
    `$ ${first}\n`,
    ...more.map((line) => `> ${line}\n`),
    blanked(done.stdout, rig),
    blanked(done.stderr, rig).replace(/^(?=.)/gm, "2> "),
    done.status === 0 ? "" : `? ${done.status}\n`,
  ].join("");
}

function blanked(text: string, rig: Rig): string {
  return (
    text
      .replaceAll(rig.folder, "<folder>")
      .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, "YYYY-MM-DD hh:mm:ss")
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>")
      // A page holds its script, which grows and shrinks.
      .replace(/(report\.html|empty\.html), \d+ kB/g, "$1, <size>")
      .replace(/"bytes": \d+/g, '"bytes": <size>')
  );
}
