/**
 * A program that moves one step at a time: each of its operations on what it shares with others waits until it is let.
 * One that is not let any more has crashed; one that is let late was frozen.
 */
export class Actor {
  readonly name: string;
  readonly #waiting: (() => Promise<void>)[] = [];
  #isDone = false;
  #failure: unknown = null;

  constructor(name: string, work: (gate: Gate) => Promise<void>) {
    this.name = name;
    void work((operation) => this.#gated(operation)).then(
      () => {
        this.#isDone = true;
      },
      (error: unknown) => {
        this.#failure = error;
        this.#isDone = true;
      },
    );
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  /** Whatever it threw; null for nothing. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Lets one operation happen; false when there is none any more. */
  async step(): Promise<boolean> {
    await this.#arrived();
    const operation = this.#waiting.shift();
    if (operation === undefined) return false;
    await operation();
    await this.#arrived();
    return true;
  }

  async steps(count: number): Promise<void> {
    for (let done = 0; done < count && (await this.step()); done += 1);
  }

  async run(): Promise<void> {
    while (await this.step());
    if (this.#failure !== null) throw this.#failure;
  }

  #gated<T>(operation: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push(() => operation().then(resolve, reject));
    });
  }

  /** Until its next operation waits, or it has ended: what it does in between is its own. */
  async #arrived(): Promise<void> {
    while (this.#waiting.length === 0 && !this.#isDone) await new Promise((resolve) => setImmediate(resolve));
  }
}

export type Gate = <T>(operation: () => Promise<T>) => Promise<T>;
