import type { Scene } from './photograph.ts';
import type { PrintLine } from './print-line.ts';
import type { Truth } from './truth.ts';

/** One sample: what is printed, how it is photographed, and what a person reads on it. */
export interface Sample {
  readonly name: string;
  readonly font: 'cousine' | 'courier-prime';
  /** Characters a line. */
  readonly columns: number;
  readonly lines: readonly PrintLine[];
  readonly scene: Scene;
  readonly truth: Truth;
}
