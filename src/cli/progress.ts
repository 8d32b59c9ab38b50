import type { ProgressEvent } from "../commands/context.ts";
import { drawDiagnostic } from "../diagnostics/frame.ts";
import { duration } from "../report/rendering.ts";
import { unreachable } from "../support/unreachable.ts";

/** Hears what happens and draws it on standard error. */
export interface ProgressListener {
  notify(event: ProgressEvent): void;
  /** The last word is about to be printed: take away what is not to stay. */
  end(): void;
}

/** As standard error has it. Whether that is a terminal is asked when there is a step to show: asking makes Node build its stream. */
export function progressOn(write: (text: string) => void): ProgressListener {
  const plain = plainProgress(write);
  let listener = plain;
  return {
    notify: (event) => {
      if (event.kind === "step-begins" && listener === plain && isLive()) listener = liveProgress(write);
      listener.notify(event);
    },
    end: () => listener.end(),
  };
}

function isLive(): boolean {
  return process.stderr.isTTY === true && process.env.TERM !== "dumb" && process.env.CI === undefined;
}

/** One line an event, for logs and pipes. */
function plainProgress(write: (text: string) => void): ProgressListener {
  return {
    notify: (event) => {
      const text = eventText(event);
      if (text !== undefined) write(`${text}\n`);
    },
    end: () => {},
  };
}

function eventText(event: ProgressEvent): string | undefined {
  switch (event.kind) {
    case "step-begins":
      return `${event.step} …${event.estimateMs === undefined ? "" : ` (took ${duration(event.estimateMs)} last time)`}`;
    case "step-ends":
      return `${event.step}: ${event.failed ? "failed after " : ""}${duration(event.durationMs)}`;
    case "workload-begins":
      return `tracing ${event.command}`;
    case "note":
      return event.text;
    case "diagnostic":
      return drawDiagnostic(event.diagnostic);
    default:
      return unreachable(event);
  }
}

const redrawMs = 100;
const clearLine = "\r\u001b[2K";
const spokes = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/** On a terminal: the step at hand with its elapsed time on one line that is drawn again and again. */
function liveProgress(write: (text: string) => void): ProgressListener {
  const plain = plainProgress(write);
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    if (timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
    write(clearLine);
  };
  return {
    notify: (event) => {
      if (event.kind === "step-begins") {
        stop();
        timer = redrawEvery(event, write);
      } else if (event.kind === "step-ends") {
        stop();
        write(`${event.failed ? "✗" : "✓"} ${event.step} ${duration(event.durationMs)}\n`);
      } else {
        if (timer !== undefined) write(clearLine);
        plain.notify(event);
      }
    },
    end: stop,
  };
}

function redrawEvery(event: ProgressEvent & { kind: "step-begins" }, write: (text: string) => void): NodeJS.Timeout {
  const startedAt = performance.now();
  const estimate = event.estimateMs === undefined ? "" : ` of about ${duration(event.estimateMs)}`;
  let turn = 0;
  const draw = (): void => {
    const elapsed = duration(Math.floor((performance.now() - startedAt) / 1000) * 1000)
      .replace(".0 s", " s")
      .replace("0 ms", "0 s");
    write(`${clearLine}${spokes[turn % spokes.length]} ${event.step} ${elapsed}${estimate}`);
    turn += 1;
  };
  draw();
  const timer = setInterval(draw, redrawMs);
  timer.unref();
  return timer;
}
