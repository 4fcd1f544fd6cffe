import { receiptView } from '@slipstream/lambdas';
import { daySchema, type QueueName, RECEIPT_STATUSES, recordKeys, SlipstreamError } from '@slipstream/shared';
import { deadLetters, reasonCode } from '../home/dead-letters.ts';
import { type Home, openHome } from '../home/open-home.ts';
import { colour, printJson, printLine, printTable, shorten } from '../output/output.ts';
import type { Verb } from './verb.ts';

const LIMIT_MAX = 1_000;

export const listVerb: Verb<'data'> = {
  name: 'list',
  summary: 'List receipts, the newest date first; or what failed, with its reason',
  examples: [
    'slipstream list',
    'slipstream list --status NEEDS_REVIEW --from 2026-01-01',
    'slipstream list --failed --json',
  ],
  options: [
    ['--status <status>', `One of ${RECEIPT_STATUSES.join(', ')}`],
    ['--from <day>', 'First day, as 2026-01-31'],
    ['--to <day>', 'Last day'],
    ['--limit <n>', 'Rows at most', '50'],
    ['--failed', 'Images that ended FAILED and messages in the dead letters'],
  ],
  settings: ['data'],
  run: async ({ options, settings, json, logger }) => {
    const home = await openHome(settings.data ?? '.', logger);
    try {
      const limit = integerOption('--limit', options.limit, LIMIT_MAX);
      return options.failed ? await listFailed(home, limit, json) : await listReceipts(home, options, limit, json);
    } finally {
      await home.close();
    }
  },
};

async function listReceipts(
  home: Home,
  options: Readonly<Record<string, unknown>>,
  limit: number,
  json: boolean,
): Promise<number> {
  const status = RECEIPT_STATUSES.find((one) => one === String(options.status ?? '').toUpperCase());
  if (options.status !== undefined && !status) {
    throw new SlipstreamError(
      'REQUEST_INVALID',
      `--status ${options.status} is none of ${RECEIPT_STATUSES.join(', ')}.`,
    );
  }
  const from = dayOption('--from', options.from);
  const to = dayOption('--to', options.to);
  const receipts = [];
  let cursor: string | null = null;
  do {
    const page = await home.receipts.list({
      limit,
      cursor,
      ...(status ? { status } : {}),
      ...(from ? { from } : {}),
      ...(to ? { to } : {}),
    });
    receipts.push(...page.items.map(receiptView));
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
    printTable(
      ['receipt', 'merchant', 'date', 'total', 'checks', 'status'],
      shown.map((receipt) => [
        `${receipt.image_id}/${Number(receipt.receipt_id)}`,
        shorten(receipt.merchant_name ?? '–', 36),
        receipt.date ?? '–',
        `${receipt.total ?? '–'} ${receipt.currency ?? ''}`.trim(),
        `${receipt.checks_ok}/${receipt.checks_total}`,
        receipt.status,
      ]),
      [3],
    );
  }
  if (more) printLine(colour.dim(`There are more: --limit ${limit * 2}, or --from and --to.`));
  return 0;
}

interface Failure {
  readonly kind: 'job' | 'dead letter';
  readonly id: string;
  readonly file: string | null;
  readonly queue: QueueName | null;
  readonly code: string;
  readonly message: string;
  readonly at: string;
}

async function listFailed(home: Home, limit: number, json: boolean): Promise<number> {
  const failures = [...(await failedJobs(home, limit)), ...(await givenUp(home, limit))].slice(0, limit);
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

async function failedJobs(home: Home, limit: number): Promise<readonly Failure[]> {
  const page = await home.jobs.list('FAILED', { limit, descending: true });
  return Promise.all(
    page.items.map(async ({ image_id, job_id }): Promise<Failure> => {
      const job = await home.jobs.get(image_id, job_id);
      const upload = await home.records.get(recordKeys.upload(image_id, 'local'));
      return {
        kind: 'job',
        id: image_id,
        file: upload ? String(upload.file_name) : null,
        queue: null,
        code: job?.reason_code ?? 'INTERNAL',
        message: job?.reason_message ?? '',
        at: job?.updated_at ?? '',
      };
    }),
  );
}

async function givenUp(home: Home, limit: number): Promise<readonly Failure[]> {
  const failures: Failure[] = [];
  for await (const { queue, letter } of deadLetters(home)) {
    if (failures.length >= limit) break;
    failures.push({
      kind: 'dead letter',
      id: letter.id,
      file: null,
      queue,
      code: reasonCode(letter),
      message: letter.reason?.message ?? `It was received ${letter.receiveCount} times without success.`,
      at: new Date(letter.deadAt).toISOString(),
    });
  }
  return failures;
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
