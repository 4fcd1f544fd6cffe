import { phrases, phrasesSource } from '../languages/languages.ts';
import { type Row, wordsBetween } from '../layout/row.ts';
import type { Word } from '../layout/word.ts';
import type { SummaryFigure } from '../summary/read-summary.ts';
import type { Figures } from '../zones/figures.ts';

export interface FoundPayment {
  readonly method: { readonly value: string; readonly words: readonly Word[] } | null;
  readonly card_last4: { readonly value: string; readonly words: readonly Word[] } | null;
  readonly tendered: SummaryFigure | null;
  readonly change: SummaryFigure | null;
}

/** Printed words of payment and the one name that each is stored under; brands before kinds. */
const METHODS: readonly (readonly [string, RegExp])[] = [
  ['visa', phrases('paid_by_visa')],
  ['mastercard', phrases('paid_by_mastercard')],
  ['amex', phrases('paid_by_amex')],
  ['maestro', phrases('paid_by_maestro')],
  ['girocard', phrases('paid_by_girocard')],
  ['nets', phrases('paid_by_nets')],
  ['paypal', phrases('paid_by_paypal')],
  ['debit', phrases('paid_by_debit')],
  ['card', phrases('paid_by_card')],
  ['cash', phrases('paid_by_cash')],
];
const NO_PAYMENT = phrases('no_payment');
const LAST4 = new RegExp(String.raw`(?:[*X•#.]{2,}[\s-]*|\bCC ?\*|${phrasesSource('card_ending')})(\d{4})(?!\d)`);

/** A card's number anywhere on the receipt: its masked digits are more than any other number's. */
const MASKED = /[*X•#]{4,}[\s-]*(\d{4})(?!\d)/;

/** How the total was paid. `summary` are the labelled figures, `rows` everything below the items. */
export function readPayment(
  summary: readonly SummaryFigure[],
  rows: readonly Figures[],
  all: readonly Figures[],
): FoundPayment {
  const tendered = summary.find(({ role }) => role === 'tendered') ?? null;
  const change = summary.findLast(({ role }) => role === 'change') ?? null;
  const paying = [
    ...summary.filter(({ role }) => role === 'tendered').map(({ figures }) => figures),
    ...rows.filter(({ role }) => role === 'tendered'),
  ];
  return { method: methodOf(paying), card_last4: last4Of(rows, LAST4) ?? last4Of(all, MASKED), tendered, change };
}

function methodOf(rows: readonly Figures[]): FoundPayment['method'] {
  for (const { row } of rows) {
    for (const [value, pattern] of METHODS) {
      const match = pattern.exec(row.key);
      if (match !== null && !NO_PAYMENT.test(row.key))
        return { value, words: wordsBetween(row, match.index, match.index + match[0].length) };
    }
  }
  return null;
}

function last4Of(rows: readonly { readonly row: Row }[], pattern: RegExp): FoundPayment['card_last4'] {
  for (const { row } of rows) {
    if (row.digits < 4) continue;
    const match = pattern.exec(row.key);
    const digits = match?.[1];
    if (match !== null && digits !== undefined)
      return { value: digits, words: wordsBetween(row, match.index, match.index + match[0].length) };
  }
  return null;
}
