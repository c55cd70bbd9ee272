/** Gives the turn back. Calling it twice is harmless. */
export type ReleaseTurn = () => void;

/** Lets one at a time pass, in the order in which they asked. */
export class Turn {
  #last: Promise<void> = Promise.resolve();

  /** Resolves when everyone who asked before has given the turn back. */
  async take(): Promise<ReleaseTurn> {
    const before = this.#last;
    let release: ReleaseTurn = () => undefined;
    this.#last = new Promise<void>((resolve) => {
      release = resolve;
    });
    await before;
    return release;
  }
}
