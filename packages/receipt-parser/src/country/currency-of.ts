import type { Amount } from '../amounts/amount.ts';
import type { Country } from './countries.ts';

/** The currency with the amount that shows it, or none where only the country tells. */
export interface FoundCurrency {
  readonly code: string;
  readonly shown_by: Amount | null;
}

/** The mark printed at most amounts; a mark shared by countries ($, kr) is settled by the country. */
export function currencyOf(amounts: readonly Amount[], country: Country | null): FoundCurrency | null {
  const votes = new Map<string, { count: number; amount: Amount }>();
  for (const amount of amounts) {
    if (amount.currency === null) continue;
    const code = codeOf(amount.currency, country);
    if (code === null) continue;
    const vote = votes.get(code);
    if (vote === undefined) votes.set(code, { count: 1, amount });
    else vote.count += 1;
  }
  const [best] = [...votes].sort((a, b) => b[1].count - a[1].count);
  if (best !== undefined) return { code: best[0], shown_by: best[1].amount };
  return country === null ? null : { code: country.currency, shown_by: null };
}

/** The dollar's and crown's countries: elsewhere their sign says nothing. */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  $: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'MXN', 'TWD'],
  KR: ['SEK', 'NOK', 'DKK'],
  'KR.': ['SEK', 'NOK', 'DKK'],
};

function codeOf(mark: string, country: Country | null): string | null {
  const shared = SHARED[mark];
  if (shared === undefined) return mark.length === 3 ? mark : null;
  if (country !== null && shared.includes(country.currency)) return country.currency;
  // A shop that prints $ in a country with a currency of its own means that currency.
  return country?.currency ?? (mark === '$' ? 'USD' : null);
}
