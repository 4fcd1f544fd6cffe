import { SlipstreamError } from '@slipstream/shared';
import { colour, printJson, printLine, printTable, type Verb } from '@slipstream/terminal';
import { findReceipt, REFERENCE_ARGUMENT } from '../references/find-image.ts';
import { shortIds } from '../references/short-ids.ts';
import { printReceipt } from '../review/print-receipt.ts';
import { reviewRound } from '../review/review-round.ts';
import { setChange } from '../review/set-change.ts';
import { type Waiting, waitingForReview } from '../review/waiting-for-review.ts';
import { openReceipts, PLACE_SETTINGS } from '../service/open-receipts.ts';
import type { FieldEdit, ReceiptDetail, ReceiptsService } from '../service/receipts-service.ts';

export const reviewVerb: Verb<(typeof PLACE_SETTINGS)[number]> = {
  name: 'review',
  summary: 'Correct a receipt or take it as it is; without an id, go through what waits, the most worthwhile first',
  examples: [
    'slipstream review',
    'slipstream review last --set total=12.30 --approve',
    'slipstream review IMAGE_ID/1 --set "line_items[0].description=Tea" --clear tip --json',
    'slipstream review IMAGE_ID/1 --take total',
  ],
  args: [['[id]', REFERENCE_ARGUMENT]],
  options: [
    ['--set <field=value...>', 'Give a field a value: total=12.30, merchant.name=Shop, "line_items[0].amount=2.50"'],
    ['--clear <field...>', 'Empty a field'],
    ['--confirm <field...>', 'Say that a field is right'],
    ['--take <field...>', 'Take what a later reading proposes for a field'],
    ['--approve', 'Take the receipt as it stands then, whatever its sums say'],
  ],
  settings: PLACE_SETTINGS,
  run: async ({ args, options, settings, json, logger }) => {
    const changes = changesOf(options);
    const approve = options.approve === true;
    const isAsked = changes.length > 0 || approve;
    const service = await openReceipts(settings, logger);
    try {
      const [reference] = args;
      if (reference === undefined) {
        if (isAsked)
          throw new SlipstreamError('REQUEST_INVALID', 'Say which receipt is changed: slipstream review ID.');
        return await reviewWhatWaits(service, json);
      }
      const { imageId, receiptId } = await findReceipt(service, reference);
      const receipt = await service.receipt(imageId, receiptId);
      if (receipt === null)
        throw new SlipstreamError('NOT_FOUND', `There is no receipt ${Number(receiptId)} on the image ${imageId}.`);
      if (!isAsked) return await reviewOne(service, receipt, json);
      const saved = await service.review(imageId, receiptId, { revision: receipt.revision, changes, approve });
      if (json) printJson(saved);
      else printReceipt(saved);
      return 0;
    } finally {
      await service.close();
    }
  },
};

async function reviewWhatWaits(service: ReceiptsService, json: boolean): Promise<number> {
  const waiting = await waitingForReview(service);
  if (json) printJson(waiting);
  else if (waiting.length === 0) printLine('Nothing waits for review.');
  else if (process.stdin.isTTY === true) await reviewRound(service, waiting);
  else printWaiting(waiting);
  return 0;
}

async function reviewOne(service: ReceiptsService, receipt: ReceiptDetail, json: boolean): Promise<number> {
  if (json || process.stdin.isTTY !== true) {
    throw new SlipstreamError(
      'REQUEST_INVALID',
      'Say what is changed: --set field=value, --clear field, --confirm field, --take field, --approve.',
    );
  }
  const { image_id, receipt_id, file_name, reason } = receipt;
  await reviewRound(service, [{ kind: 'receipt', image_id, receipt_id, file_name, worth: 0, reason }]);
  return 0;
}

function printWaiting(waiting: readonly Waiting[]): void {
  const idOf = shortIds(waiting.map(({ image_id }) => image_id));
  printTable(
    ['id', { title: 'file', min: 10, dispensable: 1 }, { title: 'why', min: 16 }],
    waiting.map(({ image_id, receipt_id, file_name, reason }) => [
      receipt_id === null ? idOf(image_id) : `${idOf(image_id)}/${Number(receipt_id)}`,
      file_name ?? '',
      reason?.message ?? '',
    ]),
  );
  printLine(colour.dim('slipstream review ID --set field=value --approve; slipstream show ID shows one.'));
}

/** In the order of their kinds: what is set first is confirmed or emptied after. */
function changesOf(options: Readonly<Record<string, unknown>>): readonly FieldEdit[] {
  const texts = (name: string): readonly string[] => {
    const given = options[name];
    return Array.isArray(given) ? given.map(String) : [];
  };
  return [
    ...texts('set').map(setChange),
    ...(['clear', 'confirm', 'take'] as const).flatMap((op) => texts(op).map((path) => ({ op, path }))),
  ];
}
