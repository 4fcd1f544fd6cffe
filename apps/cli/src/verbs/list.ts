import { RECEIPT_STATUSES } from '@slipstream/shared';
import { colour, printJson, printLine, type Verb } from '@slipstream/terminal';
import { printReceipts } from '../output/print-receipts.ts';
import { explainEmptyList } from '../output/why-empty.ts';
import { openReceipts, PLACE_SETTINGS } from '../service/open-receipts.ts';
import type { ReceiptsService } from '../service/receipts-service.ts';
import { listFailed } from './list-failed.ts';
import { listWithoutReceipt } from './list-images.ts';
import { FILTER_OPTIONS, filtersOf, filterText, integerOption, type Options, SORT_OPTION } from './receipt-filters.ts';
import { someReceipts } from './some-receipts.ts';

const LIMIT_MAX = 1_000;
/** No state of a receipt: that an image has none. */
const NO_RECEIPT = 'NO_RECEIPT';
const STATUSES = [...RECEIPT_STATUSES, NO_RECEIPT].join(', ');

export const listVerb: Verb<(typeof PLACE_SETTINGS)[number]> = {
  name: 'list',
  summary: 'List receipts, the newest date first; or what failed, with its reason',
  examples: [
    'slipstream list',
    'slipstream list --status NEEDS_REVIEW --from 2026-01-01',
    'slipstream list --merchant cafe --min 10 --sort -total',
    'slipstream list --status NO_RECEIPT',
    'slipstream list --failed --json',
    'slipstream list --degraded',
    'slipstream list --stack dev',
  ],
  options: [
    ['--status <status>', `One of ${STATUSES}: images on which no receipt was found`],
    ...FILTER_OPTIONS,
    SORT_OPTION,
    ['--limit <n>', 'Rows at most', '50'],
    ['--failed', 'Images that ended FAILED and, at home, messages in the dead letters'],
  ],
  settings: PLACE_SETTINGS,
  run: async ({ options, settings, json, logger }) => {
    const service = await openReceipts(settings, logger);
    try {
      const limit = integerOption('--limit', options.limit, LIMIT_MAX);
      if (options.failed) return await listFailed(service, limit, json);
      return statusOf(options) === NO_RECEIPT
        ? await listWithoutReceipt(service, options, limit, json)
        : await listReceipts(service, options, limit, json);
    } finally {
      await service.close();
    }
  },
};

function statusOf({ status }: Options): string | null {
  return status === undefined ? null : String(status).toUpperCase();
}

async function listReceipts(service: ReceiptsService, options: Options, limit: number, json: boolean): Promise<number> {
  const { receipts, more } = await someReceipts(service, filtersOf(options), limit);
  service.rows.remember(receipts.map(({ image_id, receipt_id }) => `${image_id}/${receipt_id}`));
  if (json) {
    printJson({ receipts, more });
    return 0;
  }
  if (receipts.length === 0) {
    await explainEmptyList(service, filterText(options));
    return 0;
  }
  printReceipts(receipts);
  if (receipts.some(({ match_status }) => match_status === 'UNSURE'))
    printLine(colour.dim('Who an unsure one is from: slipstream show RECEIPT, then slipstream merchants assign.'));
  if (more) printLine(colour.dim(`There are more: --limit ${Math.min(LIMIT_MAX, limit * 2)}, or --from and --to.`));
  return 0;
}
