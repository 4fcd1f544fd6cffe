import { RECEIPT_STATUSES, SlipstreamError } from '@slipstream/shared';
import type { CatalogueRow } from '../port/catalogue.ts';

export function catalogueRow(row: Record<string, unknown>): CatalogueRow {
  const text = (name: string) => (row[name] === null ? null : String(row[name]));
  const status = RECEIPT_STATUSES.find((one) => one === row.status);
  if (!status) throw new SlipstreamError('DOCUMENT_INVALID', `The catalogue knows no state ${row.status}; rebuild it.`);
  return {
    owner_id: String(row.owner_id),
    image_id: String(row.image_id),
    receipt_id: String(row.receipt_id),
    revision: Number(row.revision),
    status,
    date: text('date'),
    total: text('total'),
    currency: text('currency'),
    merchant_id: text('merchant_id'),
  };
}
