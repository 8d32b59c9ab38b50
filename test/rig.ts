import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished, vi } from "vitest";
import { checkDocument } from "./json-schema.ts";

// A real Julia on a shared machine takes its time; what hangs is still ended.
vi.setConfig({ testTimeout: 900_000, hookTimeout: 1_800_000 });

export const repository = fileURLToPath(new URL("..", import.meta.url));
export const workloads = join(repository, "corpora", "workloads");
const launcher = join(repository, "bin", "preimage.js");

export interface Finished {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output to the byte. */
  readonly bytes: Buffer;
}

/** An empty folder in which the real binary is run. It goes with the test. */
export class Rig {
  readonly folder: string;

  constructor(keepUntil: (remove: () => void) => void = onTestFinished) {
    this.folder = mkdtempSync(join(tmpdir(), "preimage-test-"));
    keepUntil(() => rmSync(this.folder, { recursive: true, force: true }));
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, content: string | Uint8Array): string {
    writeFileSync(this.path(name), content);
    return this.path(name);
  }

  /** Makes a folder, and those above it. */
  folderOf(name: string): string {
    mkdirSync(this.path(name), { recursive: true });
    return this.path(name);
  }

  read(name: string): string {
    return readFileSync(this.path(name), "utf8");
  }

  start(args: readonly string[], env: NodeJS.ProcessEnv = {}, folder = this.folder): ChildProcess {
    return spawn(process.execPath, [launcher, ...args], {
      cwd: folder,
      env: { ...process.env, PREIMAGE_STORE: "", CI: "true", ...env },
    });
  }

  /** Runs `preimage` to its end. `input` is its standard input. */
  run(
    args: readonly string[],
    { env = {}, input = "" }: { env?: NodeJS.ProcessEnv; input?: string | Buffer } = {},
  ): Promise<Finished> {
    const child = this.start(args, env);
    child.stdin?.on("error", () => {});
    child.stdin?.end(input);
    return finished(child);
  }

  /** Runs `preimage … --format json`, which must end with `status`, and gives its document, which fits its schema. */
  async json<T>(args: readonly string[], status = 0, env: NodeJS.ProcessEnv = {}): Promise<T> {
    const [command = "", ...rest] = args;
    const format = ["--format", "json"];
    // What follows a traced workload is the workload's.
    const words = command === "trace" ? [command, ...format, ...rest] : [...args, ...format];
    const done = await this.run(words, { env });
    if (done.status !== status)
      throw new Error(`ended with ${done.status ?? done.signal}:\n${done.stdout}${done.stderr}`);
    const document: unknown = JSON.parse(done.stdout);
    checkDocument(args, document);
    return document as T;
  }
}

/** Runs any program in the rig's folder. */
export function runToEnd(program: string, args: readonly string[], rig: Rig, input = ""): Promise<Finished> {
  const child = spawn(program, args, { cwd: rig.folder });
  child.stdin?.on("error", () => {});
  child.stdin?.end(input);
  return finished(child);
}

export function finished(child: ChildProcess): Promise<Finished> {
  const out: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => void out.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => void errors.push(chunk));
  return new Promise((resolve) => {
    child.once("close", (status, signal) => {
      const bytes = Buffer.concat(out);
      resolve({
        status,
        signal,
        bytes,
        stdout: bytes.toString("utf8"),
        stderr: Buffer.concat(errors).toString("utf8"),
      });
    });
  });
}
