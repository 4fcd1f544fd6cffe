import { SlipstreamError } from '@slipstream/shared';
import { colour, printJson, printLine, type Verb } from '@slipstream/terminal';
import { printReceipts } from '../output/print-receipts.ts';
import { openReceipts, PLACE_SETTINGS } from '../service/open-receipts.ts';
import { FILTER_OPTIONS, filtersOf, integerOption, SORT_OPTION } from './receipt-filters.ts';
import { someReceipts } from './some-receipts.ts';

const LIMIT_MAX = 1_000;

export const findVerb: Verb<(typeof PLACE_SETTINGS)[number]> = {
  name: 'find',
  summary: 'Find receipts by words in them: merchant, items, numbers, everything that was read',
  examples: [
    'slipstream find "flat white"',
    'slipstream find starbuck5 --from 2026-01-01 --min 10',
    'slipstream find 12.30 --json',
  ],
  args: [['<words...>', 'Words that all stand in the receipt; parts of words and damaged letters count']],
  options: [
    ...FILTER_OPTIONS,
    ['--status <status>', 'One of NEW, VALID, NEEDS_REVIEW, REVIEWED'],
    SORT_OPTION,
    ['--limit <n>', 'Rows at most', '50'],
  ],
  settings: PLACE_SETTINGS,
  run: async ({ args, options, settings, json, logger }) => {
    const q = args.join(' ').trim();
    if (q === '') throw new SlipstreamError('REQUEST_INVALID', 'Find what? slipstream find "flat white"');
    const limit = integerOption('--limit', options.limit, LIMIT_MAX);
    const filters = filtersOf(options);
    const service = await openReceipts(settings, logger);
    try {
      const { receipts, more } = await someReceipts(service, { ...filters, q }, limit);
      service.rows.remember(receipts.map(({ image_id, receipt_id }) => `${image_id}/${receipt_id}`));
      if (json) printJson({ receipts, more });
      else if (receipts.length === 0) printLine(`Nothing is found for ${q}. Fewer words, or a part of one, find more.`);
      else {
        printReceipts(receipts);
        if (more) printLine(colour.dim(`There are more: --limit ${Math.min(LIMIT_MAX, limit * 2)}, or another word.`));
      }
      return 0;
    } finally {
      await service.close();
    }
  },
};
