import {
  type Leaf,
  type ListName,
  RECEIPT_FIELDS,
  type ReceiptField,
  type ReceiptFieldTable,
} from './receipt-fields.ts';

/** One field, or the fields of a list's rows: as they follow each other in a table. */
export type FieldGroup =
  | { readonly kind: 'single'; readonly path: string; readonly field: ReceiptField }
  | { readonly kind: 'list'; readonly list: string; readonly leaves: readonly ListedLeaf[] };

export interface ListedLeaf {
  /** Within the row. */
  readonly name: string;
  readonly field: ReceiptField;
}

/** The table in its order, a list's leaves together at the place of the first. */
export function fieldGroups(fields: ReceiptFieldTable): readonly FieldGroup[] {
  const lists = new Map<string, ListedLeaf[]>();
  const groups: FieldGroup[] = [];
  for (const [path, field] of Object.entries(fields)) {
    const [list = '', name] = path.split('[].');
    if (name === undefined) groups.push({ kind: 'single', path, field });
    else {
      const leaves = lists.get(list);
      if (leaves) leaves.push({ name, field });
      else {
        const first = [{ name, field }];
        lists.set(list, first);
        groups.push({ kind: 'list', list, leaves: first });
      }
    }
  }
  return groups;
}

/** The leaves of a list's rows. */
export function leavesOfList(list: ListName, fields: ReceiptFieldTable = RECEIPT_FIELDS): readonly ListedLeaf[] {
  return fieldGroups(fields).flatMap((group) => (group.kind === 'list' && group.list === list ? group.leaves : []));
}

/** The leaf at a path such as `total` or `merchant.name`; null where there is none. */
export function leafAt(receipt: object, path: string): Leaf {
  const value = path.split('.').reduce<unknown>((at, name) => propertyOf(at, name), receipt);
  return isLeaf(value) ? value : null;
}

/** The same receipt with another leaf at the path. */
export function withLeafAt<T extends object>(receipt: T, path: string, leaf: Leaf): T {
  const [name = '', ...rest] = path.split('.');
  if (rest.length === 0) return { ...receipt, [name]: leaf };
  const within = propertyOf(receipt, name);
  const branch = typeof within === 'object' && within !== null ? within : {};
  return { ...receipt, [name]: withLeafAt(branch, rest.join('.'), leaf) };
}

/** The rows of a list; none where the receipt has no such list. */
export function rowsAt(receipt: object, list: string): readonly object[] {
  const rows = propertyOf(receipt, list);
  return Array.isArray(rows) ? rows : [];
}

/** Every leaf with a role in the sum, in the order of the table and of the rows. */
export function leavesOfRole(receipt: object, role: ReceiptField['sum'], fields: ReceiptFieldTable): readonly Leaf[] {
  return fieldGroups(fields).flatMap((group) => {
    if (group.kind === 'single') return group.field.sum === role ? [leafAt(receipt, group.path)] : [];
    const names = group.leaves.filter(({ field }) => field.sum === role).map(({ name }) => name);
    return rowsAt(receipt, group.list).flatMap((row) => names.map((name) => leafAt(row, name)));
  });
}

/** Whether a person set, cleared or confirmed anything of it. */
export function hasReviewedFields(receipt: object, fields: ReceiptFieldTable = RECEIPT_FIELDS): boolean {
  const cleared = propertyOf(receipt, 'cleared_fields');
  if (Array.isArray(cleared) && cleared.length > 0) return true;
  return fieldGroups(fields).some((group) =>
    group.kind === 'single'
      ? leafAt(receipt, group.path)?.reviewed === true
      : rowsAt(receipt, group.list).some((row) =>
          group.leaves.some(({ name }) => leafAt(row, name)?.reviewed === true),
        ),
  );
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function isLeaf(value: unknown): value is NonNullable<Leaf> {
  return typeof propertyOf(value, 'value') === 'string' && Array.isArray(propertyOf(value, 'words'));
}
