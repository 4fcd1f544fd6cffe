import { basename } from 'node:path';
import { styled, type TextPart } from '@slipstream/shared';
import { colour, printTable, shorten } from '@slipstream/terminal';
import type { ImageOutcome } from '../service/wait-for-images.ts';

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
    (outcome.job?.photo_hints ?? []).map(({ message }) => `${basename(file)}: ${message}`),
  );
}

/** What a progress bar says of the file that has ended last. */
export function progressNote(file: string, outcome: ImageOutcome): string {
  if (outcome.job?.status === 'FAILED') return `${basename(file)}: failed`;
  return hasNoReceipt(outcome) ? `${basename(file)}: no receipt found` : basename(file);
}

/** The rows of one file: one a receipt, or one that says why there is none. */
export function outcomeRow(result: FileOutcome): readonly (readonly TextPart[])[] {
  const file = shorten(basename(result.file), 28);
  const seconds = result.seconds === null ? '' : result.seconds.toFixed(1);
  const { job, receipts } = result.outcome;
  if (job?.status !== 'COMPLETED') {
    return [[file, colour.red(shorten(job?.reason?.message ?? 'it did not end', 60)), '', '', '', '', seconds]];
  }
  if (receipts.length === 0) return [[file, colour.yellow('no receipt was found on it'), '', '', '', '', seconds]];
  return receipts.map((receipt) => [
    file,
    shorten(receipt.merchant_name ?? '–', 34),
    receipt.date ?? '–',
    `${receipt.total ?? '–'} ${receipt.currency ?? ''}`.trim(),
    checksCell(receipt.checks_ok, receipt.checks_total),
    styled`${Math.round(receipt.confidence * 100)} %${receipt.status === 'NEEDS_REVIEW' ? colour.yellow(' review') : ''}`,
    seconds,
  ]);
}

function checksCell(ok: number, total: number): TextPart {
  const cell = `${ok}/${total}`;
  if (total === 0) return colour.dim('none');
  return ok === total ? colour.green(cell) : colour.yellow(cell);
}

export function printOutcomes(rows: readonly (readonly TextPart[])[]): void {
  printTable(['file', 'merchant', 'date', 'total', 'checks', 'confidence', 'seconds'], rows, [3, 6]);
}
