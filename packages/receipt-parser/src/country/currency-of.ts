import { CURRENCY_MARKS } from '../amounts/currency-marks.ts';
import type { Word } from '../layout/word.ts';
import { isColumnTitle } from '../zones/column-title.ts';
import type { Figures } from '../zones/figures.ts';
import type { Country } from './countries.ts';

/** The currency with the words that show it; there are none where only the country tells. */
export interface FoundCurrency {
  readonly code: string;
  readonly shown_by: readonly Word[] | null;
}

/**
 * The mark printed at the total, else at most amounts, else a code that stands by itself beside a total or over the
 * column of amounts; a mark shared by countries ($, kr) is settled by the country. A guessed country never overrules
 * what is printed.
 */
export function currencyOf(
  figures: readonly Figures[],
  country: Country | null,
  total_row: number | null,
): FoundCurrency | null {
  const at_total = figures.find(({ index }) => index === total_row);
  const printed =
    (at_total &&
      ((isShared(at_total) ? loneCode([at_total]) : null) ?? marked([at_total], country) ?? loneCode([at_total]))) ??
    marked(figures, country) ??
    loneCode(figures);
  return printed ?? (country === null ? null : { code: country.currency, shown_by: null });
}

/** `TOTAL NZD  $11.28`: the code says more than a sign that countries share. */
function isShared({ amounts }: Figures): boolean {
  return amounts.every(({ currency }) => currency === null || SHARED[currency] !== undefined);
}

/** The currency that most amounts of the rows carry a mark of. */
function marked(figures: readonly Figures[], country: Country | null): FoundCurrency | null {
  const votes = new Map<string, { count: number; words: readonly Word[] }>();
  for (const { amounts } of figures) {
    for (const { currency, words } of amounts) {
      const code = currency === null ? null : codeOf(currency, country);
      if (code === null) continue;
      const vote = votes.get(code);
      if (vote === undefined) votes.set(code, { count: 1, words });
      else vote.count += 1;
    }
  }
  const [best] = [...votes].sort((a, b) => b[1].count - a[1].count);
  return best === undefined ? null : { code: best[0], shown_by: best[1].words };
}

/** `TOTAL CHF` a column away from its figure, `ARTIKEL  EUR`, `AMOUNT (RM)`. */
function loneCode(figures: readonly Figures[]): FoundCurrency | null {
  for (const row of figures) {
    if (row.role !== 'total' && row.role !== 'subtotal' && row.role !== 'amount' && !isColumnTitle(row) && !isLone(row))
      continue;
    for (const word of row.row.words) {
      const mark = word.digits > 0 ? '' : word.key.replace(/^[(:]+|[):.]+$/g, '');
      const code = LETTERS_ONLY.test(mark) ? (CURRENCY_MARKS.get(mark) ?? null) : null;
      if (code !== null) return { code, shown_by: [word] };
    }
  }
  return null;
}

/** `EUR` on a row of its own, over the column of amounts. */
function isLone({ row }: Figures): boolean {
  return row.words.length === 1 && row.digits === 0;
}

/** ISO codes, and the ringgit's mark; shorter ones are the ends of other words. */
const LETTERS_ONLY = /^(?:[A-Z]{3}|RM|RP|KC|FT|ZL|KR|KD)$/;

/** The dollar's and crown's countries: elsewhere their sign says nothing. */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  $: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'MXN', 'TWD', 'CLP', 'COP', 'ARS', 'UYU', 'DOP'],
  '¥': ['JPY', 'CNY'],
  KR: ['SEK', 'NOK', 'DKK'],
  'KR.': ['SEK', 'NOK', 'DKK'],
};

function codeOf(mark: string, country: Country | null): string | null {
  const shared = SHARED[mark];
  if (shared === undefined) return mark.length === 3 ? mark : null;
  if (country !== null && shared.includes(country.currency)) return country.currency;
  return DEFAULTS[mark] ?? null;
}

/** What a shared mark means where no country of its own is known, also in a country with another currency. */
const DEFAULTS: Readonly<Record<string, string>> = { $: 'USD', '¥': 'JPY' };
