import { type NumberStyle, numberStyleOf } from './amounts/number-style.ts';
import type { Solution } from './checks/solve.ts';
import { pageConfidence } from './confidence/print-doubt.ts';
import type { Country } from './country/countries.ts';
import { countryOf } from './country/country-of.ts';
import { currencyOf, type FoundCurrency } from './country/currency-of.ts';
import { type ChosenDate, chooseDate } from './dates/choose-date.ts';
import { type FoundTime, findTime } from './dates/find-time.ts';
import type { DateOrder } from './dates/scan-dates.ts';
import { hasSignsOfDate } from './dates/signs-of-date.ts';
import { phrases } from './languages/languages.ts';
import type { Piece } from './layout/pieces.ts';
import type { Row } from './layout/row.ts';
import { rowsOf } from './layout/rows.ts';
import { type Contact, findPhone, findTaxId, findWebsite } from './merchant/contacts.ts';
import { type FoundAddress, findAddress } from './merchant/find-address.ts';
import { type FoundName, findName } from './merchant/find-name.ts';
import { headRows } from './merchant/head-rows.ts';
import { type FoundPayment, readPayment } from './payment/read-payment.ts';
import { findReceiptNumber } from './payment/receipt-number.ts';
import { type Settled, settleTotal } from './ranker/settle-total.ts';
import { hasSecondReceipt } from './split/second-receipt.ts';
import { type Figures, figuresOf, withRole } from './zones/figures.ts';

/** Everything that was found on one receipt, each part with what speaks for it; the receipt is made of it afterwards. */
export interface Reading {
  readonly rows: readonly Row[];
  /** Mean of the engine's confidence in the words. */
  readonly page_confidence: number;
  readonly style: NumberStyle;
  /** The rows with their numbers, as the total was found on them. */
  readonly figures: readonly Figures[];
  readonly country: Country | null;
  readonly solution: Solution;
  /** Whether rules and ranker chose the same total, and the chance that the ranker gives it. */
  readonly agreement: { readonly agreed: boolean; readonly share: number };
  /** The rows read as two receipts that could not be set apart. */
  readonly is_double: boolean;
  readonly name: FoundName | null;
  readonly address: FoundAddress | null;
  readonly phone: Contact | null;
  readonly website: Contact | null;
  readonly tax_id: Contact | null;
  readonly date: ChosenDate | null;
  /** A day was read, or something on the receipt says that it prints one. */
  readonly prints_date: boolean;
  readonly time: FoundTime | null;
  readonly number: Contact | null;
  readonly currency: FoundCurrency | null;
  readonly payment: FoundPayment;
}

interface Settlement {
  readonly figures: readonly Figures[];
  readonly settled: Settled;
}

const VOLUME_SUM = phrases('volume_sum');

/** `FUEL TOTAL 55.19`, `CAR WASH 10.00`, `TOTAL 65.19`: what the pump counted was bought like anything else. */
function withFuelAsGoods(figures: readonly Figures[]): readonly Figures[] {
  const fuel = figures.filter(({ row, money }) => money.length > 0 && VOLUME_SUM.test(row.key));
  if (fuel.length === 0) return figures;
  const last = figures.findLastIndex(({ money, role }) => money.length > 0 && role === 'total');
  return figures.map((row) => (row.index < last && fuel.includes(row) ? withRole(row, null) : row));
}

/** Where no sum comes out, whole numbers in the column of amounts are tried as prices. */
function settle(rows: readonly Row[], style: NumberStyle): Settlement {
  const figures = withFuelAsGoods(figuresOf(rows, style));
  const settled = settleTotal(figures, style);
  if (settled.solution.reconciliation !== null || style.decimals === 0) return { figures, settled };
  const whole = figuresOf(rows, style, true);
  if (whole.every(({ money }, i) => money.length === figures[i]?.money.length)) return { figures, settled };
  const settled_whole = settleTotal(whole, style);
  const is_head_eaten = settled_whole.solution.zones.head.length < settled.solution.zones.head.length;
  return settled_whole.solution.reconciliation === null || is_head_eaten
    ? { figures, settled }
    : { figures: whole, settled: settled_whole };
}

/** Reads one receipt from its pieces of text; null where they are no receipt. */
export function readReceipt(pieces: readonly Piece[]): Reading | null {
  const rows = rowsOf(pieces);
  const style = numberStyleOf(rows);
  const country = countryOf(rows);
  const { figures, settled } = settle(rows, style);
  const { solution, agreed, share } = settled;
  const date = chooseDate(rows, usualOrder(country, style, figures), country?.code === 'TH');
  if (!isReceipt(solution, date)) return null;
  const { summary, tax_table } = solution.zones;
  const head = headRows(solution.zones.head);
  const address = findAddress(head);
  return {
    rows,
    page_confidence: pageConfidence(rows),
    style,
    figures,
    country,
    solution,
    agreement: { agreed, share },
    is_double: hasSecondReceipt(figures, solution),
    name: findName(head, address, country?.code ?? null),
    address,
    phone: findPhone(rows, country?.code ?? null),
    website: findWebsite(rows),
    tax_id: findTaxId(rows),
    date,
    prints_date: date !== null || hasSignsOfDate(rows),
    time: findTime(rows, date?.row ?? null, date?.words ?? []),
    number: findReceiptNumber(rows),
    currency: currencyOf(figures, country, solution.total?.row ?? null),
    payment: readPayment(solution.summary, [...summary, ...tax_table], figures),
  };
}

/** Currencies of countries that all write the day first. */
const DAY_FIRST_CURRENCIES: ReadonlySet<string> = new Set(['EUR', 'GBP', 'INR']);

const DAY_FIRST_TAX = phrases('day_first_tax');

/** The country's order; without one, decimals behind a comma, points for thousands, some currencies and some taxes are of countries with the day first. */
function usualOrder(country: Country | null, style: NumberStyle, figures: readonly Figures[]): DateOrder | null {
  if (country !== null) return country.date_order;
  // Also behind points for thousands: where these are commas, the year may stand first.
  if (style.decimal_mark === ',') return 'dmy';
  const marks = figures.flatMap(({ money }) => money.flatMap(({ currency }) => currency ?? []));
  if (marks.length > 0 && marks.every((mark) => DAY_FIRST_CURRENCIES.has(mark))) return 'dmy';
  // Whose tax it is, is not known; what is known is that hardly any of these countries writes the month first.
  return !marks.includes('PHP') && figures.some(({ row }) => DAY_FIRST_TAX.test(row.key)) ? 'dmy' : null;
}

/**
 * A page with the label of a total, what was paid, or a day and amounts of money; a letter, a poster or a name card
 * lacks these. What a receipt lacks of them is named in its reasons for review.
 */
function isReceipt({ total, items, zones, summary, reconciliation }: Solution, date: ChosenDate | null): boolean {
  if (total === null) return false;
  if (
    total.labelled ||
    total.paid ||
    reconciliation !== null ||
    summary.some(({ role }) => role === 'tendered' || role === 'subtotal')
  )
    return true;
  const amounts = zones.items.filter(({ money }) => money.length > 0).length + summary.length;
  return date !== null && (items.length > 0 || amounts > 0);
}
