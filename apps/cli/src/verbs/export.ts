import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import type { ReceiptView } from '@slipstream/api-contract';
import { mapInOrder, pages } from '@slipstream/runtime';
import { isObjectFault, printable, printableJson, SlipstreamError } from '@slipstream/shared';
import { EXIT_FAILED, type Verb } from '@slipstream/terminal';
import { stringify } from 'csv-stringify';
import { csvCell } from '../output/csv-cell.ts';
import { itemColumns, receiptColumns } from '../output/receipt-fields.ts';
import { openReceipts, PLACE_SETTINGS } from '../service/open-receipts.ts';
import type { ReceiptDetail, ReceiptsService } from '../service/receipts-service.ts';
import { dayOption } from './receipt-filters.ts';

const PAGE_ROWS = 200;
/** Documents fetched side by side: over a network each takes a round trip. */
const AT_ONCE = 8;

export const exportVerb: Verb<(typeof PLACE_SETTINGS)[number]> = {
  name: 'export',
  summary: 'Write all receipts as CSV (one row a receipt, or one a line item) or as JSON',
  examples: [
    'slipstream export --format csv > receipts.csv',
    'slipstream export --format csv --items --out items.csv',
    'slipstream export --format json --from 2026-01-01',
  ],
  options: [
    ['--format <format>', 'csv or json', 'csv'],
    ['--items', 'CSV: one row a line item'],
    ['--from <day>', 'First day, as 2026-01-31'],
    ['--to <day>', 'Last day'],
    ['--out <file>', 'A file instead of standard output'],
  ],
  settings: PLACE_SETTINGS,
  run: async ({ options, settings, json, logger }) => {
    const format = json ? 'json' : String(options.format);
    if (format !== 'csv' && format !== 'json')
      throw new SlipstreamError('REQUEST_INVALID', `--format takes csv or json, not ${format}.`);
    const service = await openReceipts(settings, logger);
    try {
      const out: Writable = typeof options.out === 'string' ? await openOutput(options.out) : process.stdout;
      const unreadable: Unreadable[] = [];
      const rows = receipts(service, dayOption('--from', options.from), dayOption('--to', options.to), unreadable);
      if (format === 'json') await writeJson(rows, out);
      else await writeCsv(rows, out, options.items === true);
      if (out !== process.stdout) {
        out.end();
        await once(out, 'finish');
      }
      for (const { receipt, error } of unreadable) printUnreadable(receipt, error);
      return unreadable.length === 0 ? 0 : EXIT_FAILED;
    } finally {
      await service.close();
    }
  },
};

/** A receipt whose document cannot be read: the others are exported all the same, and it is named at the end. */
interface Unreadable {
  readonly receipt: ReceiptView;
  readonly error: SlipstreamError;
}

function printUnreadable({ image_id, receipt_id }: ReceiptView, { message, code }: SlipstreamError): void {
  process.stderr.write(`left out ${image_id}/${Number(receipt_id)}: ${printable(message)} (${code})\n`);
}

/** Opened before anything is read: a wrong name is said at once. */
async function openOutput(path: string): Promise<Writable> {
  const out = createWriteStream(path, { mode: 0o600 });
  try {
    await once(out, 'open');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const why = OUTPUT_FAULTS[code] ?? `it cannot be written (${code}).`;
    throw new SlipstreamError('REQUEST_INVALID', `--out ${path}: ${why}`, { cause });
  }
  return out;
}

const OUTPUT_FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder; make it first, or name another file.',
  ENOTDIR: 'a part of the path is a file and no folder; name another file.',
  EISDIR: 'that is a folder; name a file in it.',
  EACCES: 'you may not write there; name another file.',
  EPERM: 'you may not write there; name another file.',
  EROFS: 'the disk may only be read; name another file.',
  ENOSPC: 'the disk is full; make room, or name another file.',
};

