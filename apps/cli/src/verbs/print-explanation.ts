import type { explainDocument } from '@slipstream/receipt-parser';
import { colour, printLine, printTable, shorten } from '@slipstream/terminal';

type Explained = ReturnType<typeof explainDocument>[number];

const ROW_LENGTH = 40;

/** The candidates for a receipt's total, the sums that were tried, and why one was chosen. */
export function printExplanation({ receipt, total }: Explained): void {
  const { candidates, items, charges, why } = total;
  printLine(colour.bold(`receipt ${receipt.receipt_id}: total ${receipt.total?.value ?? '–'}`));
  for (const reason of why) printLine(`  ${reason}`);
  printLine();
  printTable(
    ['', 'candidate', 'rules', 'ranker', 'row', 'sum'],
    candidates.map(({ value, row, rules, ranker, sum, chosen }) => [
      chosen ? '→' : '',
      value,
      rules === null ? '–' : rules.toFixed(1),
      `${(100 * ranker).toFixed(1)} %`,
      shorten(row, ROW_LENGTH),
      sum,
    ]),
    [1, 2, 3],
  );
  printLine();
  const listed = [
    ...items.map(({ description, amount }) => ['item', shorten(description, ROW_LENGTH), amount]),
    ...charges.map(({ role, amount }) => [role.replace('_', ' '), '', amount]),
  ];
  if (listed.length > 0) printTable(['added up', '', 'amount'], listed, [2]);
  for (const { id, ok, expected, actual } of receipt.checks)
    printLine(`${ok ? 'ok    ' : 'failed'}  ${id}: expected ${expected}, there is ${actual}`);
  for (const { message } of receipt.reasons) printLine(`review: ${message}`);
  printLine();
}
