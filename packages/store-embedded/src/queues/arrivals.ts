import type { Connection } from '../database/connection.ts';

/** How often other processes' commits are looked for, in ms, while somebody waits: one PRAGMA, some microseconds. */
const POLL_MS = 200;

/** A wait for the next arrival. Cancelling is harmless after it came. */
export interface Expectation {
  readonly arrived: Promise<void>;
  cancel(): void;
}

/**
 * Wakes receivers: at once for what this process sends, within `POLL_MS` for what another one commits. A wake-up is a
 * hint to look again, never a promise that there is something.
 */
export class Arrivals {
  readonly #connection: Connection;
  readonly #waiting = new Map<string, Set<() => void>>();
  #poll: NodeJS.Timeout | null = null;
  #dataVersion: unknown = null;
  #closed = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** To be called before looking into the queue, so that nothing arrives unseen between the look and the wait. */
  expect(queue: string): Expectation {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.#closed) resolve();
    const receivers = this.#waiting.get(queue) ?? new Set();
    this.#waiting.set(queue, receivers.add(resolve));
    this.#startPolling();
    const cancel = () => {
      receivers.delete(resolve);
      if (receivers.size === 0 && this.#waiting.get(queue) === receivers) this.#waiting.delete(queue);
      if (this.#waiting.size === 0) this.#stopPolling();
    };
    return { arrived: promise, cancel };
  }

  notify(queue: string): void {
    for (const wake of this.#waiting.get(queue) ?? []) wake();
  }

  close(): void {
    this.#closed = true;
    this.#stopPolling();
    this.notifyAll();
  }

  notifyAll(): void {
    for (const queue of this.#waiting.keys()) this.notify(queue);
  }

  #startPolling(): void {
    if (this.#poll !== null || this.#closed) return;
    this.#dataVersion = this.#readDataVersion();
    this.#poll = setInterval(() => this.#look(), POLL_MS);
    // A waiting receive alone does not keep the process alive; its caller does.
    this.#poll.unref();
  }

  #stopPolling(): void {
    if (this.#poll !== null) clearInterval(this.#poll);
    this.#poll = null;
  }

  #look(): void {
    const version = this.#readDataVersion();
    if (version === this.#dataVersion) return;
    this.#dataVersion = version;
    this.notifyAll();
  }

  /** Changes when another connection commits (https://www.sqlite.org/pragma.html#pragma_data_version). */
  #readDataVersion(): unknown {
    try {
      return this.#connection.sql('PRAGMA data_version').get()?.data_version;
    } catch {
      // Whatever is wrong with the database, the receiver that is woken meets it itself and reports it.
      return Symbol('unknown');
    }
  }
}
