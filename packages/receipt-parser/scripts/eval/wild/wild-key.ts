import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type OcrDocument, ocrDocumentSchema } from '@slipstream/shared';
import { z } from 'zod';

/** A text with its box: left, top, right, bottom in pixels. */
const labelled = z.tuple([z.string(), z.tuple([z.number(), z.number(), z.number(), z.number()])]);
const labels = z.array(labelled).default([]);

/** WildReceipt's classes, as far as they are judged. */
const wildKeySchema = z.object({
  Store_name_value: labels,
  Store_addr_value: labels,
  Date_value: labels,
  Total_value: labels,
  Subtotal_value: labels,
  Tax_value: labels,
  Prod_item_value: labels,
  Prod_price_value: labels,
  Others: labels,
});

export type Labelled = z.infer<typeof labelled>;
export type WildKey = z.infer<typeof wildKeySchema>;

export interface WildReceipt {
  readonly id: string;
  readonly document: OcrDocument;
  readonly key: WildKey;
}

/** A folder in WildReceipt's shape: `ocr/*.json`, the texts as OCR documents, and `key/*.json` of the same names. */
export function wildReceipts(folder: string): WildReceipt[] {
  const read = (of: 'ocr' | 'key', name: string): unknown =>
    JSON.parse(readFileSync(path.join(folder, of, name), 'utf8'));
  return readdirSync(path.join(folder, 'key'))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({
      id: path.parse(name).name,
      document: ocrDocumentSchema.parse(read('ocr', name)),
      key: wildKeySchema.parse(read('key', name)),
    }));
}

/** The same receipts, of which a document was read from the photograph in `img/*`. */
export function withDocuments(
  receipts: readonly WildReceipt[],
  read: readonly { readonly id: string; readonly document: OcrDocument }[],
): WildReceipt[] {
  const documents = new Map(read.map(({ id, document }) => [id, document]));
  return receipts.flatMap((receipt) => {
    const document = documents.get(receipt.id);
    return document === undefined ? [] : [{ ...receipt, document }];
  });
}

/** A key of another set in WildReceipt's shape, for what it has. */
export function wildKeyOf({ name, date, total }: { name: string; date: string; total: string }): WildKey {
  const labelled = (text: string): Labelled[] => (text === '' ? [] : [[text, [0, 0, 0, 0]]]);
  return wildKeySchema.parse({
    Store_name_value: labelled(name),
    Date_value: labelled(date),
    Total_value: labelled(total),
  });
}
