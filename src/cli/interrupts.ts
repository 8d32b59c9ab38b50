/** Sent to who is to end; SIGHUP when the terminal is closed. */
const ending = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Ctrl-C and the like while a command works: the first tells it to end, the next kills what does not. */
export class Interrupts {
  /** Made when it is asked for, as most commands never do and it is a part of Node that has to be loaded. */
  #controller: AbortController | undefined;
  #received: NodeJS.Signals | undefined;
  #areOurs = true;
  readonly #onSignal: (signal: NodeJS.Signals) => void;

  /** `killOrExit`: asked again. What does not end by itself is killed, and what it did until then still recorded. */
  constructor(killOrExit: () => void) {
    this.#onSignal = (signal) => {
      if (signal === "SIGINT" && !this.#areOurs) return;
      if (this.#received !== undefined) return killOrExit();
      this.#received = signal;
      this.#controller?.abort(signal);
    };
    for (const signal of ending) process.on(signal, this.#onSignal);
  }

  get received(): boolean {
    return this.#received !== undefined;
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#received !== undefined) this.#controller.abort(this.#received);
    return this.#controller.signal;
  }

  /** From now on Ctrl-C is for the program on the terminal alone, until what is returned is called. */
  leave(): () => void {
    this.#areOurs = false;
    return () => {
      this.#areOurs = true;
    };
  }

  /** The work is done: from now on they end the process, which may be waiting for whoever reads its output. */
  end(): void {
    for (const signal of ending) process.off(signal, this.#onSignal);
  }
}
