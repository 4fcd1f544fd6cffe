import type { ReceiptView } from '@slipstream/api-contract';
import { firstItems } from '@slipstream/runtime';
import { daySchema, RECEIPT_STATUSES, SlipstreamError, styled } from '@slipstream/shared';
import { colour, figures, printJson, printLine, printTable, type Verb } from '@slipstream/terminal';
import { explainEmptyList } from '../output/why-empty.ts';
import { shortIds } from '../references/short-ids.ts';
import { openReceipts, PLACE_SETTINGS } from '../service/open-receipts.ts';
import type { ReceiptsService } from '../service/receipts-service.ts';
import { listFailed } from './list-failed.ts';
import { listWithoutReceipt } from './list-images.ts';

const LIMIT_MAX = 1_000;
/** No state of a receipt: that an image has none. */
const NO_RECEIPT = 'NO_RECEIPT';
const STATUSES = [...RECEIPT_STATUSES, NO_RECEIPT].join(', ');
type Options = Readonly<Record<string, unknown>>;

export const listVerb: Verb<(typeof PLACE_SETTINGS)[number]> = {
  name: 'list',
  summary: 'List receipts, the newest date first; or what failed, with its reason',
  examples: [
    'slipstream list',
    'slipstream list --status NEEDS_REVIEW --from 2026-01-01',
    'slipstream list --status NO_RECEIPT',
    'slipstream list --failed --json',
    'slipstream list --degraded',
    'slipstream list --stack dev',
  ],
  options: [
    ['--status <status>', `One of ${STATUSES}: images on which no receipt was found`],
    ['--from <day>', 'First day, as 2026-01-31'],
    ['--to <day>', 'Last day'],
    ['--degraded', 'Only what was read by an engine that was not well; it is read again when one is'],
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
  const { receipts, more } = await someReceipts(service, options, limit);
  service.rows.remember(receipts.map(({ image_id, receipt_id }) => `${image_id}/${receipt_id}`));
  if (json) {
    printJson({ receipts, more });
    return 0;
  }
  if (receipts.length === 0) {
    await explainEmptyList(service, filterOf(options));
    return 0;
  }
  printReceipts(receipts);
  if (receipts.some(({ match_status }) => match_status === 'UNSURE'))
    printLine(colour.dim('Who an unsure one is from: slipstream show RECEIPT, then slipstream merchants assign.'));
  if (more) printLine(colour.dim(`There are more: --limit ${Math.min(LIMIT_MAX, limit * 2)}, or --from and --to.`));
  return 0;
}

async function someReceipts(service: ReceiptsService, options: Options, limit: number) {
  const asked = statusOf(options);
  const status = RECEIPT_STATUSES.find((one) => one === asked);
  if (asked !== null && !status)
    throw new SlipstreamError('REQUEST_INVALID', `--status ${options.status} is none of ${STATUSES}.`);
  const from = dayOption('--from', options.from);
  const to = dayOption('--to', options.to);
  const filter = {
    ...(status ? { status } : {}),
    ...(options.degraded ? { degraded: true as const } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  };
  const { items: receipts, more } = await firstItems(limit, async (after) => {
    const page = await service.receipts({ limit, cursor: after, ...filter });
    // A stack of an earlier release does not know the filter.
    const items = page.receipts.filter(({ engine }) => !options.degraded || engine?.degraded);
    return { items, cursor: page.cursor };
  });
  return { receipts, more };
}

/** The filter as it was given; null for none. */
function filterOf(options: Options): string | null {
  const given = (['status', 'from', 'to'] as const).filter((name) => options[name] !== undefined);
  const flags = [...given.map((name) => `--${name} ${options[name]}`), ...(options.degraded ? ['--degraded'] : [])];
  return flags.length === 0 ? null : flags.join(' ');
}

function printReceipts(receipts: readonly ReceiptView[]): void {
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
      receipt.date ?? '–',
      `${receipt.total ?? '–'} ${receipt.currency ?? ''}`.trim(),
      `${receipt.checks_ok}/${receipt.checks_total}`,
      receipt.status === 'NEEDS_REVIEW' ? colour.yellow(receipt.status) : receipt.status,
    ]),
  );
}

export function integerOption(flag: string, value: unknown, max: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1 && number <= max) return number;
  throw new SlipstreamError('REQUEST_INVALID', `${flag} takes a whole number from 1 to ${max}.`);
}

export function dayOption(flag: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const day = daySchema.safeParse(value);
  if (day.success) return day.data;
  throw new SlipstreamError('REQUEST_INVALID', `${flag} takes a day as 2026-01-31.`);
}
