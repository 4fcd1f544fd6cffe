import type { ReceiptView } from '@slipstream/api-contract';
import { daySchema, RECEIPT_STATUSES, SlipstreamError, styled } from '@slipstream/shared';
import type { Verb } from '@slipstream/terminal';
import { colour, printJson, printLine, printTable, shorten } from '@slipstream/terminal';
import { openReceipts, PLACE_SETTINGS } from '../service/open-receipts.ts';
import type { ReceiptsService } from '../service/receipts-service.ts';
import { listWithoutReceipt } from './list-images.ts';

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

function statusOf({ status }: Readonly<Record<string, unknown>>): string | null {
  return status === undefined ? null : String(status).toUpperCase();
}

async function listReceipts(
  service: ReceiptsService,
  options: Readonly<Record<string, unknown>>,
  limit: number,
  json: boolean,
): Promise<number> {
  const asked = statusOf(options);
  const status = RECEIPT_STATUSES.find((one) => one === asked);
  if (asked !== null && !status)
    throw new SlipstreamError('REQUEST_INVALID', `--status ${options.status} is none of ${STATUSES}.`);
  const from = dayOption('--from', options.from);
  const to = dayOption('--to', options.to);
  const receipts: ReceiptView[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof service.receipts>> = await service.receipts({
      limit,
      cursor,
      ...(status ? { status } : {}),
      ...(options.degraded ? { degraded: true } : {}),
      ...(from ? { from } : {}),
      ...(to ? { to } : {}),
    });
    // A stack of an earlier release does not know the filter.
    receipts.push(...page.receipts.filter(({ engine }) => !options.degraded || engine?.degraded));
    cursor = page.cursor;
  } while (cursor !== null && receipts.length < limit);
  const shown = receipts.slice(0, limit);
  const more = cursor !== null || receipts.length > limit;
  if (json) {
    printJson({ receipts: shown, more });
    return 0;
  }
  if (shown.length === 0) printLine('No receipts. Submit one with: slipstream submit receipt.jpg');
  else {
    // Only where names differ: most receipts print what their merchant is known as.
    const isRenamed = shown.some(({ merchant_name, printed_name }) => merchant_name !== printed_name);
    printTable(
      ['receipt', 'merchant', ...(isRenamed ? ['printed'] : []), 'date', 'total', 'checks', 'status'],
      shown.map((receipt) => [
        `${receipt.image_id}/${Number(receipt.receipt_id)}`,
        styled`${shorten(receipt.merchant_name ?? '–', 36)}${receipt.match_status === 'UNSURE' ? colour.yellow(' unsure') : ''}`,
        ...(isRenamed ? [colour.dim(shorten(receipt.printed_name ?? '–', 24))] : []),
        receipt.date ?? '–',
        `${receipt.total ?? '–'} ${receipt.currency ?? ''}`.trim(),
        `${receipt.checks_ok}/${receipt.checks_total}`,
        receipt.status,
      ]),
      [isRenamed ? 4 : 3],
    );
  }
  if (shown.some(({ match_status }) => match_status === 'UNSURE'))
    printLine(colour.dim('Who an unsure one is from: slipstream show RECEIPT, then slipstream merchants assign.'));
  if (more) printLine(colour.dim(`There are more: --limit ${limit * 2}, or --from and --to.`));
  return 0;
}

async function listFailed(service: ReceiptsService, limit: number, json: boolean): Promise<number> {
  const failures = await service.failures(limit);
  if (json) printJson(failures);
  else if (failures.length === 0) printLine('Nothing failed.');
  else {
    printTable(
      ['what', 'id', 'file', 'reason', 'message'],
      failures.map(({ kind, id, file, queue, code, message }) => [
        queue ? `${kind} in ${queue}` : kind,
        id,
        file ?? '',
        code,
        message,
      ]),
    );
    printLine(colour.dim('Mend the cause, then: slipstream reprocess IMAGE_ID, or slipstream dead redrive ID.'));
  }
  return 0;
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
