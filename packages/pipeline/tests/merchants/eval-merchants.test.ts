import { existsSync } from 'node:fs';
import path from 'node:path';
import { Random } from '@slipstream/testing';
import { describe, expect, it } from 'vitest';
import { corrupted } from '../../eval/corrupt.ts';
import { evaluateSplit } from '../../eval/evaluate-merchants.ts';
import { figuresOf, missedBars, outcomeOf, TOP1_MIN } from '../../eval/judge-look-ups.ts';
import { keyedReceipts } from '../../eval/keyed-receipts.ts';
import { splitReceipts } from '../../eval/split-receipts.ts';
import { ocrDocument } from '../../testing/test-home.ts';

const TIMEOUT_MS = 240_000;
/** Of the receipts beside the project, for the short form; the whole runs with `npm run eval:merchants`. */
const RECEIPTS = 72;
const FOLDER = path.join(import.meta.dirname, '../../../../../shared/sroie');
const there = existsSync(path.join(FOLDER, 'box'));
if (!there)
  console.warn('SKIPPED: no keyed receipts beside the project (../shared/sroie); right merchants were not checked.');

describe.skipIf(!there)('receipts that people have read', () => {
  it('find their merchant again, and strangers are no match', { timeout: TIMEOUT_MS }, async () => {
    const receipts = keyedReceipts(path.join(FOLDER, 'box'), path.join(FOLDER, 'key')).slice(-RECEIPTS);
    const { judged } = await evaluateSplit(receipts, 1);
    const figures = [...TOP1_MIN.keys()].map((share) => figuresOf(judged, share));
    expect(figures.every(({ known, strangers }) => known > 15 && strangers > 5)).toBe(true);
    expect(missedBars(figures)).toEqual([]);
  });
});

describe('the evaluation', () => {
  const document = ocrDocument('0'.repeat(64), ['HARBOUR FOODS SDN BHD', 'TOTAL 7.50']);

  it('damages the share of characters that it says, and the same ones for the same seed', () => {
    const text = Array.from({ length: 60 }, () => 'ABCDEFGHIJ').join(' ');
    const long = ocrDocument('0'.repeat(64), [text]);
    const damaged = corrupted(long, 0.15, new Random(1)).lines[0]?.text ?? '';
    const same = [...damaged].filter((sign, i) => sign === text[i]).length;
    expect(corrupted(long, 0.15, new Random(1)).lines[0]?.text).toBe(damaged);
    expect(damaged).not.toBe(text);
    expect(same).toBeLessThan(text.length);
    const changed = 600 - damaged.split(' ').filter((word) => word === 'ABCDEFGHIJ').length * 10;
    expect(changed).toBeGreaterThan(300);
    expect(corrupted(document, 0, new Random(1))).toEqual(document);
  });

  it('indexes half of each repeated merchant, and nothing of the others', () => {
    const receipt = (id: string, truth: string) => ({ id, truth, company: truth, document });
    const all = [...'abcde'].map((id) => receipt(id, 'ACME')).concat(receipt('f', 'ZENITH'));
    const { indexed, kept_back, strangers } = splitReceipts(all, new Random(1));
    expect([indexed.length, kept_back.length]).toEqual([3, 2]);
    expect(strangers.map(({ id }) => id)).toEqual(['f']);
    expect(new Set([...indexed, ...kept_back].map(({ id }) => id)).size).toBe(5);
  });

  it('tells right from wrong, and says which bar is missed', () => {
    const look_up = (status: 'MATCHED' | 'UNSURE' | 'NEW', id: string | null) => ({
      receipt: { id: 'a', truth: 'ACME', company: 'ACME', document },
      share: 0,
      is_stranger: false,
      is_read: true,
      name_read: null,
      head: [],
      ms: 0,
      match: {
        status,
        merchant_id: status === 'MATCHED' ? id : null,
        name: null,
        tier: 'keys',
        confidence: 1,
        evidence: [],
        candidates: status === 'UNSURE' && id ? [{ merchant_id: id, name: '', confidence: 1 }] : [],
      },
    });
    const companyOf = (id: string) => (id === 'acme' ? 'ACME' : 'ZENITH');
    const outcomes = [
      outcomeOf(look_up('MATCHED', 'acme'), companyOf),
      outcomeOf(look_up('MATCHED', 'zenith'), companyOf),
      outcomeOf(look_up('UNSURE', 'acme'), companyOf),
      outcomeOf(look_up('NEW', null), companyOf),
    ];
    expect(outcomes).toEqual(['right', 'wrong', 'unsure_right', 'new']);
    const judged = outcomes.map((outcome) => ({ ...look_up('NEW', null), outcome }));
    const figures = figuresOf(judged, 0);
    expect(figures).toMatchObject({ top1: 0.5, matched: 0.25, wrong: 0.25 });
    expect(missedBars([figures])).toHaveLength(2);
  });
});
