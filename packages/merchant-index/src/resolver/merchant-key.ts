/** What a merchant is known by exactly, the strongest first: a company has one tax number, an address houses many shops. */
export const KEY_KINDS = ['tax_id', 'phone', 'website', 'address'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

export interface MerchantKey {
  readonly kind: KeyKind;
  /** Normalised: the same for every way in which it is printed. */
  readonly value: string;
}

/** Names a key in a map. */
export function keyId({ kind, value }: MerchantKey): string {
  return `${kind}#${value}`;
}

/** How each is named in evidence. */
export const KEY_NAMES: Readonly<Record<KeyKind, string>> = {
  tax_id: 'tax number',
  phone: 'telephone number',
  website: 'website',
  address: 'address',
};
