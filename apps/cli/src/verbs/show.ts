import { isObjectFault, SlipstreamError, styled } from '@slipstream/shared';
import {
  colour,
  EXIT_FAILED,
  figures,
  printJson,
  printLine,
  printTable,
  shorten,
  type Verb,
} from '@slipstream/terminal';
import { findImage, REFERENCE_ARGUMENT } from '../references/find-image.ts';
import { openReceipts, PLACE_SETTINGS } from '../service/open-receipts.ts';
import type { ReceiptDetail, ReceiptsService } from '../service/receipts-service.ts';
import { printMatch } from './print-match.ts';

export const showVerb: Verb<(typeof PLACE_SETTINGS)[number]> = {
  name: 'show',
  summary: 'Show an image with its job and receipts, or one receipt with every field',
  examples: [
    'slipstream show last',
    'slipstream show 3',
    'slipstream show IMAGE_ID',
    'slipstream show IMAGE_ID/1 --json',
  ],
  args: [['<id>', REFERENCE_ARGUMENT]],
  settings: PLACE_SETTINGS,
  run: async ({ args, settings, json, logger }) => {
    const service = await openReceipts(settings, logger);
    try {
      const { imageId, receiptId } = await findImage(service, args[0] ?? '');
      if (receiptId) {
        const receipt = await receiptOf(service, imageId, receiptId);
        if (json) printJson(receipt);
        else printReceipt(receipt);
        return 0;
      }
      const view = await service.image(imageId);
      if (!view)
        throw new SlipstreamError(
          'NOT_FOUND',
          `There is no image ${imageId} in ${service.place}; slipstream list shows what there is.`,
        );
      if (json) {
        printJson(view);
        return 0;
      }
      printLine(
        styled`${colour.bold(view.file_name ?? 'unnamed')}  ${view.content_type ?? 'unknown type'}, ${view.size} bytes, job ${view.job.status}`,
      );
      if (view.job.reason) printLine(colour.red(`${view.job.reason.message} (${view.job.reason.code})`));
      let unreadable = 0;
      for (const { receipt_id } of view.receipts) {
        printLine();
        try {
          printReceipt(await receiptOf(service, imageId, receipt_id));
        } catch (error) {
          if (!isObjectFault(error)) throw error;
          // The other receipts of the image are well.
          unreadable += 1;
          printLine(`Receipt ${Number(receipt_id)}:`);
          printLine(colour.red(`  ${error.message} (${error.code})`));
        }
      }
      return unreadable === 0 ? 0 : EXIT_FAILED;
    } finally {
      await service.close();
    }
  },
};

async function receiptOf(service: ReceiptsService, imageId: string, receiptId: string): Promise<ReceiptDetail> {
  const receipt = await service.receipt(imageId, receiptId);
  if (receipt) return receipt;
  throw new SlipstreamError('NOT_FOUND', `There is no receipt ${Number(receiptId)} on the image ${imageId}.`);
}

function printReceipt(detail: ReceiptDetail): void {
  const { document: receipt, status } = detail;
  const line = (label: string, field: { value: string; confidence: number } | null) => {
    if (field)
      printLine(styled`  ${label.padEnd(12)} ${field.value}  ${colour.dim(`${Math.round(field.confidence * 100)} %`)}`);
  };
  printLine(`Receipt ${receipt.image_id.slice(0, 8)}/${Number(receipt.receipt_id)}: ${status}`);
  if (detail.file_name !== null) printLine(styled`  ${'file'.padEnd(12)} ${detail.file_name}`);
  const { name: printed } = receipt.merchant;
  if (detail.merchant !== null && detail.merchant.name !== printed?.value) {
    printLine(styled`  ${'merchant'.padEnd(12)} ${detail.merchant.name}`);
    line('printed', printed);
  } else line('merchant', printed);
  printMatch(detail);
  line('address', receipt.merchant.address);
  line('phone', receipt.merchant.phone);
  line('tax id', receipt.merchant.tax_id);
  line('number', receipt.receipt_number);
  line('date', receipt.date);
  line('time', receipt.time);
  line('currency', receipt.currency);
  if (receipt.line_items.length > 0) {
    printTable(
      [{ title: '  item', min: 20 }, ...['quantity', 'price', 'amount'].map(figures)],
      receipt.line_items.map((item) => [
        `  ${item.description?.value ?? ''}`,
        item.quantity?.value ?? '',
        item.unit_price?.value ?? '',
        item.amount?.value ?? '',
      ]),
    );
  }
  line('subtotal', receipt.subtotal);
  for (const discount of receipt.discounts) line(shorten(discount.label?.value ?? 'discount', 12), discount.amount);
  for (const tax of receipt.taxes) line(shorten(tax.label?.value ?? 'tax', 12), tax.amount);
  line('service', receipt.service_charge);
  line('tip', receipt.tip);
  line('rounding', receipt.rounding);
  line('total', receipt.total);
  line('paid by', receipt.payment.method);
  for (const check of receipt.checks) {
    const mark = check.ok ? colour.green('holds') : colour.red(`fails: ${check.actual} instead of ${check.expected}`);
    printLine(styled`  check ${check.id}: ${mark}`);
  }
  for (const reason of receipt.reasons) printLine(colour.yellow(`  review: ${reason.message}`));
}
