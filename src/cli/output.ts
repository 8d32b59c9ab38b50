import { writeSync } from "node:fs";

type Descriptor = 1 | 2;

/**
 * Writes the whole text to standard output. Where nobody reads it any more, such as behind `| head`, the process ends as it
 * would have.
 */
export function writeOut(text: string): void {
  write(1, text, endWithoutOutput);
}

/** The same to standard error. What cannot be written there cannot be told anywhere. */
export function writeError(text: string): void {
  write(2, text, () => {});
}

/** Done when nothing is held back any more, so that the process may end. */
export async function allWritten(): Promise<void> {
  for (const stream of streams.values()) await new Promise((resolve) => stream.write("", resolve));
}

function endWithoutOutput(error: NodeJS.ErrnoException): never {
  if (error.code === "EPIPE") process.exit();
  writeError(`error: standard output cannot be written: ${error.message}\n`);
  process.exit(3);
}

type OnError = (error: NodeJS.ErrnoException) => void;

/** Those that Node's stream has taken over; what follows has to go behind what it holds. */
const streams = new Map<Descriptor, NodeJS.WriteStream>();

/**
 * Straight into the file, as Node's own streams take a tenth of a start to be made. They are made where whoever started
 * us has said that a write may not wait for the reader, and on Windows, whose consoles want other bytes.
 */
function write(descriptor: Descriptor, text: string, onError: OnError): void {
  let rest: Uint8Array = Buffer.from(text);
  try {
    if (process.platform !== "win32" && !streams.has(descriptor))
      while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EAGAIN") {
      onError(error as NodeJS.ErrnoException);
      return;
    }
  }
  if (rest.length > 0) streamOf(descriptor, onError).write(rest);
}

function streamOf(descriptor: Descriptor, onError: OnError): NodeJS.WriteStream {
  const known = streams.get(descriptor);
  if (known !== undefined) return known;
  const stream = (descriptor === 1 ? process.stdout : process.stderr).on("error", onError);
  streams.set(descriptor, stream);
  return stream;
}
