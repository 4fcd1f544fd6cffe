import { type Clock, SlipstreamError } from '@slipstream/shared';

interface Waiting<E> {
  readonly entry: E;
  readonly resolve: () => void;
  readonly reject: (error: SlipstreamError) => void;
}

export interface BatchOptions<E> {
  readonly clock: Clock;
  /** How long an entry waits for others. */
  readonly linger_ms: number;
  readonly entries_max: number;
  /** Sends a batch; the errors of those that failed, by their place in it. A rejection fails them all. */
  readonly send: (entries: readonly E[]) => Promise<ReadonlyMap<number, SlipstreamError>>;
}

/** Makes one request of several calls. Each caller learns the outcome of its own entry. */
export class BatchedCalls<E> {
  readonly #options: BatchOptions<E>;
  #waiting: Waiting<E>[] = [];
  #lingering: AbortController | null = null;

  constructor(options: BatchOptions<E>) {
    this.#options = options;
  }

  call(entry: E): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry, resolve, reject });
      if (this.#waiting.length >= this.#options.entries_max) this.#flush();
      else if (this.#lingering === null) void this.#linger();
    });
  }

  async #linger(): Promise<void> {
    const lingering = new AbortController();
    this.#lingering = lingering;
    await this.#options.clock.sleep(this.#options.linger_ms, lingering.signal);
    if (this.#lingering === lingering) this.#flush();
  }

  #flush(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    const lingering = this.#lingering;
    this.#lingering = null;
    lingering?.abort();
    void this.#send(batch);
  }

  async #send(batch: readonly Waiting<E>[]): Promise<void> {
    try {
      const failures = await this.#options.send(batch.map(({ entry }) => entry));
      batch.forEach(({ resolve, reject }, index) => {
        const failure = failures.get(index);
        if (failure === undefined) resolve();
        else reject(failure);
      });
    } catch (thrown) {
      const error = SlipstreamError.from(thrown, 'STORE_UNAVAILABLE');
      for (const { reject } of batch) reject(error);
    }
  }
}
