import { Random as SeededRandom } from '@slipstream/testing';

/** The seeded source of chance that receipts are drawn with: the same seed draws the same ones on every machine. */
export class Random extends SeededRandom {
  /** Whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return this.integer(low, high);
  }

  /** `#` becomes a digit, `@` a capital letter. */
  fill(pattern: string): string {
    return pattern.replace(/[#@]/g, (mark) =>
      mark === '#' ? String(this.int(0, 9)) : String.fromCharCode(65 + this.int(0, 25)),
    );
  }
}
