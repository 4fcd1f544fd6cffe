import type { ReceiptView } from '@slipstream/api-contract';
import { styled } from '@slipstream/shared';
import { colour, figures, printTable } from '@slipstream/terminal';
import { shortIds } from '../references/short-ids.ts';

/** Receipts as a table; on a terminal their numbers can be named by the next verb. */
export function printReceipts(receipts: readonly ReceiptView[]): void {
  const isTerminal = process.stdout.isTTY === true;
  const idOf = shortIds(receipts.map(({ image_id }) => image_id));
  // Only where names differ: most receipts print what their merchant is known as.
  const isRenamed = receipts.some(({ merchant_name, printed_name }) => merchant_name !== printed_name);
  printTable(
    [
      ...(isTerminal ? [figures('#')] : []),
      'receipt',
      { title: 'merchant', min: 12 },
      ...(isRenamed ? [{ title: 'printed', min: 10, dispensable: 3 }] : []),
      { title: 'file', min: 10, dispensable: 1 },
      'date',
      figures('total'),
      { title: 'checks', dispensable: 2 },
      'status',
    ],
    receipts.map((receipt, index) => [
      ...(isTerminal ? [String(index + 1)] : []),
      `${idOf(receipt.image_id)}/${Number(receipt.receipt_id)}`,
      styled`${receipt.merchant_name ?? '–'}${receipt.match_status === 'UNSURE' ? colour.yellow(' unsure') : ''}`,
      ...(isRenamed ? [colour.dim(receipt.printed_name ?? '–')] : []),
      receipt.file_name ?? '–',
      receipt.date ?? colour.yellow('no date'),
      `${receipt.total ?? '–'} ${receipt.currency ?? ''}`.trim(),
      `${receipt.checks_ok}/${receipt.checks_total}`,
      receipt.status === 'NEEDS_REVIEW' ? colour.yellow(receipt.status) : receipt.status,
    ]),
  );
}
