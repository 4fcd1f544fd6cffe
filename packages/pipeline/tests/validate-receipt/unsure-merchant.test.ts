import type { Receipt } from '@slipstream/shared';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createValidateReceipt } from '../../src/validate-receipt/validate-receipt.ts';
import { context, openTestHome, received, type TestHome } from '../../testing/test-home.ts';
import { doubtfulReceipt } from './doubtful-receipt.ts';

let home: TestHome;
beforeEach(async () => {
  home = await openTestHome();
});
afterEach(() => home.close());

const unsure = (receipt: Receipt): Receipt => ({
  ...receipt,
  merchant_match: {
    status: 'UNSURE',
    merchant_id: null,
    name: null,
    tier: 'rows',
    confidence: 0.6,
    evidence: ['two merchants share its number'],
    candidates: [],
  },
});

it.each([
  ['surely, is VALID', 0, 'VALID', undefined],
  ['not surely, asks for review, for its name', 1, 'NEEDS_REVIEW', 'MERCHANT_UNSURE'],
])('a receipt of a merchant that may be one of several, whose name was read %s', async (_, below, status, code) => {
  const { image_id, receipt_id, revision } = await doubtfulReceipt(home, unsure);
  const message = received('m', JSON.stringify({ image_id, receipt_id, revision }));
  await createValidateReceipt(home, { review_below: below })([message], context());
  const [record] = await home.receipts.ofImage(image_id);
  expect(record).toMatchObject({ status, match_status: 'UNSURE' });
  expect(record?.reason_code).toBe(code);
});
