import type { Receipt, TextField } from '../contracts/receipt.ts';

/** A leaf of the receipt: text with a place and a confidence, whatever it holds; null where nothing is. */
export type Leaf = TextField;

type IsLeaf<T> = NonNullable<T> extends NonNullable<Leaf> ? true : false;
type LeafNames<T> = { [K in keyof T & string]: IsLeaf<T[K]> extends true ? K : never }[keyof T & string];
export type PathsOf<T> = {
  [K in keyof T & string]: IsLeaf<T[K]> extends true
    ? K
    : NonNullable<T[K]> extends readonly (infer Row)[]
      ? `${K}[].${LeafNames<Row>}`
      : NonNullable<T[K]> extends object
        ? `${K}.${LeafNames<NonNullable<T[K]>>}`
        : never;
}[keyof T & string];

/** Where each leaf stands, from the schema: `total`, `merchant.name`, `line_items[].amount`. */
export type FieldPath = PathsOf<Receipt>;
type ListPath = Extract<FieldPath, `${string}[].${string}`>;
/** Of a leaf that stands once in a receipt. */
export type SinglePath = Exclude<FieldPath, ListPath>;
/** A list whose rows have leaves. */
export type ListName = ListPath extends `${infer List}[].${string}` ? List : never;

/** What a value is and how it is written; `decimal`: money, and quantities and rates. */
export type FieldKind = 'text' | 'day' | 'time' | 'currency' | 'decimal';

/** What an amount is to the receipt's arithmetic. */
export type SumRole =
  | 'item'
  | 'subtotal'
  | 'discount'
  | 'tax'
  | 'service_charge'
  | 'tip'
  | 'deposit'
  | 'rounding'
  | 'total'
  | 'tendered'
  | 'change';

export interface ReceiptField {
  readonly kind: FieldKind;
  readonly sum?: SumRole;
  /** In a row of a list: what names the row, and what it comes to. */
  readonly row?: 'label' | 'amount';
  /** Whether a language model may correct it, where print and sums prove it right. */
  readonly model: boolean;
  /** Whether a person may. */
  readonly person: boolean;
  /** For people; at most 12 characters, which is a column of theirs. */
  readonly label: string;
  /** Its column in an export; null: in none. Names and order are stable: files of different days are put together. */
  readonly column: string | null;
}

const both = { model: true, person: true } as const;
const person = { model: false, person: true } as const;

/**
 * The fields of a receipt, once: what keeps a person's corrections, what a model may correct, what a sum is made of, what
 * is shown and what is exported go through this table, in its order. A leaf of the schema without a row does not compile.
 */
export const RECEIPT_FIELDS = {
  'merchant.name': { kind: 'text', ...both, label: 'merchant', column: 'printed_name' },
  'merchant.address': { kind: 'text', ...both, label: 'address', column: 'address' },
  'merchant.phone': { kind: 'text', ...person, label: 'phone', column: 'phone' },
  'merchant.website': { kind: 'text', ...person, label: 'website', column: null },
  'merchant.tax_id': { kind: 'text', ...person, label: 'tax id', column: 'tax_id' },
  date: { kind: 'day', ...both, label: 'date', column: 'date' },
  time: { kind: 'time', ...person, label: 'time', column: 'time' },
  currency: { kind: 'currency', ...person, label: 'currency', column: 'currency' },
  receipt_number: { kind: 'text', ...person, label: 'number', column: 'receipt_number' },
  'line_items[].description': { kind: 'text', row: 'label', ...both, label: 'item', column: 'description' },
  'line_items[].quantity': { kind: 'decimal', ...person, label: 'quantity', column: 'quantity' },
  'line_items[].unit_price': { kind: 'decimal', ...person, label: 'price', column: 'unit_price' },
  'line_items[].amount': { kind: 'decimal', sum: 'item', row: 'amount', ...both, label: 'amount', column: 'amount' },
  subtotal: { kind: 'decimal', sum: 'subtotal', ...both, label: 'subtotal', column: 'subtotal' },
  'discounts[].label': { kind: 'text', row: 'label', ...both, label: 'discount', column: null },
  'discounts[].amount': {
    kind: 'decimal',
    sum: 'discount',
    row: 'amount',
    ...both,
    label: 'discount',
    column: 'discounts',
  },
  'taxes[].label': { kind: 'text', row: 'label', ...both, label: 'tax', column: null },
  'taxes[].rate': { kind: 'decimal', ...person, label: 'tax rate', column: null },
  'taxes[].amount': { kind: 'decimal', sum: 'tax', row: 'amount', ...both, label: 'tax', column: 'taxes' },
  service_charge: { kind: 'decimal', sum: 'service_charge', ...both, label: 'service', column: 'service_charge' },
  tip: { kind: 'decimal', sum: 'tip', ...both, label: 'tip', column: 'tip' },
  rounding: { kind: 'decimal', sum: 'rounding', ...both, label: 'rounding', column: 'rounding' },
  total: { kind: 'decimal', sum: 'total', ...both, label: 'total', column: 'total' },
  'payment.method': { kind: 'text', ...person, label: 'paid by', column: 'payment_method' },
  'payment.card_last4': { kind: 'text', ...person, label: 'card', column: null },
  'payment.tendered': { kind: 'decimal', sum: 'tendered', ...both, label: 'tendered', column: null },
  'payment.change': { kind: 'decimal', sum: 'change', ...both, label: 'change', column: null },
} as const satisfies Readonly<Record<FieldPath, ReceiptField>>;

/** What goes through the fields takes a table, so that one with a further field can be tried. */
export type ReceiptFieldTable = Readonly<Record<string, ReceiptField>>;

/** Those that a model may correct, of leaves that stand once. */
export type CorrectableField = {
  [P in SinglePath]: (typeof RECEIPT_FIELDS)[P]['model'] extends true ? P : never;
}[SinglePath];

export function isCorrectable(path: string): path is CorrectableField {
  const field = (RECEIPT_FIELDS as ReceiptFieldTable)[path];
  return field?.model === true && !path.includes('[]');
}

export function correctableFields(): CorrectableField[] {
  return Object.keys(RECEIPT_FIELDS).filter(isCorrectable);
}
