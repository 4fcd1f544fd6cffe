import { fieldGroups, isSlipstreamError, leafAt, RECEIPT_FIELDS, SlipstreamError, styled } from '@slipstream/shared';
import { ask, colour, printLine } from '@slipstream/terminal';
import type { FieldEdit, ReceiptDetail, ReceiptsService } from '../service/receipts-service.ts';
import { printReceipt } from './print-receipt.ts';
import { setChange } from './set-change.ts';
import type { Waiting } from './waiting-for-review.ts';

const KEYS = 'a approve · field=value correct · -field empty · t take what was read anew · n next · q end';

/** One after the other on the terminal. Each answer is saved at once, so that what is done stays done however it ends. */
export async function reviewRound(service: ReceiptsService, waiting: readonly Waiting[]): Promise<void> {
  let done = 0;
  for (const [index, each] of waiting.entries()) {
    printLine(colour.bold(styled`${String(index + 1)} of ${String(waiting.length)}  ${each.file_name ?? 'unnamed'}`));
    if (each.receipt_id === null) {
      printLine(
        styled`  ${each.image_id.slice(0, 8)}: ${each.reason?.message ?? ''} slipstream open ${each.image_id.slice(0, 8)} shows it, slipstream delete removes it.`,
      );
      const answer = await ask('n next · q end: ');
      if (answer === null || answer.trim() === 'q') break;
      continue;
    }
    const outcome = await reviewReceipt(service, each.image_id, each.receipt_id);
    if (outcome === 'approved') done += 1;
    if (outcome === 'end') break;
  }
  printLine(`${done} of ${waiting.length} reviewed.`);
}

async function reviewReceipt(
  service: ReceiptsService,
  imageId: string,
  receiptId: string,
): Promise<'approved' | 'next' | 'end'> {
  let receipt = await service.receipt(imageId, receiptId);
  if (receipt === null) return 'next';
  printReceipt(receipt);
  for (;;) {
    const answer = await ask(`${KEYS}: `);
    if (answer === null || answer.trim() === 'q') return 'end';
    if (answer.trim() === 'n' || answer.trim() === '') return 'next';
    try {
      const approve = answer.trim() === 'a';
      const changes = approve ? [] : changesOf(answer, receipt);
      receipt = await service.review(imageId, receiptId, { revision: receipt.revision, changes, approve });
      if (approve) return 'approved';
      printReceipt(receipt);
    } catch (thrown) {
      const error = SlipstreamError.from(thrown);
      printLine(colour.red(error.message));
      if (!isSlipstreamError(error, 'REVISION_OUTDATED')) continue;
      receipt = (await service.receipt(imageId, receiptId)) ?? receipt;
      printReceipt(receipt);
    }
  }
}

function changesOf(answer: string, { document }: ReceiptDetail): readonly FieldEdit[] {
  const text = answer.trim();
  if (text === 't') {
    const proposed = fieldGroups(RECEIPT_FIELDS).flatMap((group) =>
      group.kind === 'single' && leafAt(document, group.path)?.proposal ? [group.path] : [],
    );
    if (proposed.length === 0) throw new SlipstreamError('REQUEST_INVALID', 'Nothing else was read for it.');
    return proposed.map((path) => ({ op: 'take', path }));
  }
  if (text.startsWith('-')) return [{ op: 'clear', path: text.slice(1).trim() }];
  return [setChange(text)];
}
