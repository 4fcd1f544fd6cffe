import type { ReceiptView } from '@slipstream/api-contract';
import { fileNameOf } from '@slipstream/runtime';
import { styled, type TextPart } from '@slipstream/shared';
import { colour, cutText, figures, padText, printLine, printTable } from '@slipstream/terminal';
import type { ImageOutcome } from '../service/wait-for-images.ts';
import { counted } from './why-empty.ts';

/** One submitted file and what came of it. */
export interface FileOutcome {
  readonly file: string;
  /** How long it took; null when it never ended, or was not read at all. */
  readonly seconds: number | null;
  readonly outcome: ImageOutcome;
}

export function outcomeView({ file, seconds, outcome }: FileOutcome) {
  const { image_id, job, receipts } = outcome;
  return {
    file,
    image_id,
    status: hasNoReceipt(outcome) ? 'NO_RECEIPT' : (job?.status ?? 'UNKNOWN'),
    reason: job?.reason ?? null,
    photo_hints: job?.photo_hints ?? [],
    seconds: seconds === null ? null : Number(seconds.toFixed(2)),
    receipts: receipts.map((receipt) => ({
      receipt_id: receipt.receipt_id,
      status: receipt.status,
      merchant: receipt.merchant_name,
      printed_name: receipt.printed_name,
      merchant_id: receipt.merchant_id,
      date: receipt.date,
      total: receipt.total,
      currency: receipt.currency,
      checks_ok: receipt.checks_ok,
      checks_total: receipt.checks_total,
      item_count: receipt.item_count,
      confidence: receipt.confidence,
      reason: receipt.reason?.message ?? null,
    })),
  };
}

/** It was read, and nothing on it is a receipt. */
export function hasNoReceipt({ job, receipts }: ImageOutcome): boolean {
  return job?.status === 'COMPLETED' && receipts.length === 0;
}

/** What is wrong with photographs, a line each; they were read all the same. */
export function photoHintLines(results: readonly FileOutcome[]): string[] {
  return results.flatMap(({ file, outcome }) =>
    (outcome.job?.photo_hints ?? []).map(({ message }) => `${fileNameOf(file)}: ${message}`),
  );
}

/** Of a job, what a line says. */
type EndedJob = Pick<NonNullable<ImageOutcome['job']>, 'status' | 'reason'>;

/** Names up to this are beside one another; of longer ones the end is left out. */
const NAME_COLUMNS_MAX = 28;

/** A line for a file as it ends: its name, whose receipt it is, what it came to, and whether that is sure. */
export function outcomeLine(
  file: string,
  { job, receipts }: { readonly job: EndedJob | null; readonly receipts: readonly ReceiptView[] },
  nameColumns: number,
): TextPart {
  const name = padText(cutText(fileNameOf(file), NAME_COLUMNS_MAX), Math.min(nameColumns, NAME_COLUMNS_MAX));
  if (job?.status !== 'COMPLETED') return styled`${name}  ${colour.red(job?.reason?.message ?? 'not read yet')}`;
  const [first, ...more] = receipts;
  if (!first) return styled`${name}  ${colour.yellow('no receipt was found on it')}`;
  const others = more.length > 0 ? `, and ${counted(more.length, 'receipt', 'receipts')} more` : '';
  return styled`${name}  ${cutText(first.merchant_name ?? '–', 24)}  ${totalOf(first)}  ${stateOf(first.status)}${others}`;
}

export const nameColumns = (files: readonly string[]): number =>
  Math.max(0, ...files.map((file) => fileNameOf(file).length));

function totalOf({ total, currency }: { readonly total: string | null; readonly currency: string | null }): string {
  return `${total ?? '–'} ${currency ?? ''}`.trim();
}

function stateOf(status: string): TextPart {
  return status === 'NEEDS_REVIEW' ? colour.yellow('needs review') : colour.green(status.toLowerCase());
}

/** All of them once more, with what has to be looked at, why, and what the columns mean. */
export function printOutcomes(results: readonly FileOutcome[]): void {
  printTable(
    [
      { title: 'file', min: 12 },
      { title: 'merchant', min: 14 },
      'date',
      figures('total'),
      'sums',
      { title: 'sure', align: 'right' },
      '',
      { title: 'seconds', align: 'right', dispensable: 1 },
    ],
    results.flatMap(outcomeRows),
  );
  const reasons = results.flatMap(reasonsOf);
  if (reasons.length > 0) printLine();
  for (const reason of reasons) printLine(reason);
  if (results.some(({ outcome }) => outcome.receipts.length > 0)) {
    printLine();
    printLine(colour.dim('sums: how many of the sums on the paper hold, of those that could be checked;'));
    printLine(colour.dim('sure: how probably merchant, date and total are right, the least sure of them.'));
  }
}

/** The rows of one file: one a receipt, or one that says that there is none. */
function outcomeRows({ file, seconds, outcome }: FileOutcome): readonly (readonly TextPart[])[] {
  const name = fileNameOf(file);
  const time = seconds === null ? '' : seconds.toFixed(1);
  const { job, receipts } = outcome;
  const without = (what: TextPart) => [[name, what, '', '', '', '', '', time]];
  if (job?.status === 'FAILED') return without(colour.red('failed, see below'));
  if (job?.status !== 'COMPLETED') return without(colour.yellow('not read yet'));
  if (receipts.length === 0) return without(colour.yellow('no receipt found'));
  return receipts.map((receipt) => [
    name,
    receipt.merchant_name ?? '–',
    receipt.date ?? colour.yellow('no date'),
    totalOf(receipt),
    sumsCell(receipt.checks_ok, receipt.checks_total),
    `${Math.round(receipt.confidence * 100)} %`,
    receipt.status === 'NEEDS_REVIEW' ? colour.yellow('review') : colour.green('ok'),
    time,
  ]);
}

function reasonsOf({ file, outcome: { job, receipts } }: FileOutcome): readonly TextPart[] {
  const name = fileNameOf(file);
  if (job?.status === 'FAILED') return [styled`${colour.red(name)}: ${job.reason?.message ?? 'it failed'}`];
  return receipts.flatMap(({ status, reason }) =>
    status === 'NEEDS_REVIEW' && reason !== null ? [styled`${colour.yellow(name)}: ${reason.message}`] : [],
  );
}

function sumsCell(ok: number, total: number): TextPart {
  const cell = `${ok}/${total}`;
  if (total === 0) return colour.dim('none');
  return ok === total ? colour.green(cell) : colour.yellow(cell);
}
