import { type FieldGroup, fieldGroups, type Leaf, leafAt, RECEIPT_FIELDS, rowsAt } from '@slipstream/shared';
import type { ReceiptDetail } from '../api/api.ts';

export type ReceiptDocument = ReceiptDetail['document'];

/** A field of the receipt as the page shows it. `path`: as the API names it, `line_items[0].amount`. */
export interface ShownField {
  readonly path: string;
  readonly label: string;
  readonly kind: 'text' | 'day' | 'time' | 'currency' | 'decimal';
  readonly leaf: Leaf;
}

export interface ShownRow {
  readonly index: number;
  readonly fields: readonly ShownField[];
}

/** All fields that stand once, in the table's order; those without a value only where a receipt should have one. */
const ALWAYS = new Set(['merchant.name', 'date', 'total']);

export function singleFields(document: ReceiptDocument): readonly ShownField[] {
  return groups('single').flatMap(({ path, field }) => {
    const leaf = leafAt(document, path);
    return leaf !== null || ALWAYS.has(path) ? [{ path, label: field.label, kind: field.kind, leaf }] : [];
  });
}

/** The rows of a list such as `line_items`. */
export function listRows(document: ReceiptDocument, list: 'line_items' | 'discounts' | 'taxes'): readonly ShownRow[] {
  const group = groups('list').find((each) => each.list === list);
  return rowsAt(document, list).map((row, index) => ({
    index,
    fields: (group?.leaves ?? []).map(({ name, field }) => ({
      path: `${list}[${index}].${name}`,
      label: field.label,
      kind: field.kind,
      leaf: leafAt(row, name),
    })),
  }));
}

function groups<K extends FieldGroup['kind']>(kind: K): readonly Extract<FieldGroup, { kind: K }>[] {
  return fieldGroups(RECEIPT_FIELDS).filter((group): group is Extract<FieldGroup, { kind: K }> => group.kind === kind);
}

/** Every field that has words on the picture. */
export function allFields(document: ReceiptDocument): readonly ShownField[] {
  const rows = (['line_items', 'discounts', 'taxes'] as const).flatMap((list) => listRows(document, list));
  return [...singleFields(document), ...rows.flatMap(({ fields }) => fields)];
}

export const wordKey = (line: number, word: number) => `${line}:${word}`;

/** Which fields a word belongs to. */
export function fieldsByWord(document: ReceiptDocument): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { path, leaf } of allFields(document))
    for (const [line, word] of leaf?.words ?? []) {
      const key = wordKey(line, word);
      found.set(key, [...(found.get(key) ?? []), path]);
    }
  return found;
}
