/** What a merchant is known by exactly, the strongest first: a company has one tax number, an address houses many shops. */
export const KEY_KINDS = ['tax_id', 'phone', 'website', 'address'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

export interface MerchantKey {
  readonly kind: KeyKind;
  /** Normalised: the same for every way in which it is printed. */
  readonly value: string;
}

/**
 * What a merchant is known by whose receipts print nothing else: it makes them one merchant, and finds it without a
 * search. A receipt that has a key never asks for it, since shops of one name are told apart by their keys.
 */
export interface NameKey {
  readonly kind: 'name';
  /** The words of the name as they are compared. */
  readonly value: string;
}

/** Whatever leads from a receipt to exactly one merchant. */
export type ExactKey = MerchantKey | NameKey;

/** Names a key in a map. */
export function keyId({ kind, value }: ExactKey): string {
  return `${kind}#${value}`;
}

/** How each is named in evidence. */
export const KEY_NAMES: Readonly<Record<KeyKind, string>> = {
  tax_id: 'tax number',
  phone: 'telephone number',
  website: 'website',
  address: 'address',
};
