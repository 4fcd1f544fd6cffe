import { seededRandom } from '@slipstream/testing';
import type { CatalogueReceipt } from '../src/port/change.ts';
import { drawnReceipt, merchantId } from './drawn-receipts.ts';

/**
 * How the corpus of the benchmark is drawn, with a seed: words of three syllables, as often used as their rank says
 * (Zipf), of which 6 % are damaged by one letter, as OCR damages them; 60 to 110 words a receipt; 400 merchants, the
 * frequent ones first; days of six years; totals of one to a few hundred, one in twenty in another currency; three
 * to eight line items; two tax rates. A household's 100,000 receipts have about 80,000 different words so.
 */
export interface CorpusOptions {
  readonly receipts: number;
  readonly seed: number;
  readonly owner_id?: string;
}

const SYLLABLES =
  'ba be bo da de do fa fi fo ga ge go ka ke ko la le lo ma me mi na ne no pa pe po ra re ro sa se so ta te to va ve wo za'.split(
    ' ',
  );
const WORDS = 20_000;
const MERCHANTS = 400;
const DAMAGED = 0.06;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0158';
const CURRENCIES = ['USD', 'GBP', 'CHF'];
const DAY_MS = 86_400_000;

export function* drawnCorpus({ receipts, seed, owner_id = 'default' }: CorpusOptions): Generator<CatalogueReceipt> {
  const random = seededRandom(seed);
  const pick = (count: number) => Math.floor(random() * count);
  const ranked = (count: number) => Math.floor(count ** random()) - 1;
  const word = (index: number) => wordOf(index);
  const damaged = (text: string) => {
    const at = pick(text.length);
    return `${text.slice(0, at)}${LETTERS[pick(LETTERS.length)]}${text.slice(at + 1)}`;
  };
  const printed = (index: number) => (random() < DAMAGED ? damaged(word(index)) : word(index));
  for (let number = 1; number <= receipts; number += 1) {
    const merchant = ranked(MERCHANTS);
    const name = merchantName(merchant);
    const day = new Date(Date.UTC(2020, 0, 1) + pick(6 * 365) * DAY_MS).toISOString();
    const items = Array.from({ length: 3 + pick(6) }, () => ({
      description: `${printed(ranked(WORDS))} ${printed(ranked(WORDS))}`,
      quantity: null,
      unit_price: null,
      amount: `${pick(40)}.${String(pick(100)).padStart(2, '0')}`,
      category_id: null,
    }));
    const total = items.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0);
    const text = Array.from({ length: 60 + pick(50) }, () => printed(ranked(WORDS))).join(' ');
    yield drawnReceipt(number, {
      owner_id,
      date: day.slice(0, 10),
      currency: random() < 0.05 ? (CURRENCIES[pick(CURRENCIES.length)] ?? 'USD') : 'EUR',
      total: `${Math.floor(total / 100)}.${String(total % 100).padStart(2, '0')}`,
      printed_name: random() < DAMAGED ? damaged(name) : name,
      merchant: { merchant_id: merchantId(merchant + 1), name, revision: 1 },
      line_items: items,
      taxes: [{ label: 'MwSt', rate: random() < 0.3 ? '7' : '19', amount: (total / 700).toFixed(2) }],
      text: `${name} ${text} ${10_000 + pick(90_000)} ${pick(1_000_000)}`,
      created_at: day,
      updated_at: day,
    });
  }
}

/** The word of a rank, 0 being the most frequent. */
export function wordOf(index: number): string {
  const base = SYLLABLES.length;
  const spread = (index * 7_919) % base ** 3;
  const parts = [spread % base, Math.floor(spread / base) % base, Math.floor(spread / base ** 2) % base];
  return parts.map((part) => SYLLABLES[part] ?? '').join('');
}

export const merchantName = (index: number): string => `${wordOf(index * 31)} ${wordOf(index * 17 + 5)}`;
