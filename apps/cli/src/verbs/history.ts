import { SlipstreamError, styled } from '@slipstream/shared';
import { printJson, printLine, type Verb } from '@slipstream/terminal';
import { findReceipt, REFERENCE_ARGUMENT } from '../references/find-image.ts';
import { openReceipts, PLACE_SETTINGS } from '../service/open-receipts.ts';

type Value = string | Readonly<Record<string, unknown>> | null;

export const historyVerb: Verb<(typeof PLACE_SETTINGS)[number]> = {
  name: 'history',
  summary: 'Show who changed what of a receipt, and when',
  examples: ['slipstream history last', 'slipstream history IMAGE_ID/1 --json'],
  args: [['<id>', REFERENCE_ARGUMENT]],
  settings: PLACE_SETTINGS,
  run: async ({ args, settings, json, logger }) => {
    const service = await openReceipts(settings, logger);
    try {
      const { imageId, receiptId } = await findReceipt(service, args[0] ?? '');
      if ((await service.receipt(imageId, receiptId)) === null) {
        throw new SlipstreamError('NOT_FOUND', `There is no receipt ${Number(receiptId)} on the image ${imageId}.`);
      }
      const history = await service.history(imageId, receiptId);
      if (json) printJson(history);
      else if (history.length === 0) printLine('It is as it was read: no change yet.');
      else {
        for (const { revision, changed_by, source, changed_at, changes } of history) {
          printLine(styled`${changed_at}  ${changed_by} (${source})  revision ${String(revision)}`);
          for (const { field, before, after } of changes)
            printLine(styled`  ${field}: ${textOf(before)} → ${textOf(after)}`);
        }
      }
      return 0;
    } finally {
      await service.close();
    }
  },
};

function textOf(value: Value): string {
  if (value === null) return 'nothing';
  if (typeof value === 'string') return value;
  const values = Object.values(value).filter((each) => typeof each === 'string');
  return values.join(' ') || 'an empty row';
}
