import { type Leaf, notesOf, styled } from '@slipstream/shared';
import { type Column, colour, figures, printLine, printTable, shorten } from '@slipstream/terminal';
import { shownFields } from '../output/receipt-fields.ts';
import type { ReceiptDetail } from '../service/receipts-service.ts';
import { printMatch } from './print-match.ts';

const LABEL_WIDTH = 12;
const MERCHANT_NAME = 'merchant.name';

/** Every field that is there, the checks, and why a person is asked. */
export function printReceipt(detail: ReceiptDetail): void {
  const { document: receipt, status } = detail;
  const line = (label: string, { value, confidence }: NonNullable<Leaf>) =>
    printLine(
      styled`  ${shorten(label, LABEL_WIDTH).padEnd(LABEL_WIDTH)} ${value}  ${colour.dim(`${Math.round(confidence * 100)} %`)}`,
    );
  printLine(`Receipt ${receipt.image_id.slice(0, 8)}/${Number(receipt.receipt_id)}: ${status}`);
  if (detail.file_name !== null) printLine(styled`  ${'file'.padEnd(LABEL_WIDTH)} ${detail.file_name}`);
  printMerchant(detail, line);
  for (const shown of shownFields(receipt)) {
    if (shown.kind === 'field') {
      if (shown.path !== MERCHANT_NAME) line(shown.label, shown.leaf);
      continue;
    }
    const indented = ([first = '', ...others]: readonly string[]) => [`  ${first}`, ...others];
    const columns = indented(shown.columns).map(
      (title, index): Column => (shown.numbers.includes(index) ? figures(title) : { title, min: 12 }),
    );
    printTable(columns, shown.rows.map(indented));
  }
  for (const check of receipt.checks) {
    const mark = check.ok ? colour.green('holds') : colour.red(`fails: ${check.actual} instead of ${check.expected}`);
    printLine(styled`  check ${check.id}: ${mark}`);
  }
  for (const reason of receipt.reasons) printLine(colour.yellow(`  review: ${reason.message}`));
  for (const note of notesOf(receipt)) printLine(colour.yellow(`  note: ${note.message}`));
}

/** As the merchant is known, and beside it what is printed where that differs. */
function printMerchant(detail: ReceiptDetail, line: (label: string, leaf: NonNullable<Leaf>) => void): void {
  const { name: printed } = detail.document.merchant;
  if (detail.merchant !== null && detail.merchant.name !== printed?.value) {
    printLine(styled`  ${'merchant'.padEnd(LABEL_WIDTH)} ${detail.merchant.name}`);
    if (printed) line('printed', printed);
  } else if (printed) line('merchant', printed);
  printMatch(detail);
}
