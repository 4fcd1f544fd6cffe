import { readdir, readFile, stat } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawSample } from '../draw/draw-sample.ts';
import { SAMPLES } from '../draw/receipts/index.ts';
import { type Truth, truthSchema } from '../draw/truth.ts';

const folder = new URL('../', import.meta.url);
const SAMPLE_BYTES_MAX = 250 * 1024;
/** Of 255, mean over the pixels: JPEG encoders of other processors round differently, other drawings differ by far more. */
const DIFFERENCE_MAX = 1;

async function storedTruth(name: string): Promise<Truth> {
  return truthSchema.parse(JSON.parse(await readFile(new URL(`${name}.json`, folder), 'utf8')));
}

/** Whole minor units; every amount of a truth has its currency's decimals. */
function minor(decimal: string | null): number {
  return decimal === null ? 0 : Number(decimal.replace('.', ''));
}

describe('the samples', () => {
  it('are eight, each an image with its truth beside it', async () => {
    const files = await readdir(folder);
    expect(SAMPLES).toHaveLength(8);
    for (const { name } of SAMPLES) expect(files).toEqual(expect.arrayContaining([`${name}.jpg`, `${name}.json`]));
    expect(files.filter((file) => file.endsWith('.jpg'))).toHaveLength(8);
  });

  it.each(SAMPLES)('$name: its stored truth is what is drawn, in a small file', async ({ name, truth }) => {
    expect(await storedTruth(name)).toEqual(truth);
    expect((await stat(new URL(truth.image, folder))).size).toBeLessThan(SAMPLE_BYTES_MAX);
  });

  it.each(SAMPLES)('$name: its figures add up exactly where they are said to', async ({ name }) => {
    const truth = await storedTruth(name);
    if (truth.receipt_count === 0) {
      expect(truth).toMatchObject({ merchant: null, items: [], total: null });
      return;
    }
    const items = truth.items.reduce((sum, { amount }) => sum + minor(amount), 0);
    const taxes = truth.taxes.filter(({ included }) => !included).reduce((sum, { amount }) => sum + minor(amount), 0);
    const sum = items + taxes + minor(truth.service_charge) + minor(truth.tip) + minor(truth.rounding);
    expect(sum).toBe(minor(truth.checks_expected.sum));
    expect(sum === minor(truth.total)).toBe(truth.checks_expected.sum_holds);
    if (truth.subtotal !== null) expect(items).toBe(minor(truth.subtotal));
    for (const { quantity, unit_price, amount } of truth.items) {
      if (unit_price !== null) expect(Number(quantity) * minor(unit_price)).toBe(minor(amount));
    }
  });

  it('hold a long one, one whose sum is wrong, one that is none, and one stored on its side', () => {
    const truths = SAMPLES.map(({ truth }) => truth);
    expect(Math.max(...truths.map(({ items }) => items.length))).toBeGreaterThanOrEqual(45);
    expect(
      truths.filter(({ receipt_count, checks_expected }) => receipt_count === 1 && !checks_expected.sum_holds),
    ).toHaveLength(1);
    expect(truths.filter(({ receipt_count }) => receipt_count === 0)).toHaveLength(1);
    expect(SAMPLES.filter(({ scene }) => scene.orientation === 6 && scene.folds > 10)).toHaveLength(1);
    expect(new Set(truths.flatMap(({ currency }) => currency ?? [])).size).toBe(6);
  });

  it('are drawn alike every time', { timeout: 60_000 }, async () => {
    const sample = SAMPLES.find(({ name }) => name === 'uk-pub-crumpled');
    if (sample === undefined) throw new Error('the sample is gone');
    const [drawn, stored] = await Promise.all([drawSample(sample), readFile(new URL(sample.truth.image, folder))]);
    const [one, other] = await Promise.all(
      [drawn, stored].map((file) => sharp(file).raw().toBuffer({ resolveWithObject: true })),
    );
    if (one === undefined || other === undefined) throw new Error('nothing was decoded');
    expect(one.info).toMatchObject({ width: other.info.width, height: other.info.height });
    const difference = one.data.reduce((sum, value, index) => sum + Math.abs(value - (other.data[index] ?? 0)), 0);
    expect(difference / one.data.length).toBeLessThan(DIFFERENCE_MAX);
    expect((await sharp(drawn).metadata()).orientation).toBe(6);
  });
});
