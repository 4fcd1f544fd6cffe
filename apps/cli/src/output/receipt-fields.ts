import { fieldGroups, type Leaf, leafAt, RECEIPT_FIELDS, type ReceiptFieldTable, rowsAt } from '@slipstream/shared';

/** A line or a table of a receipt as it is shown. */
export type ShownField =
  | { readonly kind: 'field'; readonly path: string; readonly label: string; readonly leaf: NonNullable<Leaf> }
  | {
      readonly kind: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
      /** Columns that stand to the right. */
      readonly numbers: readonly number[];
    };

/** Has one row an item; every other list is a line a row, under the row's own name. */
const ITEMS = 'line_items';

const textAt = (at: object, name: string) => leafAt(at, name)?.value ?? '';

/** Everything that a receipt has, in the order of the table of fields. */
export function shownFields(receipt: object, fields: ReceiptFieldTable = RECEIPT_FIELDS): readonly ShownField[] {
  return fieldGroups(fields).flatMap((group): ShownField[] => {
    if (group.kind === 'single') {
      const leaf = leafAt(receipt, group.path);
      return leaf ? [{ kind: 'field', path: group.path, label: group.field.label, leaf }] : [];
    }
    const { leaves } = group;
    const rows = rowsAt(receipt, group.list);
    if (group.list === ITEMS) {
      if (rows.length === 0) return [];
      const numbers = leaves.flatMap(({ field }, index) => (field.kind === 'decimal' ? [index] : []));
      const columns = leaves.map(({ field }) => field.label);
      return [
        { kind: 'table', columns, rows: rows.map((row) => leaves.map(({ name }) => textAt(row, name))), numbers },
      ];
    }
    const label = leaves.find(({ field }) => field.row === 'label');
    const amount = leaves.find(({ field }) => field.row === 'amount');
    if (amount === undefined) return [];
    return rows.flatMap((row): ShownField[] => {
      const leaf = leafAt(row, amount.name);
      if (leaf === null) return [];
      const named = label ? textAt(row, label.name) : '';
      return [{ kind: 'field', path: group.list, label: named || amount.field.label, leaf }];
    });
  });
}

/** A column of an export, and what a receipt (or one of its items) has there. */
export interface ExportColumn {
  readonly name: string;
  cell(receipt: object): string;
}

/** One row a receipt: several rows of a list share a cell. The merchant's name has columns of its own. */
export function receiptColumns(fields: ReceiptFieldTable = RECEIPT_FIELDS): readonly ExportColumn[] {
  return fieldGroups(fields).flatMap((group): ExportColumn[] => {
    if (group.kind === 'single') return columnOf(group.field.column, (receipt) => textAt(receipt, group.path));
    if (group.list === ITEMS) return [];
    return group.leaves.flatMap(({ name, field }) =>
      columnOf(field.column, (receipt) =>
        rowsAt(receipt, group.list)
          .map((row) => textAt(row, name))
          .join(' '),
      ),
    );
  });
}

/** One row an item: what it has of its own. */
export function itemColumns(fields: ReceiptFieldTable = RECEIPT_FIELDS): readonly ExportColumn[] {
  return fieldGroups(fields).flatMap((group) =>
    group.kind === 'list' && group.list === ITEMS
      ? group.leaves.flatMap(({ name, field }) => columnOf(field.column, (item) => textAt(item, name)))
      : [],
  );
}

function columnOf(name: string | null, cell: ExportColumn['cell']): ExportColumn[] {
  return name === null ? [] : [{ name, cell }];
}
