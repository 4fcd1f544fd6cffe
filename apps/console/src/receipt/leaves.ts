import { fieldGroups, type Leaf, leafAt, RECEIPT_FIELDS, rowsAt } from '@slipstream/shared';
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

/** Shown although they have no value: a receipt should have them. */
const ALWAYS = new Set(['merchant.name', 'date', 'total']);

/** Every field but the items', in the table's order; a charge goes by the label that is printed. */
export function summaryFields(document: ReceiptDocument): readonly ShownField[] {
  return fieldGroups(RECEIPT_FIELDS).flatMap((group): readonly ShownField[] => {
    if (group.kind === 'single') {
      const leaf = leafAt(document, group.path);
      const { label, kind } = group.field;
      return leaf !== null || ALWAYS.has(group.path) ? [{ path: group.path, label, kind, leaf }] : [];
    }
    if (group.list === 'line_items') return [];
    return listRows(document, group.list).flatMap(({ fields }) => {
      const amount = fields.find(({ path }) => path.endsWith('.amount'));
      const label = fields.find(({ path }) => path.endsWith('.label'))?.leaf?.value;
      return amount ? [{ ...amount, label: label ?? amount.label }] : [];
    });
  });
}

/** The rows of a list such as `line_items`. */
export function listRows(document: ReceiptDocument, list: string): readonly ShownRow[] {
  const group = fieldGroups(RECEIPT_FIELDS).find((each) => each.kind === 'list' && each.list === list);
  const leaves = group?.kind === 'list' ? group.leaves : [];
  return rowsAt(document, list).map((row, index) => ({
    index,
    fields: leaves.map(({ name, field }) => ({
      path: `${list}[${index}].${name}`,
      label: field.label,
      kind: field.kind,
      leaf: leafAt(row, name),
    })),
  }));
}

/** Every field that has words on the picture. */
export function allFields(document: ReceiptDocument): readonly ShownField[] {
  const lists = fieldGroups(RECEIPT_FIELDS).flatMap((group) => (group.kind === 'list' ? [group.list] : []));
  const rows = lists.flatMap((list) => listRows(document, list)).flatMap(({ fields }) => fields);
  return [...summaryFields(document).filter(({ path }) => !path.includes('[')), ...rows];
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

/** The leaf at a path as the API names it: `total`, `line_items[0].amount`. */
export function leafOf(document: ReceiptDocument, path: string): Leaf {
  const [, list, index, name] = /^(\w+)\[(\d+)\]\.(\w+)$/.exec(path) ?? [];
  if (list === undefined || name === undefined) return leafAt(document, path);
  const row = rowsAt(document, list)[Number(index)];
  return row ? leafAt(row, name) : null;
}

/** The field where a look pays most: the least sure of those that no person has seen. */
export function leastSure(document: ReceiptDocument): string | null {
  const doubtful = summaryFields(document).filter(({ leaf }) => !leaf?.reviewed);
  const sorted = doubtful.toSorted((a, b) => (a.leaf?.confidence ?? 0) - (b.leaf?.confidence ?? 0));
  return sorted[0]?.path ?? null;
}
