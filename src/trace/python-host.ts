import { copyFileSync, mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const hostFile = fileURLToPath(new URL("python-host.py", import.meta.url));

/**
 * What a command has to be started with so that a Julia that juliacall embeds in a Python writes a trace: a module that
 * every Python loads by itself names a trace for its own process (`python-host.py`). A Python that is told to load none
 * (`-S`, `-I`) has the name that stands here, and shares it with others of that kind.
 */
export function pythonEnvironment(folder: string, recorder: string): Readonly<Record<string, string>> {
  const modules = join(folder, "python");
  mkdirSync(modules);
  copyFileSync(hostFile, join(modules, "sitecustomize.py"));
  return {
    PREIMAGE_TRACE_FOLDER: folder,
    PREIMAGE_RECORDER: recorder,
    PYTHON_JULIACALL_TRACE_COMPILE: join(folder, "any.python.jl"),
    PYTHONPATH: [modules, process.env.PYTHONPATH].filter((path) => path).join(delimiter),
  };
}
