import type { CatalogueReceipt } from '../port/change.ts';
import { termsOf } from './terms.ts';

/** Words of a receipt that it may be found by; more are noise. */
const WORDS_MAX = 5_000;

/** Each word of a receipt's body once: all but its merchant's names. */
export function documentWords({ line_items, taxes, tags, text, total, date }: CatalogueReceipt): string[] {
  const parts = [
    text,
    ...line_items.map(({ description }) => description ?? ''),
    ...taxes.map(({ label }) => label ?? ''),
    ...tags,
    total ?? '',
    date ?? '',
  ];
  return [...new Set(parts.flatMap(termsOf))].slice(0, WORDS_MAX);
}
