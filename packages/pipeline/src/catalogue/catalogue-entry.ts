import type { CatalogueMerchant, CatalogueReceipt } from '@slipstream/catalogue';
import { readDocument } from '@slipstream/receipt-parser';
import { getDocument } from '@slipstream/records';
import { isObjectFault, ocrDocumentSchema, type Receipt, type ReceiptRecord } from '@slipstream/shared';
import * as z from 'zod';
import type { CatalogueSource } from './catalogue-ports.ts';

/** The lines alone: checking every word's place would cost more than all else. */
const linesSchema = z.object({ lines: z.array(z.object({ text: z.string() })) });

/**
 * What the catalogue is to hold of a receipt. A document that is lost leaves what the record says: the receipt is in
 * lists and sums, and is found by its merchant's name.
 */
export async function catalogueEntry(source: CatalogueSource, record: ReceiptRecord): Promise<CatalogueReceipt> {
  const [document, merchant, text] = await Promise.all([
    unlessLost(source, record, () => source.receipts.document(record)),
    knownMerchant(source, record),
    unlessLost(source, record, () => ocrText(source, record)),
  ]);
  return {
    owner_id: record.owner_id,
    image_id: record.image_id,
    receipt_id: record.receipt_id,
    revision: record.revision,
    status: record.status,
    date: record.date ?? null,
    time: document?.time?.value ?? null,
    currency: record.currency ?? null,
    total: record.total ?? null,
    printed_name: record.merchant_name ?? null,
    merchant,
    category_id: document?.category?.category_id ?? null,
    tags: document?.tags ?? [],
    is_degraded: record.engine_degraded ?? false,
    confidence: record.confidence,
    line_items: (document?.line_items ?? []).map((item) => ({
      description: item.description?.value ?? null,
      quantity: item.quantity?.value ?? null,
      unit_price: item.unit_price?.value ?? null,
      amount: item.amount?.value ?? null,
      category_id: item.category?.category_id ?? null,
    })),
    taxes: (document?.taxes ?? []).map((tax) => ({
      label: tax.label?.value ?? null,
      rate: tax.rate?.value ?? null,
      amount: tax.amount?.value ?? null,
    })),
    text: [text ?? '', document === null ? '' : readText(document)].join('\n'),
    created_at: record.created_at,
    updated_at: record.updated_at,
  };
}

/** What a person may have corrected, and what stands in no line: an e-invoice has none. */
function readText({ merchant, receipt_number, payment }: Receipt): string {
  const fields = [merchant.address, merchant.phone, merchant.website, merchant.tax_id, receipt_number, payment.method];
  return fields.map((field) => field?.value ?? '').join('\n');
}

async function knownMerchant({ merchants }: CatalogueSource, record: ReceiptRecord): Promise<CatalogueMerchant | null> {
  const merchant = record.merchant_id === undefined ? null : await merchants.find(record.merchant_id);
  return merchant && { merchant_id: merchant.merchant_id, name: merchant.name, revision: merchant.revision };
}

/** What the OCR read of this receipt: all lines, where the image has no other. */
async function ocrText({ jobs, receipts, artifacts }: CatalogueSource, record: ReceiptRecord): Promise<string> {
  const { image_id, receipt_id, job_id } = record;
  const job = await jobs.get(image_id, job_id);
  if (!job?.document_key) return '';
  const isOnly = (await receipts.ofImage(image_id)).length === 1;
  if (isOnly) {
    const { lines } = await getDocument(artifacts, job.document_key, linesSchema);
    return lines.map(({ text }) => text).join('\n');
  }
  const document = await getDocument(artifacts, job.document_key, ocrDocumentSchema);
  const arranged = (await jobs.image(image_id))?.arrangement?.find((each) => each.receipt_id === receipt_id);
  if (arranged) {
    const lines = arranged.lines.flatMap(([from, to]) => document.lines.slice(from, to));
    return lines.map(({ text }) => text).join('\n');
  }
  const read = readDocument(document, { image_id }).find(({ receipt }) => receipt.receipt_id === receipt_id);
  return read?.rows.join('\n') ?? '';
}

async function unlessLost<T>(
  source: CatalogueSource,
  record: ReceiptRecord,
  read: () => Promise<T>,
): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (!isObjectFault(error)) throw error;
    const { image_id, receipt_id } = record;
    source.logger.warn({ image_id, receipt_id, error }, 'a document is lost: less of its receipt is found');
    return null;
  }
}
