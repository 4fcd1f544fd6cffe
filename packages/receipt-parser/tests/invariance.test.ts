import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawReceipt } from '../scripts/synthetic/draw-receipt.ts';
import { parseDocument } from '../src/index.ts';
import { rotated, scaled, shifted, shuffled } from './support/transform.ts';
import { valuesOf } from './support/values-of.ts';

/** On a busy machine; alone these take a second or two. */
const TIMEOUT_MS = 60_000;
const IDS = { image_id: '00000000-0000-5000-8000-000000000000' };
const index = fc.integer({ min: 0, max: 299 });
const RUNS = { numRuns: 60, seed: 20_240_501 };

describe('no field changes when the page is', () => {
  it('scaled', { timeout: TIMEOUT_MS }, () => {
    fc.assert(
      fc.property(index, fc.double({ min: 0.2, max: 1.5, noNaN: true }), (i, factor) => {
        const { document } = drawReceipt(1, i);
        expect(valuesOf(parseDocument(scaled(document, factor), IDS))).toEqual(valuesOf(parseDocument(document, IDS)));
      }),
      RUNS,
    );
  });

  it('shifted', { timeout: TIMEOUT_MS }, () => {
    fc.assert(
      fc.property(index, fc.integer({ min: -200, max: 200 }), fc.integer({ min: -200, max: 200 }), (i, dx, dy) => {
        const { document } = drawReceipt(1, i);
        expect(valuesOf(parseDocument(shifted(document, dx, dy), IDS))).toEqual(valuesOf(parseDocument(document, IDS)));
      }),
      RUNS,
    );
  });

  it('turned by up to 15 degrees', { timeout: TIMEOUT_MS }, () => {
    fc.assert(
      fc.property(index, fc.double({ min: -15, max: 15, noNaN: true }), (i, degrees) => {
        const { document } = drawReceipt(1, i);
        expect(valuesOf(parseDocument(rotated(document, degrees), IDS))).toEqual(
          valuesOf(parseDocument(document, IDS)),
        );
      }),
      RUNS,
    );
  });

  it('returned with its lines in another order', { timeout: TIMEOUT_MS }, () => {
    fc.assert(
      fc.property(
        index,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 100, maxLength: 100 }),
        (i, order) => {
          const { document } = drawReceipt(1, i);
          expect(valuesOf(parseDocument(shuffled(document, order), IDS))).toEqual(
            valuesOf(parseDocument(document, IDS)),
          );
        },
      ),
      RUNS,
    );
  });
});
