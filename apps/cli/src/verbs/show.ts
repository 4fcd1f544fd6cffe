import { isObjectFault, type Leaf, notesOf, SlipstreamError, styled } from '@slipstream/shared';
import {
  type Column,
  colour,
  EXIT_FAILED,
  figures,
  printJson,
  printLine,
  printTable,
  shorten,
  type Verb,
} from '@slipstream/terminal';
import { shownFields } from '../output/receipt-fields.ts';
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

const LABEL_WIDTH = 12;
const MERCHANT_NAME = 'merchant.name';

function printReceipt(detail: ReceiptDetail): void {
  const { document: receipt, status } = detail;
  const line = (label: string, { value, confidence }: NonNullable<Leaf>) =>
    printLine(
      styled`  ${shorten(label, LABEL_WIDTH).padEnd(LABEL_WIDTH)} ${value}  ${colour.dim(`${Math.round(confidence * 100)} %`)}`,
    );
  printLine(`Receipt ${receipt.image_id.slice(0, 8)}/${Number(receipt.receipt_id)}: ${status}`);
  if (detail.file_name !== null) printLine(styled`  ${'file'.padEnd(LABEL_WIDTH)} ${detail.file_name}`);
  printMerchant(detail, line);
  for (const shown of shownFields(receipt)) {
    if (shown.kind === 'field') {
      if (shown.path !== MERCHANT_NAME) line(shown.label, shown.leaf);
      continue;
    }
    const indented = ([first = '', ...others]: readonly string[]) => [`  ${first}`, ...others];
    const columns = indented(shown.columns).map(
      (title, index): Column => (shown.numbers.includes(index) ? figures(title) : { title, min: 12 }),
    );
    printTable(columns, shown.rows.map(indented));
  }
  for (const check of receipt.checks) {
    const mark = check.ok ? colour.green('holds') : colour.red(`fails: ${check.actual} instead of ${check.expected}`);
    printLine(styled`  check ${check.id}: ${mark}`);
  }
  for (const reason of receipt.reasons) printLine(colour.yellow(`  review: ${reason.message}`));
  for (const note of notesOf(receipt)) printLine(colour.yellow(`  note: ${note.message}`));
}

/** As the merchant is known, and beside it what is printed where that differs. */
function printMerchant(detail: ReceiptDetail, line: (label: string, leaf: NonNullable<Leaf>) => void): void {
  const { name: printed } = detail.document.merchant;
  if (detail.merchant !== null && detail.merchant.name !== printed?.value) {
    printLine(styled`  ${'merchant'.padEnd(LABEL_WIDTH)} ${detail.merchant.name}`);
    if (printed) line('printed', printed);
  } else if (printed) line('merchant', printed);
  printMatch(detail);
}
