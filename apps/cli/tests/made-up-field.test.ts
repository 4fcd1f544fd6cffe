import { readFileSync } from 'node:fs';
import { keepReviewed } from '@slipstream/pipeline/process-ocr-results';
import { recheckReceipt } from '@slipstream/receipt-parser';
import { RECEIPT_FIELDS, type Receipt, type ReceiptFieldTable, receiptSchema } from '@slipstream/shared';
import { describe, expect, it } from 'vitest';
import { itemColumns, receiptColumns, shownFields } from '../src/output/receipt-fields.ts';

const GOLDEN = new URL('../../../packages/shared/golden/receipt.json', import.meta.url);
const money = (value: string, reviewed?: true) => ({
  value,
  text: value,
  confidence: 1,
  words: [],
  ...(reviewed && { reviewed }),
});

/** The table with two fields that no receipt has: a deposit on bottles, and a shelf for each item. */
const FIELDS: ReceiptFieldTable = {
  ...RECEIPT_FIELDS,
  deposit: { kind: 'decimal', sum: 'deposit', model: true, person: true, label: 'deposit', column: 'deposit' },
  'line_items[].shelf': { kind: 'text', model: false, person: true, label: 'shelf', column: 'shelf' },
};

const receipt = (deposit: object | null): Receipt => {
  const read = receiptSchema.parse(JSON.parse(readFileSync(GOLDEN, 'utf8')));
  const item = { description: null, quantity: null, unit_price: null, amount: money('10.00'), shelf: money('B7') };
  return receiptSchema.parse({
    ...read,
    ...{
      line_items: [item],
      discounts: [],
      taxes: [],
      subtotal: null,
      service_charge: null,
      tip: null,
      rounding: null,
    },
    total: money('10.25'),
    deposit,
    checks: [],
  });
};
const sumOf = (of: Receipt, fields: ReceiptFieldTable) =>
  recheckReceipt(of, fields).find(({ id }) => id === 'items_make_total')?.ok;

describe('a field that is one row more in the table', () => {
  it('is kept as a person left it when the receipt is read again', () => {
    const before = receipt(money('0.25', true));
    const again = keepReviewed(receipt(money('0.75')), before, 0.8, FIELDS);
    expect(again).toMatchObject({ deposit: { value: '0.25', reviewed: true } });
    expect(keepReviewed(receipt(money('0.75')), before)).toMatchObject({ deposit: { value: '0.75' } });
    const shelved = { ...before, line_items: [{ ...before.line_items[0], shelf: money('C1', true) }] };
    const kept = keepReviewed(receipt(null), receiptSchema.parse(shelved), 0.8, FIELDS);
    expect(kept.line_items[0]).toMatchObject({ shelf: { value: 'C1' } });
  });

  it('is part of the sum that is checked', () => {
    expect(sumOf(receipt(money('0.25')), FIELDS)).toBe(true);
    expect(sumOf(receipt(money('0.26')), FIELDS)).toBe(false);
    expect(sumOf(receipt(money('0.25')), RECEIPT_FIELDS)).toBe(false);
  });

  it('is shown with its label', () => {
    const shown = shownFields(receipt(money('0.25')), FIELDS);
    expect(shown).toContainEqual(expect.objectContaining({ path: 'deposit', label: 'deposit' }));
    expect(shown.find(({ kind }) => kind === 'table')).toMatchObject({
      columns: ['item', 'quantity', 'price', 'amount', 'shelf'],
      rows: [['', '', '', '10.00', 'B7']],
    });
  });

  it('is exported in its column', () => {
    const of = receipt(money('0.25'));
    expect(
      receiptColumns(FIELDS)
        .find(({ name }) => name === 'deposit')
        ?.cell(of),
    ).toBe('0.25');
    expect(
      itemColumns(FIELDS)
        .find(({ name }) => name === 'shelf')
        ?.cell(of.line_items[0] ?? {}),
    ).toBe('B7');
  });
});
