import type { explainDocument } from '@slipstream/receipt-parser';
import { colour, figures, printLine, printTable } from '@slipstream/terminal';

type Explained = ReturnType<typeof explainDocument>[number];

/** The candidates for a receipt's total, the sums that were tried, and why one was chosen. */
export function printExplanation({ receipt, total }: Explained): void {
  const { candidates, items, charges, why } = total;
  printLine(colour.bold(`receipt ${receipt.receipt_id}: total ${receipt.total?.value ?? '–'}`));
  for (const reason of why) printLine(`  ${reason}`);
  printLine();
  printTable(
    ['', ...['candidate', 'rules', 'ranker'].map(figures), { title: 'row', min: 12 }, { title: 'sum', min: 12 }],
    candidates.map(({ value, row, rules, ranker, sum, chosen }) => [
      chosen ? '→' : '',
      value,
      rules === null ? '–' : rules.toFixed(1),
      `${(100 * ranker).toFixed(1)} %`,
      row,
      sum,
    ]),
  );
  printLine();
  const listed = [
    ...items.map(({ description, amount }) => ['item', description, amount]),
    ...charges.map(({ role, amount }) => [role.replace('_', ' '), '', amount]),
  ];
  if (listed.length > 0) printTable(['added up', { title: '', min: 12 }, figures('amount')], listed);
  for (const { id, ok, expected, actual } of receipt.checks)
    printLine(`${ok ? 'ok    ' : 'failed'}  ${id}: expected ${expected}, there is ${actual}`);
  for (const { message } of receipt.reasons) printLine(`review: ${message}`);
  printLine();
}
