import { reasonsOf, recheckReceipt } from '@slipstream/receipt-parser';
import {
  type OcrDocument,
  REVIEW_BELOW,
  type Reason,
  type Receipt,
  type TextField,
  type WordReference,
} from '@slipstream/shared';
import { CORRECTIONS_MAX, type Corrections, type FieldCorrection, type RowCorrection } from './corrections.ts';
import { locateText } from './locate-text.ts';
import { isPrintedAmount, isPrintedAs } from './printed-as.ts';
import { leafOf, withLeaf } from './receipt-fields.ts';

/**
 * How sure a field is that the model read and that stands in the OCR: above the usual threshold for review (0.8),
 * below what a sum proves (0.97). An assumption, not a measured figure: no reviewed receipts exist to measure it on.
 */
export const MODEL_CONFIDENCE = 0.85;

export interface Correcting {
  /** With every correction that was taken; the receipt as it was where none was. */
  readonly receipt: Receipt;
  readonly taken: number;
  /** Why the others were not: for the person who reviews. Nothing in them is the model's own words. */
  readonly refused: readonly Reason[];
}

/**
 * Takes the model's corrections, all or none: each has to stand in the OCR with the value it gives, and afterwards
 * every check has to hold, a sum of the rows among them. A sum proves only what it is independent of, so a correction
 * may touch the rows or the total, never both. What the receipt's own print says (an instruction to the model, say)
 * can therefore choose between readings of it, and nothing else. What a person reviewed is left as it is.
 */
export function applyCorrections(receipt: Receipt, document: OcrDocument, corrections: Corrections): Correcting {
  if (corrections.fields.length + corrections.rows.length === 0) return { receipt, taken: 0, refused: [] };
  const refused = objections(receipt, document, corrections);
  if (refused.length > 0) return { receipt, taken: 0, refused };
  const confirming = corrections.fields.filter(({ field, value }) => leafOf(receipt, field)?.value === value);
  let corrected = receipt;
  for (const correction of corrections.fields) corrected = withField(corrected, document, correction);
  corrected = withRows(corrected, document, corrections.rows);
  const checks = recheckReceipt(corrected);
  const isProven = checks.some(({ id, ok }) => id === 'items_make_total' && ok) && checks.every(({ ok }) => ok);
  if (!isProven) {
    return {
      receipt,
      taken: 0,
      refused: [refusal('the sums of the receipt would not hold with what the model proposes')],
    };
  }
  // By the usual confidence: whoever settles the receipt applies the one that is set.
  const reasons = reasonsOf({ ...corrected, checks }, REVIEW_BELOW);
  const taken = corrections.fields.length - confirming.length + corrections.rows.length;
  return { receipt: { ...corrected, checks, reasons, needs_review: reasons.length > 0 }, taken, refused: [] };
}

const ADDENDS: readonly string[] = ['subtotal', 'service_charge', 'tip', 'rounding'];

/** What speaks against the corrections as they are, before anything is applied. */
function objections(receipt: Receipt, document: OcrDocument, { fields, rows }: Corrections): readonly Reason[] {
  if (fields.length + rows.length > CORRECTIONS_MAX) return [refusal('the model proposes too many at once')];
  const changing = fields.filter(({ field, value }) => leafOf(receipt, field)?.value !== value);
  const isTotalTouched = changing.some(({ field }) => field === 'total');
  const areRowsTouched = rows.length > 0 || changing.some(({ field }) => ADDENDS.includes(field));
  if (isTotalTouched && areRowsTouched) return [refusal('the model changes the total and what it is the sum of')];
  return [
    ...fields.flatMap((correction) => fieldObjection(receipt, document, correction)),
    ...rows.flatMap((correction) => rowObjection(receipt, document, correction)),
  ];
}

