/** Wakes whoever waits for something to change. */
export class Bell {
  #ring: () => void = () => {};
  #rung: Promise<void> = Promise.resolve();

  constructor() {
    this.#reset();
  }

  ring(): void {
    const ring = this.#ring;
    this.#reset();
    ring();
  }

  /** Resolves with the next ring. */
  wait(): Promise<void> {
    return this.#rung;
  }

  #reset(): void {
    this.#rung = new Promise((resolve) => {
      this.#ring = resolve;
    });
  }
}
