import { reasonsOf, recheckReceipt } from '@slipstream/receipt-parser';
import {
  type Leaf,
  type ListName,
  leafAt,
  leavesOfList,
  type OcrDocument,
  RECEIPT_FIELDS,
  REVIEW_BELOW,
  type Reason,
  type Receipt,
  type ReceiptField,
  rowsAt,
  type SumRole,
  type WordReference,
  withLeafAt,
} from '@slipstream/shared';
import {
  CORRECTABLE_ROWS,
  CORRECTIONS_MAX,
  type Corrections,
  type FieldCorrection,
  type RowCorrection,
} from './corrections.ts';
import { locateText } from './locate-text.ts';
import { isPrintedAmount, isPrintedAs } from './printed-as.ts';

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
  const confirming = corrections.fields.filter(({ field, value }) => leafAt(receipt, field)?.value === value);
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

/** What a total is the sum of, besides rows. */
const ADDENDS: ReadonlySet<SumRole> = new Set(['subtotal', 'service_charge', 'tip', 'deposit', 'rounding']);

function roleOf({ field }: FieldCorrection): SumRole | null {
  const row: ReceiptField = RECEIPT_FIELDS[field];
  return row.sum ?? null;
}

/** What speaks against the corrections as they are, before anything is applied. */
function objections(receipt: Receipt, document: OcrDocument, { fields, rows }: Corrections): readonly Reason[] {
  if (fields.length + rows.length > CORRECTIONS_MAX) return [refusal('the model proposes too many at once')];
  const changing = fields.filter(({ field, value }) => leafAt(receipt, field)?.value !== value);
  const roles = changing.map(roleOf);
  const isTotalTouched = roles.includes('total');
  const areRowsTouched = rows.length > 0 || roles.some((role) => role !== null && ADDENDS.has(role));
  if (isTotalTouched && areRowsTouched) return [refusal('the model changes the total and what it is the sum of')];
  return [
    ...fields.flatMap((correction) => fieldObjection(receipt, document, correction)),
    ...rows.flatMap((correction) => rowObjection(receipt, document, correction)),
  ];
}

function fieldObjection(receipt: Receipt, document: OcrDocument, { field, value, text }: FieldCorrection): Reason[] {
  const leaf = leafAt(receipt, field);
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
  const leaf = leafAt(receipt, field);
  if (leaf?.value === value) {
    // Two readers agree: as sure as the surer of them.
    return withLeafAt(receipt, field, { ...leaf, confidence: Math.max(leaf.confidence, MODEL_CONFIDENCE) });
  }
  return withLeafAt(receipt, field, fieldOf(value, text, locateText(document, text)));
}

/** Removals last, from the end: the indices are those that the model was shown. */
function withRows(receipt: Receipt, document: OcrDocument, corrections: readonly RowCorrection[]): Receipt {
  let corrected = receipt;
  for (const list of CORRECTABLE_ROWS) {
    const own = corrections.filter(({ rows }) => rows === list);
    if (own.length === 0) continue;
    const rows = [...rowsAt(receipt, list)];
    for (const correction of own.filter(({ action }) => action !== 'remove')) {
      const row = correctedRow(list, rows[correction.index ?? -1] ?? {}, document, correction);
      if (correction.index === null) rows.push(row);
      else rows[correction.index] = row;
    }
    const removed = own.filter(({ action }) => action === 'remove').sort((a, b) => (b.index ?? 0) - (a.index ?? 0));
    for (const { index } of removed) rows.splice(index ?? rows.length, 1);
    corrected = { ...corrected, [list]: rows };
  }
  return corrected;
}

/** The row with what names it and what it comes to as the model read them; what else a row of its list has stays, or is null. */
function correctedRow(
  list: ListName,
  row: object,
  document: OcrDocument,
  { label, amount, text }: RowCorrection,
): object {
  let corrected: object = row;
  for (const { name, field } of leavesOfList(list)) {
    const before = leafAt(row, name);
    const amountRead = field.row === 'amount' ? fieldOf(amount ?? '0', text, locateText(document, text)) : null;
    const labelRead =
      field.row === 'label' && label !== null ? fieldOf(label, label, locateText(document, label)) : null;
    corrected = withLeafAt(corrected, name, amountRead ?? labelRead ?? before);
  }
  return corrected;
}

function fieldOf(value: string, text: string, words: readonly WordReference[] | null): NonNullable<Leaf> {
  return { value, text, confidence: MODEL_CONFIDENCE, words: [...(words ?? [])] };
}

function refusal(why: string): Reason {
  return { code: 'CORRECTION_REFUSED', message: `A language model proposed corrections that were not taken: ${why}.` };
}
