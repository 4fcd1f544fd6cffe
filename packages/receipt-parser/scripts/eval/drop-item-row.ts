import type { OcrDocument, Receipt } from '@slipstream/shared';

/** Items whose row can be dropped for a test: the amount is not zero and stands in words of the document. */
export function droppableItems(receipt: Receipt): number[] {
  return receipt.line_items.flatMap(({ amount }, i) =>
    amount !== null && Number(amount.value) !== 0 && amount.words.length > 0 ? [i] : [],
  );
}

/** The document without the lines that the item's amount, description, quantity and price stand in. */
export function withoutItem(document: OcrDocument, receipt: Receipt, item: number): OcrDocument {
  const { amount, description, quantity, unit_price } = receipt.line_items[item] ?? {};
  const dropped = new Set(
    [amount, description, quantity, unit_price].flatMap((field) => field?.words.map(([line]) => line) ?? []),
  );
  return { ...document, lines: document.lines.filter((_, i) => !dropped.has(i)) };
}

/** Whether the receipt's items were found to lead to its total. */
export function sumChecked(receipt: Receipt | undefined): receipt is Receipt {
  return receipt?.checks.some(({ id, ok }) => id === 'items_make_total' && ok) ?? false;
}