function fieldObjection(receipt: Receipt, document: OcrDocument, { field, value, text }: FieldCorrection): Reason[] {
  const leaf = leafOf(receipt, field);
  if (leaf?.reviewed && leaf.value !== value) return [refusal(`a person reviewed the ${field}`)];
  if (locateText(document, text) === null) return [refusal(`the text it gives for the ${field} is not on the receipt`)];
  return isPrintedAs(field, value, text) ? [] : [refusal(`its value for the ${field} is not what the text says`)];
}

function rowObjection(receipt: Receipt, document: OcrDocument, correction: RowCorrection): Reason[] {
  const { rows, action, index, label, amount, text } = correction;
  const row = index === null ? undefined : receipt[rows][index];
  if ((action === 'add') !== (index === null) || (action !== 'add' && row === undefined)) {
    return [refusal(`it names a row of the ${rows} that is not there`)];
  }
  if (row?.amount?.reviewed) return [refusal(`a person reviewed that row of the ${rows}`)];
  if (action === 'remove') return [];
  if (locateText(document, text) === null) return [refusal(`a row of the ${rows} is not on the receipt`)];
  if (amount === null || !isPrintedAmount(amount, text)) {
    return [refusal(`an amount of the ${rows} is not what the text says`)];
  }
  const isForeignLabel = label !== null && locateText(document, label) === null;
  return isForeignLabel ? [refusal(`a description of the ${rows} is not on the receipt`)] : [];
}

function withField(receipt: Receipt, document: OcrDocument, { field, value, text }: FieldCorrection): Receipt {
  const leaf = leafOf(receipt, field);
  if (leaf?.value === value) {
    // Two readers agree: as sure as the surer of them.
    return withLeaf(receipt, field, { ...leaf, confidence: Math.max(leaf.confidence, MODEL_CONFIDENCE) });
  }
  return withLeaf(receipt, field, fieldOf(value, text, locateText(document, text)));
}

/** Removals last, from the end: the indices are those that the model was shown. */
function withRows(receipt: Receipt, document: OcrDocument, rows: readonly RowCorrection[]): Receipt {
  const lists = {
    line_items: [...receipt.line_items],
    discounts: [...receipt.discounts],
    taxes: [...receipt.taxes],
  };
  for (const correction of rows.filter(({ action }) => action !== 'remove')) {
    const { index, label, amount, text } = correction;
    const amountField = fieldOf(amount ?? '0', text, locateText(document, text));
    const labelField = label === null ? null : fieldOf(label, label, locateText(document, label));
    switch (correction.rows) {
      case 'line_items': {
        const row = lists.line_items[index ?? -1] ?? { description: null, quantity: null, unit_price: null };
        const described = { ...row, amount: amountField, description: labelField ?? row.description };
        put(lists.line_items, index, described);
        break;
      }
      case 'discounts': {
        const row = lists.discounts[index ?? -1] ?? { label: null };
        put(lists.discounts, index, { ...row, label: labelField ?? row.label, amount: amountField });
        break;
      }
      case 'taxes': {
        const row = lists.taxes[index ?? -1] ?? { label: null, rate: null };
        put(lists.taxes, index, { ...row, label: labelField ?? row.label, amount: amountField });
        break;
      }
    }
  }
  const removed = rows.filter(({ action }) => action === 'remove').sort((a, b) => (b.index ?? 0) - (a.index ?? 0));
  for (const { rows: list, index } of removed) lists[list].splice(index ?? lists[list].length, 1);
  return { ...receipt, ...lists };
}

function put<T>(list: T[], index: number | null, row: T): void {
  if (index === null) list.push(row);
  else list[index] = row;
}

function fieldOf(value: string, text: string, words: readonly WordReference[] | null): NonNullable<TextField> {
  return { value, text, confidence: MODEL_CONFIDENCE, words: [...(words ?? [])] };
}

function refusal(why: string): Reason {
  return { code: 'CORRECTION_REFUSED', message: `A language model proposed corrections that were not taken: ${why}.` };
}
