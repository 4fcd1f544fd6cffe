import { receiptSchema } from '@slipstream/shared';
import { describe, expect, it } from 'vitest';
import { droppableItems, sumChecked, withoutItem } from '../scripts/eval/drop-item-row.ts';
import { COUNTRY_PROFILES, drawReceipt } from '../scripts/synthetic/draw-receipt.ts';
import { ITEM_LAYOUTS } from '../scripts/synthetic/item-layouts.ts';
import { emptyScore, f1Of, scoreReceipt } from '../scripts/synthetic/score.ts';
import { parseDocument } from '../src/index.ts';

/** On a busy machine; alone these take a second or two. */
const TIMEOUT_MS = 60_000;
const IDS = { image_id: '00000000-0000-5000-8000-000000000000' };
const SEED = 3;
const COUNT = 160;
const drawn = Array.from({ length: COUNT }, (_, i) => drawReceipt(SEED, i));

describe(`${COUNT} drawn receipts (seed ${SEED})`, () => {
  it('cover fifteen countries and eight layouts', { timeout: TIMEOUT_MS }, () => {
    expect(COUNTRY_PROFILES.length).toBeGreaterThanOrEqual(15);
    expect(new Set(drawn.map(({ truth }) => truth.country)).size).toBe(COUNTRY_PROFILES.length);
    expect(ITEM_LAYOUTS).toHaveLength(8);
    expect(new Set(drawn.map(({ truth }) => truth.layout)).size).toBe(8);
  });

  it('are read as they were drawn', { timeout: TIMEOUT_MS }, () => {
    const score = emptyScore();
    for (const { document, truth } of drawn) scoreReceipt(score, truth, parseDocument(document, IDS)[0]);
    const leaves = { expected: 0, read: 0, right: 0 };
    for (const [field, tally] of score.tallies) {
      if (field === 'item') continue;
      leaves.expected += tally.expected;
      leaves.read += tally.read;
      leaves.right += tally.right;
    }
    const items = score.tallies.get('item');
    expect(f1Of(leaves), JSON.stringify(score.mistakes.slice(0, 5))).toBeGreaterThanOrEqual(0.97);
    expect((items?.right ?? 0) / (items?.expected ?? 1)).toBeGreaterThanOrEqual(0.98);
  });

  it('pass the receipt schema', { timeout: TIMEOUT_MS }, () => {
    for (const { document } of drawn) for (const receipt of parseDocument(document, IDS)) receiptSchema.parse(receipt);
  });

  it('ask for review when any one item row is dropped', { timeout: TIMEOUT_MS }, () => {
    let checked = 0;
    const missed: string[] = [];
    for (const { document, truth } of drawn) {
      const [receipt] = parseDocument(document, IDS);
      if (!sumChecked(receipt)) continue;
      for (const item of droppableItems(receipt)) {
        checked += 1;
        const [after] = parseDocument(withoutItem(document, receipt, item), IDS);
        if (after !== undefined && !after.needs_review) missed.push(`${truth.id} item ${item}`);
      }
    }
    expect(checked).toBeGreaterThan(COUNT);
    expect(missed.length / checked, missed.join(', ')).toBeLessThanOrEqual(0.01);
  });
});
