import { type OcrDocument, REVIEW_BELOW, type Receipt } from '@slipstream/shared';
import { codesOf } from './codes/codes-of.ts';
import type { FiscalCode } from './codes/fiscal-code.ts';
import { explainTotal, type TotalExplanation } from './explain/explain-total.ts';
import { receiptOfInvoice } from './invoice/receipt-of-invoice.ts';
import { onOnePage } from './layout/on-one-page.ts';
import { type Piece, piecesOf } from './layout/pieces.ts';
import { printed } from './layout/row.ts';
import { type Reading, readReceipt } from './read-receipt.ts';
import { receiptOf } from './receipt/receipt-of.ts';
import { splitReceipts } from './split/split-receipts.ts';

/**
 * Reads every receipt of an OCR document: one for each region where the engine found regions, else one for each that
 * gaps and alignment set apart. `receipt_id` counts from '00001' in the order they are found. An image without a
 * receipt gives an empty list. All receipts are returned, also more than `RECEIPTS_PER_IMAGE_MAX`: the caller decides.
 * Pure: the same document gives the same receipts, whatever the machine's locale or clock.
 */
export function parseDocument(document: OcrDocument, options: ParseOptions): Receipt[] {
  const { invoice } = document;
  if (invoice !== undefined) return [receiptOfInvoice(invoice, options.image_id, options.review_below ?? REVIEW_BELOW)];
  const readings = readingsOf(document);
  const codes = codesOf(document, readings);
  return readings.map((reading, i) => nthReceipt(reading, i, options, codes[i]));
}

export interface ParseOptions {
  readonly image_id: string;
  /** Confidence below which a person should look at a receipt's merchant, date or total. */
  readonly review_below?: number;
}

/** A receipt with what stands on the paper, row by row as the eye reads it. */
export interface ReadReceipt {
  readonly receipt: Receipt;
  /** Visual rows from top to bottom as printed, a single space between words. */
  readonly rows: readonly string[];
  /** How many of them, from the first, are the head: whom it is from, above what was bought. */
  readonly head_rows: number;
}

/** As `parseDocument`, with the rows that each receipt was read from. */
export function readDocument(document: OcrDocument, options: ParseOptions): ReadReceipt[] {
  if (document.invoice !== undefined)
    return parseDocument(document, options).map((receipt) => ({ receipt, rows: [], head_rows: 0 }));
  const readings = readingsOf(document);
  const codes = codesOf(document, readings);
  return readings.map((reading, i) => ({
    receipt: nthReceipt(reading, i, options, codes[i]),
    rows: reading.rows.map(({ words }) => printed(words)),
    head_rows: reading.solution.zones.head.length,
  }));
}

/** As `parseDocument`, with the candidates for each total, the sums that were tried, and why one was chosen. */
export function explainDocument(
  document: OcrDocument,
  options: ParseOptions,
): { readonly receipt: Receipt; readonly total: TotalExplanation }[] {
  const readings = readingsOf(document);
  const codes = codesOf(document, readings);
  return readings.map((reading, i) => ({
    receipt: nthReceipt(reading, i, options, codes[i]),
    total: explainTotal(reading),
  }));
}

function readingsOf(document: OcrDocument): Reading[] {
  const readings: Reading[] = [];
  for (const pieces of groupsOf(onOnePage(document))) {
    const reading = readReceipt(pieces);
    if (reading !== null) readings.push(reading);
  }
  return readings;
}

function nthReceipt(
  reading: Reading,
  index: number,
  { image_id, review_below = REVIEW_BELOW }: ParseOptions,
  codes: readonly FiscalCode[] = [],
): Receipt {
  return receiptOf(reading, { image_id, receipt_id: String(index + 1).padStart(5, '0') }, review_below, codes);
}

/** The pieces of each receipt, in a frame of their own; a line is in one of them at most. */
export function groupsOf(document: OcrDocument): (readonly Piece[])[] {
  const all = document.lines.map((_, i) => i);
  if (document.regions.length === 0) {
    const pieces = piecesOf(document, all);
    const groups = splitReceipts(pieces);
    if (groups.length === 1) return [pieces];
    // An engine that reads by lines ran over the gutter: a line is of two receipts, and its words stay where they are.
    if (groups.reduce((count, group) => count + group.length, 0) > pieces.length) return groups;
    // Each receipt lies under its own angle and has its own size of print.
    return groups.map((group) =>
      piecesOf(
        document,
        group.map(({ words }) => words[0].line),
      ),
    );
  }
  const taken = new Set<number>();
  return document.regions.map(({ lines: [from, to] }) => {
    const free = all.slice(from, to).filter((index) => !taken.has(index));
    for (const index of free) taken.add(index);
    return piecesOf(document, free);
  });
}
