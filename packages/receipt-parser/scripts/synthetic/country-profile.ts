/** What a country's shops print, as far as the drawn receipts go. Amounts are in the currency's smallest printed unit. */
export interface CountryProfile {
  readonly code: string;
  readonly currency: string;
  readonly decimals: 0 | 2;
  readonly decimal_mark: '.' | ',';
  readonly group_mark: '' | ',' | '.' | ' ' | "'";
  /** `*` is the figure. The first form is for totals, the second for items. */
  readonly money_forms: readonly [string, string];
  readonly names: readonly string[];
  readonly legal_forms: readonly string[];
  /** Rows of an address; `#` a digit, `@` a letter. */
  readonly addresses: readonly (readonly string[])[];
  readonly phone: { readonly prefix: string; readonly printed: string; readonly calling_code: string };
  readonly domain: string;
  readonly tax_id: { readonly label: string; readonly pattern: string };
  readonly date_forms: readonly string[];
  readonly months: readonly string[];
  readonly labels: Labels;
  readonly tax: { readonly name: string; readonly rates: readonly number[]; readonly added: boolean };
  /** Cash totals are rounded to a multiple of this; 1 where they are not. */
  readonly cash_step: number;
  readonly service_percent: number;
  /** Whether guests who pay by card add a tip. */
  readonly tips: boolean;
  readonly items: readonly string[];
  /** Prices of one unit, from and to, in whole units of the currency. */
  readonly prices: readonly [number, number];
}

interface Labels {
  readonly title: string;
  readonly receipt_number: string;
  readonly date: string;
  readonly time: string;
  readonly columns: readonly [description: string, quantity: string, price: string, amount: string];
  readonly subtotal: string;
  readonly discount: string;
  readonly service: string;
  readonly rounding: string;
  readonly total: string;
  readonly tip: string;
  readonly cash: string;
  readonly card: string;
  readonly change: string;
  readonly item_count: string;
  readonly tax_table: readonly [rate: string, base: string, tax: string];
  readonly thanks: string;
}
