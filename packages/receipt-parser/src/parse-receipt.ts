import type { OcrDocument, Receipt } from '@slipstream/shared';
import { moneyToDecimal } from './amounts/money.ts';
import { numberStyleOf } from './amounts/number-style.ts';
import { chooseDate } from './dates/choose-date.ts';
import { fieldOf } from './fields/field.ts';
import { figuresOf } from './layout/figures.ts';
import { piecesOf } from './layout/frame.ts';
import { rowsOf } from './layout/rows.ts';
import { findAddress } from './merchant/find-address.ts';
import { findName } from './merchant/find-name.ts';
import { headOf } from './merchant/head.ts';
import { findTotal } from './summary/find-total.ts';

/** Reads one receipt from the given lines of the document; null where they hold none. */
export function parseReceipt(
  document: OcrDocument,
  line_indices: readonly number[],
  ids: { image_id: string; receipt_id: string },
): Receipt | null {
  const rows = rowsOf(piecesOf(document, line_indices));
  const style = numberStyleOf(rows);
  const figures = figuresOf(rows, style);
  const head = headOf(figures);
  const address = findAddress(head);
  const name = findName(head, address);
  const date = chooseDate(rows, null);
  const total = findTotal(figures);
  if (total === null && date === null) return null;
  const address_words = address === null ? [] : head.slice(address.from, address.to).flatMap(({ row }) => row.words);
  return {
    schema_version: 1,
    ...ids,
    merchant: {
      name: name === null ? null : fieldOf(name.text, name.words, 0.8),
      address: address === null ? null : fieldOf(address_words.map(({ text }) => text).join(' '), address_words, 0.8),
      phone: null,
      website: null,
      tax_id: null,
    },
    date: date === null ? null : fieldOf(date.value, date.words, 0.9),
    time: null,
    currency: null,
    receipt_number: null,
    line_items: [],
    subtotal: null,
    discounts: [],
    taxes: [],
    service_charge: null,
    tip: null,
    rounding: null,
    total: total === null ? null : fieldOf(moneyToDecimal(total.amount.value, style.decimals), total.amount.words, 0.9),
    payment: { method: null, card_last4: null, tendered: null, change: null },
    checks: [],
    merchant_match: null,
    needs_review: true,
    reasons: [{ code: 'UNCHECKED', message: 'No sum on this receipt was checked.' }],
  };
}
