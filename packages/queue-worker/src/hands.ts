import type { Lease, LeaseEnd } from './lease.ts';

/** The leases in hand, by where they stand: waiting for a slot, being worked on, being settled. */
export class Hands {
  readonly #waiting: Lease[] = [];
  readonly #working = new Set<Lease>();
  readonly #settling = new Set<Lease>();

  get waiting(): number {
    return this.#waiting.length;
  }

  get working(): number {
    return this.#working.size;
  }

  get settling(): number {
    return this.#settling.size;
  }

  get total(): number {
    return this.#waiting.length + this.#working.size + this.#settling.size;
  }

  take(lease: Lease): void {
    this.#waiting.push(lease);
  }

  /** The longest waiting one goes to work; undefined when none waits. */
  start(): Lease | undefined {
    const lease = this.#waiting.shift();
    if (lease) this.#working.add(lease);
    return lease;
  }

  /** The slot is free from here on: settling takes none. */
  release(lease: Lease): void {
    this.#working.delete(lease);
    this.#settling.add(lease);
  }

  settled(lease: Lease): void {
    this.#settling.delete(lease);
    lease.end();
  }

  /** Takes one that waits out of the row; false when it does not wait any more. */
  drop(lease: Lease): boolean {
    const index = this.#waiting.indexOf(lease);
    if (index >= 0) this.#waiting.splice(index, 1);
    return index >= 0;
  }

  /** Those that wait, all or some of them, leave the row and are returned: they are given back untouched. */
  dropWaiting(isMeant: (lease: Lease) => boolean = () => true): readonly Lease[] {
    return [...this.#waiting].filter((lease) => isMeant(lease) && this.drop(lease));
  }

  loseAll(end: LeaseEnd): void {
    for (const lease of [...this.#working, ...this.#settling]) lease.lose(end);
  }
}
