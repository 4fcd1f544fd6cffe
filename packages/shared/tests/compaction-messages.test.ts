import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  compactionRunRecordSchema,
  deltaMessage,
  type ReceiptRecord,
  receiptMessage,
  receiptRecordSchema,
} from '../src/index.ts';

const golden = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../golden/${name}`, import.meta.url), 'utf8'));
const RUN_ID = '01990a6e-5c00-7000-8000-000000000001';
const MERCHANT = '3f2a1b0c-1111-5222-8333-444455556666';
const UNINDEXED: ReceiptRecord = receiptRecordSchema.parse(golden('record.receipt.json'));
const RECEIPT: ReceiptRecord = { ...UNINDEXED, run_id: RUN_ID, rows_revision: 1 };
const BOTH = ['lines', 'words'];

describe('what a change of a receipt means to the index', () => {
  it('a run is one delta, which names its first receipt', () => {
    const run = compactionRunRecordSchema.parse(golden('record.compaction-run.json'));
    expect(deltaMessage(run)).toEqual(golden('message.compaction-queue.json'));
  });

  it.each([
    ['is new: its rows come with its run', null, RECEIPT],
    ['changes its status only', RECEIPT, { ...RECEIPT, revision: 2, status: 'VALID' as const }],
    [
      'is read again: its rows come with the new run',
      RECEIPT,
      { ...RECEIPT, revision: 2, run_id: MERCHANT, merchant_id: MERCHANT },
    ],
    ['is in no index', UNINDEXED, null],
  ])('nothing, when it %s', (_, before, after) => {
    expect(receiptMessage(before, after, 'lines')).toBeNull();
  });

  it.each([
    ['merchant_id', MERCHANT],
    ['phone', '+441632960123'],
    ['address_key', '1 main st'],
  ])('a refresh in each collection, when its %s changes', (name, value) => {
    const { image_id, receipt_id } = RECEIPT;
    const ids = { kind: 'refresh', image_id, receipt_id, revision: 2 };
    for (const collection of BOTH) {
      expect(receiptMessage(RECEIPT, { ...RECEIPT, revision: 2, [name]: value }, collection)).toEqual({
        ...ids,
        collection,
      });
    }
  });

  it('a delete above its revision, when it is gone', () => {
    expect(receiptMessage(RECEIPT, null, 'lines')).toMatchObject({ kind: 'delete', revision: 2 });
  });
});
