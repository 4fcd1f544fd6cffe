import { likeness } from './fuzzy-text.ts';
import { KEY_KINDS, type KeyKind, type MerchantKey } from './merchant-key.ts';

/** From here on two values are one, damaged by OCR: some two signs wrong in a telephone number, three in a tax number. */
const SIMILAR_MIN: Readonly<Record<KeyKind, number>> = { tax_id: 0.7, phone: 0.75, website: 0.8, address: 0.78 };
/** Addresses of one town share most of their words: only one that is hardly damaged is taken for one that is known. */
const VARIANT_MIN: Readonly<Record<KeyKind, number>> = { ...SIMILAR_MIN, address: 0.9 };
/** Tax numbers of one shape that are less alike than this are two. */
const CONTRADICTED_MAX = 0.5;
/** The part of a telephone number that tells it from its neighbours. */
const PHONE_DIGITS = 9;
/** Keys compared of one merchant: a chain has one for each branch. */
export const KEYS_COMPARED_MAX = 100;

export interface FieldAgreement {
  readonly similar: readonly KeyKind[];
  readonly is_contradicted: boolean;
}

/** How a receipt's keys agree with those of a merchant; keys that are the same are `exact`, and not repeated. */
export function fieldAgreement(
  own: readonly MerchantKey[],
  known: readonly { readonly kind: string; readonly value: string }[],
  exact: readonly KeyKind[],
): FieldAgreement {
  const best = (kind: KeyKind): { most: number; compared: number } => {
    const value = own.find((key) => key.kind === kind)?.value;
    const values = known.filter((key) => key.kind === kind).map((key) => key.value);
    if (value === undefined) return { most: 0, compared: 0 };
    const comparable = kind === 'tax_id' ? values.filter((other) => shape(other) === shape(value)) : values;
    const most = Math.max(0, ...comparable.map((other) => likenessOf(kind, value, other)));
    return { most, compared: comparable.length };
  };
  const tax = best('tax_id');
  return {
    similar: KEY_KINDS.filter((kind) => !exact.includes(kind) && best(kind).most >= SIMILAR_MIN[kind]),
    is_contradicted: !exact.includes('tax_id') && tax.compared > 0 && tax.most < CONTRADICTED_MAX,
  };
}

/** Whether a value is one that the merchant has already, misread. */
export function isVariant({ kind, value }: MerchantKey, known: readonly { kind: string; value: string }[]): boolean {
  return known.some((key) => key.kind === kind && likenessOf(kind, key.value, value) >= VARIANT_MIN[kind]);
}

function likenessOf(kind: KeyKind, a: string, b: string): number {
  return kind === 'phone' ? likeness(a.slice(-PHONE_DIGITS), b.slice(-PHONE_DIGITS)) : likeness(a, b);
}

/** Numbers of different registers (a VAT number and a company number) say nothing against each other. */
function shape(value: string): string {
  return `${/^[A-Z]*/.exec(value)?.[0].length ?? 0}/${value.length}`;
}
