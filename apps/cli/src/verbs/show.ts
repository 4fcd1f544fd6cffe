import { isObjectFault, type Leaf, receiptIdSchema, SlipstreamError, styled, uuidSchema } from '@slipstream/shared';
import { colour, EXIT_FAILED, printJson, printLine, printTable, shorten, type Verb } from '@slipstream/terminal';
import { shownFields } from '../output/receipt-fields.ts';
import { openReceipts, PLACE_SETTINGS } from '../service/open-receipts.ts';
import type { ReceiptDetail, ReceiptsService } from '../service/receipts-service.ts';
import { printMatch } from './print-match.ts';

export const showVerb: Verb<(typeof PLACE_SETTINGS)[number]> = {
  name: 'show',
  summary: 'Show an image with its job and receipts, or one receipt with every field',
  examples: ['slipstream show IMAGE_ID', 'slipstream show IMAGE_ID/1', 'slipstream show IMAGE_ID/1 --json'],
  args: [['<id>', "An image's id; with /1 behind it, its first receipt"]],
  settings: PLACE_SETTINGS,
  run: async ({ args, settings, json, logger }) => {
    const { imageId, receiptId } = parseReceiptReference(args[0] ?? '');
    const service = await openReceipts(settings, logger);
    try {
      if (receiptId) {
        const receipt = await findReceipt(service, imageId, receiptId);
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
          printReceipt(await findReceipt(service, imageId, receipt_id));
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

async function findReceipt(service: ReceiptsService, imageId: string, receiptId: string): Promise<ReceiptDetail> {
  const receipt = await service.receipt(imageId, receiptId);
  if (receipt) return receipt;
  throw new SlipstreamError('NOT_FOUND', `There is no receipt ${Number(receiptId)} on the image ${imageId}.`);
}

/** `IMAGE_ID` or `IMAGE_ID/1`. */
export function parseReceiptReference(text: string): { readonly imageId: string; readonly receiptId: string | null } {
  const [image = '', number, ...rest] = text.split('/');
  const imageId = uuidSchema.safeParse(image);
  const receiptId = number === undefined ? null : number.padStart(5, '0');
  if (!imageId.success || rest.length > 0 || (receiptId !== null && !receiptIdSchema.safeParse(receiptId).success)) {
    throw new SlipstreamError(
      'REQUEST_INVALID',
      `${shorten(text, 60)} is no id; slipstream list shows them (IMAGE_ID, or IMAGE_ID/1 for a receipt).`,
    );
  }
  return { imageId: imageId.data, receiptId };
}

const LABEL_WIDTH = 12;
const MERCHANT_NAME = 'merchant.name';

function printReceipt(detail: ReceiptDetail): void {
  const { document: receipt, status } = detail;
  const line = (label: string, { value, confidence }: NonNullable<Leaf>) =>
    printLine(
      styled`  ${shorten(label, LABEL_WIDTH).padEnd(LABEL_WIDTH)} ${value}  ${colour.dim(`${Math.round(confidence * 100)} %`)}`,
    );
  printLine(`Receipt ${Number(receipt.receipt_id)}: ${status}`);
  printMerchant(detail, line);
  for (const shown of shownFields(receipt)) {
    if (shown.kind === 'field') {
      if (shown.path !== MERCHANT_NAME) line(shown.label, shown.leaf);
      continue;
    }
    const indented = ([first = '', ...others]: readonly string[]) => [`  ${first}`, ...others];
    printTable(indented(shown.columns), shown.rows.map(indented), [...shown.numbers]);
  }
  for (const check of receipt.checks) {
    const mark = check.ok ? colour.green('holds') : colour.red(`fails: ${check.actual} instead of ${check.expected}`);
    printLine(styled`  check ${check.id}: ${mark}`);
  }
  for (const reason of receipt.reasons) printLine(colour.yellow(`  review: ${reason.message}`));
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
