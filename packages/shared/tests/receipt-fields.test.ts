import { describe, expect, expectTypeOf, it } from 'vitest';
import * as z from 'zod';
import {
  correctableFields,
  currencyFieldSchema,
  type DecimalField,
  dayFieldSchema,
  decimalFieldSchema,
  fieldGroups,
  leafAt,
  leavesOfRole,
  type PathsOf,
  RECEIPT_FIELDS,
  type Receipt,
  type ReceiptField,
  receiptSchema,
  textFieldSchema,
  timeFieldSchema,
  withLeafAt,
} from '../src/index.ts';

const KINDS = new Map<unknown, ReceiptField['kind']>([
  [textFieldSchema, 'text'],
  [dayFieldSchema, 'day'],
  [timeFieldSchema, 'time'],
  [currencyFieldSchema, 'currency'],
  [decimalFieldSchema, 'decimal'],
]);

/** Every leaf of the schema, by its path. */
function leavesOf(schema: z.ZodObject, prefix = ''): [string, ReceiptField['kind']][] {
  return Object.entries(schema.shape).flatMap(([name, of]): [string, ReceiptField['kind']][] => {
    const inner = of instanceof z.ZodOptional ? of.unwrap() : of;
    const kind = KINDS.get(inner);
    if (kind !== undefined) return [[`${prefix}${name}`, kind]];
    if (inner instanceof z.ZodObject) return leavesOf(inner, `${prefix}${name}.`);
    if (inner instanceof z.ZodArray && inner.element instanceof z.ZodObject)
      return leavesOf(inner.element, `${prefix}${name}[].`);
    return [];
  });
}

describe('the table of fields', () => {
  it('has every leaf of the schema, and of its kind', () => {
    const kinds = Object.fromEntries(Object.entries(RECEIPT_FIELDS).map(([path, { kind }]) => [path, kind]));
    expect(kinds).toEqual(Object.fromEntries(leavesOf(receiptSchema)));
  });

  it('does not compile without a row for a leaf', () => {
    type Extended = PathsOf<Receipt & { made_up?: DecimalField }>;
    expectTypeOf<Extended>().toEqualTypeOf<keyof typeof RECEIPT_FIELDS | 'made_up'>();
    // @ts-expect-error: `made_up` is missing.
    const table: Readonly<Record<Extended, ReceiptField>> = RECEIPT_FIELDS;
    expect(table).toBe(RECEIPT_FIELDS);
  });

  it('has a label that fits its column, and no export column twice', () => {
    const fields: ReceiptField[] = Object.values(RECEIPT_FIELDS);
    expect(fields.filter(({ label }) => label.length > 12)).toEqual([]);
    const columns = fields.flatMap(({ column }) => column ?? []);
    expect(new Set(columns).size).toBe(columns.length);
  });

  it('names each role of the sum once, and only for amounts', () => {
    const summed = Object.values<ReceiptField>(RECEIPT_FIELDS).filter(({ sum }) => sum !== undefined);
    expect(summed.every(({ kind }) => kind === 'decimal')).toBe(true);
    expect(new Set(summed.map(({ sum }) => sum)).size).toBe(summed.length);
  });

  it('lets a model correct only what print and sums can prove', () => {
    expect(correctableFields()).toEqual([
      'merchant.name',
      'merchant.address',
      'date',
      'subtotal',
      'service_charge',
      'tip',
      'rounding',
      'total',
      'payment.tendered',
      'payment.change',
    ]);
  });
});

describe('access by path', () => {
  const leaf = (value: string) => ({ value, text: value, confidence: 1, words: [] });
  const receipt = { total: leaf('3'), merchant: { name: leaf('a') }, taxes: [{ amount: leaf('1') }, { amount: null }] };

  it('reads and replaces one leaf, and leaves the rest as it is', () => {
    expect(leafAt(receipt, 'merchant.name')?.value).toBe('a');
    expect(leafAt(receipt, 'merchant.phone')).toBeNull();
    expect(leafAt(receipt, 'merchant')).toBeNull();
    const changed = withLeafAt(receipt, 'merchant.name', leaf('b'));
    expect(changed).toEqual({ ...receipt, merchant: { name: leaf('b') } });
    expect(receipt.merchant.name.value).toBe('a');
    expect(leafAt(withLeafAt({}, 'payment.method', leaf('cash')), 'payment.method')?.value).toBe('cash');
  });

  it('finds the leaves of a role in lists too', () => {
    expect(leavesOfRole(receipt, 'tax', RECEIPT_FIELDS).map((found) => found?.value)).toEqual(['1', undefined]);
    expect(leavesOfRole(receipt, 'item', RECEIPT_FIELDS)).toEqual([]);
  });

  it('keeps the order of the table, lists as a whole', () => {
    const groups = fieldGroups(RECEIPT_FIELDS).map((group) => (group.kind === 'list' ? group.list : group.path));
    expect(groups.slice(8, 14)).toEqual([
      'receipt_number',
      'line_items',
      'subtotal',
      'discounts',
      'taxes',
      'service_charge',
    ]);
  });
});
