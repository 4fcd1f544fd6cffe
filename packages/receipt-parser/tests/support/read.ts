import type { Receipt } from '@slipstream/shared';
import { parseDocument } from '../../src/parse-document.ts';
import { page } from './page.ts';

const IDS = { image_id: '00000000-0000-5000-8000-000000000000' };

/** How engines give a row: label and figure as lines of their own (Apple Vision), or the whole row as one (Tesseract). */
export const ENGINES = [
  ['lines of one column', true],
  ['lines of a whole row', false],
] as const;

/** The receipts of a page of rows (see `page`). */
export function receiptsOf(rows: readonly string[], parted: boolean): Receipt[] {
  return parseDocument(page(rows, { parted }), IDS);
}

/** The one receipt of a page, each field by its value. */
export function read(rows: readonly string[], parted: boolean) {
  const [receipt] = receiptsOf(rows, parted);
  if (receipt === undefined) throw new Error('No receipt was found on the page.');
  const value = (field: { readonly value: string } | null): string | null => field?.value ?? null;
  return {
    merchant: value(receipt.merchant.name),
    date: value(receipt.date),
    date_confidence: receipt.date?.confidence ?? 0,
    currency: value(receipt.currency),
    items: receipt.line_items.map(({ description, amount }) => [value(description), value(amount)]),
    quantities: receipt.line_items.map(({ quantity }) => value(quantity)),
    subtotal: value(receipt.subtotal),
    discounts: receipt.discounts.map(({ amount }) => value(amount)),
    taxes: receipt.taxes.map(({ amount }) => value(amount)),
    service_charge: value(receipt.service_charge),
    tip: value(receipt.tip),
    rounding: value(receipt.rounding),
    total: value(receipt.total),
    tendered: value(receipt.payment.tendered),
    change: value(receipt.payment.change),
    reasons: receipt.reasons.map(({ code }) => code),
  };
}
