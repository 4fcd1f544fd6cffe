import { afterEach, beforeEach, expect, it } from 'vitest';
import { createProcessOcrResults } from '../src/process-ocr-results/process-ocr-results.ts';
import { type MemoryHome, resultMessage } from './memory-home.ts';
import { HARBOUR, HARBOUR_BRANCH, receiptLines, ZENITH } from './shops.ts';
import { context } from './test-home.ts';

/** What has to hold when receipts of the same merchants end at the same time, whatever the records are kept in. */
export function merchantRaces(open: () => Promise<MemoryHome>): void {
  let home: MemoryHome;
  beforeEach(async () => {
    home = await open();
  });
  afterEach(() => home.close());

  /** Each image in an invocation of its own, all at once, and again what was handed back. */
  async function processAtOnce(images: readonly { image_id: string; job_id: string }[]): Promise<void> {
    // A function of its own each: nothing that one of them remembers helps another.
    let left = images;
    for (let round = 0; left.length > 0; round += 1) {
      if (round === 5) throw new Error(`${left.length} images are still not done`);
      const answers = await Promise.all(
        left.map(async (ids) => {
          const { retry } = await createProcessOcrResults(home.ports)([resultMessage(ids)], context());
          return retry.length > 0 ? [ids] : [];
        }),
      );
      left = answers.flat();
    }
  }

  const matches = async (images: readonly { image_id: string }[]) =>
    Promise.all(
      images.map(async ({ image_id }) => {
        const record = await home.ports.receipts.get(image_id, '00001');
        return { merchant_id: record?.merchant_id, status: record?.match_status };
      }),
    );

  it('ten receipts of one new shop in one batch make one merchant', async () => {
    const images = [];
    for (let number = 0; number < 10; number += 1) images.push(await home.read(receiptLines(HARBOUR, number)));
    await processAtOnce(images);
    const found = await matches(images);
    expect(new Set(found.map(({ merchant_id }) => merchant_id)).size).toBe(1);
    expect(found.filter(({ status }) => status === 'NEW')).toHaveLength(1);
    expect(found.filter(({ status }) => status === 'MATCHED')).toHaveLength(9);
    const { items } = await home.ports.merchants.list({ limit: 100 });
    expect(items.map(({ name }) => name)).toEqual([HARBOUR.name]);
  });

  it('branches that open at once, with only the tax number in common, are one merchant with all their keys', async () => {
    const images = await Promise.all([HARBOUR, HARBOUR_BRANCH, ZENITH].map((shop) => home.read(receiptLines(shop))));
    await processAtOnce(images);
    const [first, branch, other] = await matches(images);
    expect(branch?.merchant_id).toBe(first?.merchant_id);
    expect(other?.merchant_id).not.toBe(first?.merchant_id);
    const { items } = await home.ports.merchants.keysOf(first?.merchant_id ?? '', { limit: 100 });
    expect(items.filter(({ kind }) => kind === 'phone')).toHaveLength(2);
    expect(items.filter(({ kind }) => kind === 'address')).toHaveLength(2);
  });
}
