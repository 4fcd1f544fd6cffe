import type { OcrDocument, Receipt } from '@slipstream/shared';
import { parseReceipt } from './parse-receipt.ts';

/**
 * Reads every receipt of an OCR document: one for each region where the engine found regions, else one for each that
 * gaps and alignment set apart. `receipt_id` counts from '00001' in the order they are found. An image without a
 * receipt gives an empty list. All receipts are returned, also more than `RECEIPTS_PER_IMAGE_MAX`: the caller decides.
 * Pure: the same document gives the same receipts, whatever the machine's locale or clock.
 */
export function parseDocument(document: OcrDocument, ids: { image_id: string }): Receipt[] {
  const receipts: Receipt[] = [];
  for (const line_indices of groupsOf(document)) {
    const receipt_id = String(receipts.length + 1).padStart(5, '0');
    const receipt = parseReceipt(document, line_indices, { image_id: ids.image_id, receipt_id });
    if (receipt !== null) receipts.push(receipt);
  }
  return receipts;
}

function groupsOf(document: OcrDocument): number[][] {
  const all = document.lines.map((_, i) => i);
  return document.regions.length === 0 ? [all] : document.regions.map(({ lines: [from, to] }) => all.slice(from, to));
}
