import { isObjectFault, SlipstreamError, styled } from '@slipstream/shared';
import { colour, EXIT_FAILED, printJson, printLine, type Verb } from '@slipstream/terminal';
import { findImage, REFERENCE_ARGUMENT } from '../references/find-image.ts';
import { printReceipt } from '../review/print-receipt.ts';
import { openReceipts, PLACE_SETTINGS } from '../service/open-receipts.ts';
import type { ReceiptDetail, ReceiptsService } from '../service/receipts-service.ts';

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
