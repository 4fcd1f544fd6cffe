import type { Receipt } from '@slipstream/shared';
import type { Judged } from '../figures.ts';
import { centsOf, keyAmounts } from './key-amounts.ts';
import { keyDays, printsMonthFirst } from './key-days.ts';
import { similarity } from './similarity.ts';
import { itemRows } from './wild-items.ts';
import type { WildKey } from './wild-key.ts';

export const WILD_FIELDS = ['merchant', 'date', 'total', 'subtotal', 'tax', 'items'] as const;
export type WildField = (typeof WILD_FIELDS)[number];

/** One field of one receipt: what was read, what the key has, and whether they agree. */
export interface WildJudgement extends Judged {
  readonly id: string;
  readonly field: WildField;
  readonly expected: string;
}

export interface ItemTally {
  readonly expected: number;
  readonly read: number;
  readonly right: number;
}

/** Fields that the key has nothing for are not judged. */
export function judgeWild(id: string, receipt: Receipt | undefined, key: WildKey): WildJudgement[] {
  const texts = (labels: WildKey['Total_value']): string[] => labels.map(([text]) => text);
  const name = texts(key.Store_name_value);
  const month_first = printsMonthFirst(texts([...key.Store_addr_value, ...key.Others]));
  const days = keyDays(texts(key.Date_value), month_first);
  const judgements: WildJudgement[] = [];
  const add = (
    field: WildField,
    expected: string,
    read: { readonly text: string; readonly confidence: number } | null,
    right: boolean,
  ): void => {
    judgements.push({
      id,
      field,
      expected,
      read: read?.text ?? null,
      confidence: read?.confidence ?? 0,
      right: read !== null && right,
    });
  };
  const merchant = receipt?.merchant.name ?? null;
  if (letters(name.join('')) !== '') add('merchant', name.join(' '), merchant, isMerchant(merchant?.text ?? '', name));
  const date = receipt?.date ?? null;
  if (days.size > 0) add('date', texts(key.Date_value).join(' '), shown(date), days.has(date?.value ?? ''));
  for (const field of ['total', 'subtotal'] as const) {
    const printed = texts(field === 'total' ? key.Total_value : key.Subtotal_value);
    const amounts = new Set(printed.flatMap((text) => [...keyAmounts(text)]));
    const read = receipt?.[field] ?? null;
    if (amounts.size > 0) add(field, printed.join(' '), shown(read), amounts.has(centsOf(read?.value ?? '')));
  }
  const taxes = texts(key.Tax_value)
    .map(keyAmounts)
    .filter(({ size }) => size > 0);
  const read_taxes = (receipt?.taxes ?? []).flatMap(({ amount }) => (amount === null ? [] : [amount]));
  if (taxes.length > 0)
    add(
      'tax',
      texts(key.Tax_value).join(' '),
      read_taxes.length === 0
        ? null
        : {
            text: read_taxes.map(({ value }) => value).join(' '),
            confidence: Math.min(...read_taxes.map(({ confidence }) => confidence)),
          },
      agreesWithTaxes(
        read_taxes.map(({ value }) => centsOf(value)),
        taxes,
      ),
    );
  const items = judgeItems(receipt, key);
  if (items.expected > 0)
    add(
      'items',
      itemRows(key)
        .map((amounts) => [...amounts].map((cents) => cents / 100).join('|'))
        .join(' '),
      receipt === undefined || items.read === 0
        ? null
        : {
            text: amountsOf(receipt)
              .map((cents) => cents / 100)
              .join(' '),
            confidence: 1,
          },
      items.right === items.expected && items.right === items.read,
    );
  return judgements;
}

/** Items by their amounts, each of the key's taken once. */
export function judgeItems(receipt: Receipt | undefined, key: WildKey): ItemTally {
  const left = itemRows(key);
  const expected = left.length;
  const amounts = receipt === undefined ? [] : amountsOf(receipt);
  let right = 0;
  for (const cents of amounts) {
    const at = left.findIndex((possible) => possible.has(cents));
    if (at < 0) continue;
    left.splice(at, 1);
    right += 1;
  }
  return { expected, read: amounts.length, right };
}

function amountsOf({ line_items }: Receipt): number[] {
  return line_items.flatMap(({ amount }) => (amount === null ? [] : [centsOf(amount.value)]));
}

function shown(field: { readonly value: string; readonly confidence: number } | null) {
  return field === null ? null : { text: field.value, confidence: field.confidence };
}

/** The whole name, nearly the whole name, or a part of it that names the shop by itself. */
export function isMerchant(read: string, name: readonly string[]): boolean {
  const [own, whole] = [letters(read), letters(name.join(' '))];
  if (own === '') return false;
  if (own === whole || similarity(own, whole) >= 0.8) return true;
  return (
    (own.length >= 4 && whole.includes(own)) ||
    name.some((part) => letters(part).length >= 4 && own.includes(letters(part)))
  );
}

/** The taxes add up to a printed tax or to all of them, or each is one that is printed. */
function agreesWithTaxes(read: readonly number[], printed: readonly ReadonlySet<number>[]): boolean {
  if (read.length === 0) return false;
  const all = new Set(printed.flatMap((amounts) => [...amounts]));
  const sum = read.reduce((total, value) => total + value, 0);
  let sums = [0];
  for (const amounts of printed.slice(0, 4))
    sums = sums.flatMap((value) => [...amounts].map((amount) => value + amount));
  return [...sums, ...all].some((value) => Math.abs(value - sum) <= 1) || read.every((value) => all.has(value));
}

function letters(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9À-ÿ]/g, '');
}
