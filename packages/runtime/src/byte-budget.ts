/**
 * Bounds the bytes that are held in memory at once, whatever the number and the size of what is worked on: work waits,
 * first come first served, until there is room. One that is larger than all of it goes alone.
 */
export class ByteBudget {
  readonly #bytesMax: number;
  readonly #waiting: { readonly bytes: number; readonly enter: () => void }[] = [];
  #held = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  async holding<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    const counted = Math.min(bytes, this.#bytesMax);
    if (this.#waiting.length > 0 || this.#held + counted > this.#bytesMax) {
      await new Promise<void>((enter) => this.#waiting.push({ bytes: counted, enter }));
    } else this.#held += counted;
    try {
      return await work();
    } finally {
      this.#held -= counted;
      this.#admit();
    }
  }

  #admit(): void {
    for (let next = this.#waiting[0]; next && this.#held + next.bytes <= this.#bytesMax; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#held += next.bytes;
      next.enter();
    }
  }
}