async function* receipts(
  service: ReceiptsService,
  from: string | undefined,
  to: string | undefined,
  unreadable: Unreadable[],
): AsyncGenerator<ReceiptDetail> {
  const days = { ...(from ? { from } : {}), ...(to ? { to } : {}) };
  for await (const page of pages((cursor) => service.receipts({ limit: PAGE_ROWS, cursor, ...days }))) {
    const details = mapInOrder(page.receipts, (receipt) => detailOf(service, receipt, unreadable), {
      concurrency: AT_ONCE,
    });
    for await (const detail of details) if (detail !== null) yield detail;
  }
}

async function detailOf(
  service: ReceiptsService,
  receipt: ReceiptView,
  unreadable: Unreadable[],
): Promise<ReceiptDetail | null> {
  try {
    return await service.receipt(receipt.image_id, receipt.receipt_id);
  } catch (error) {
    if (!isObjectFault(error)) throw error;
    unreadable.push({ receipt, error });
    return null;
  }
}

async function writeJson(rows: AsyncIterable<ReceiptDetail>, out: Writable): Promise<void> {
  let separator = '[';
  try {
    for await (const { file_name, status, revision, merchant_id, merchant_name, printed_name, document } of rows) {
      const receipt = { file_name, status, revision, merchant_id, merchant_name, printed_name, ...document };
      await write(out, `${separator}\n${printableJson(JSON.stringify(receipt))}`);
      separator = ',';
    }
  } finally {
    // Whole also when the listing fails midway: the exit code and the error say that it is not complete.
    await write(out, separator === '[' ? '[]\n' : '\n]\n');
  }
}

async function writeCsv(rows: AsyncIterable<ReceiptDetail>, out: Writable, items: boolean): Promise<void> {
  const csv = stringify({ header: true, columns: items ? ITEM_COLUMNS : RECEIPT_COLUMNS, record_delimiter: 'windows' });
  const written = (async () => {
    for await (const chunk of csv) await write(out, chunk);
  })();
  for await (const row of rows)
    for (const record of items ? itemRecords(row) : [receiptRecordOf(row)])
      if (!csv.write(record.map(csvCell))) await once(csv, 'drain');
  csv.end();
  await written;
}

const MERCHANT_COLUMNS = ['merchant', 'merchant_id', 'printed_name'];
/** The printed name stands beside the known one. */
const FIELD_COLUMNS = receiptColumns().filter(({ name }) => name !== 'printed_name');
const OWN_ITEM_COLUMNS = itemColumns();

const RECEIPT_COLUMNS = [
  'image_id',
  'receipt_id',
  'status',
  ...MERCHANT_COLUMNS,
  ...FIELD_COLUMNS.map(({ name }) => name),
  'confidence',
  'checks_ok',
  'checks_total',
  'review_reasons',
  'file_name',
];
const ITEM_COLUMNS = [
  'image_id',
  'receipt_id',
  ...MERCHANT_COLUMNS,
  'date',
  'currency',
  ...OWN_ITEM_COLUMNS.map(({ name }) => name),
  'file_name',
];

function receiptRecordOf({ document: receipt, ...summary }: ReceiptDetail): string[] {
  return [
    receipt.image_id,
    receipt.receipt_id,
    summary.status,
    ...merchantCells(summary),
    ...FIELD_COLUMNS.map((column) => column.cell(receipt)),
    String(summary.confidence),
    String(summary.checks_ok),
    String(summary.checks_total),
    receipt.reasons.map(({ code }) => code).join(' '),
    summary.file_name ?? '',
  ];
}

/** As the merchant is known, which one it is, and what the paper says. */
function merchantCells(summary: Pick<ReceiptDetail, 'merchant_name' | 'merchant_id' | 'printed_name'>): string[] {
  return [summary.merchant_name ?? '', summary.merchant_id ?? '', summary.printed_name ?? ''];
}

function itemRecords({ document: receipt, ...summary }: ReceiptDetail): string[][] {
  return receipt.line_items.map((item) => [
    receipt.image_id,
    receipt.receipt_id,
    ...merchantCells(summary),
    receipt.date?.value ?? '',
    receipt.currency?.value ?? '',
    ...OWN_ITEM_COLUMNS.map((column) => column.cell(item)),
    summary.file_name ?? '',
  ]);
}

async function write(out: Writable, chunk: string | Buffer): Promise<void> {
  if (!out.write(chunk)) await once(out, 'drain');
}
