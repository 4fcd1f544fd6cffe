import type { CountryProfile } from './country-profile.ts';
import type { Random } from './random.ts';

/** A purchase in the currency's smallest printed unit (cents, yen): figures first, print later. */
export interface Purchase {
  readonly items: readonly PurchasedItem[];
  /** Negative; null where there is none. */
  readonly discount: number | null;
  readonly service: number | null;
  /** Written on the card slip and added last. */
  readonly tip: number | null;
  readonly subtotal: number;
  readonly taxes: readonly { readonly rate: number; readonly base: number; readonly tax: number }[];
  readonly rounding: number | null;
  readonly total: number;
  readonly cash: { readonly tendered: number; readonly change: number } | null;
  readonly card_last4: string | null;
}

export interface PurchasedItem {
  readonly description: string;
  readonly quantity: number;
  readonly unit_price: number;
  readonly amount: number;
  readonly rate: number;
}

const ITEMS_MAX = 9;

export function drawPurchase(country: CountryProfile, random: Random): Purchase {
  const items = drawItems(country, random);
  const subtotal = items.reduce((sum, { amount }) => sum + amount, 0);
  const discount = random.chance(0.2) && subtotal > 500 ? -Math.round(subtotal * random.pick([0.05, 0.1])) : null;
  const service =
    country.service_percent > 0 && random.chance(0.5)
      ? Math.round(((subtotal + (discount ?? 0)) * country.service_percent) / 100)
      : null;
  const charged = subtotal + (discount ?? 0) + (service ?? 0);
  const taxes = taxesOf(country, items, subtotal, charged);
  const due = charged + (country.tax.added ? taxes.reduce((sum, { tax }) => sum + tax, 0) : 0);
  const by_cash = random.chance(0.55);
  const rounded = by_cash ? Math.round(due / country.cash_step) * country.cash_step : due;
  const tip = !by_cash && country.tips && random.chance(0.5) ? Math.round(due * random.pick([0.1, 0.15, 0.2])) : null;
  const total = rounded + (tip ?? 0);
  const note = noteFor(total, random, country.decimals);
  return {
    items,
    discount,
    service,
    tip,
    subtotal,
    taxes,
    rounding: by_cash && country.cash_step > 1 ? rounded - due : null,
    total,
    cash: by_cash ? { tendered: note, change: note - total } : null,
    card_last4: !by_cash && random.chance(0.7) ? random.fill('####') : null,
  };
}

export function drawItems(country: CountryProfile, random: Random): PurchasedItem[] {
  const scale = 10 ** country.decimals;
  const [low, high] = country.prices;
  const names = [...country.items].sort(() => random.next() - 0.5);
  return names.slice(0, random.int(1, Math.min(ITEMS_MAX, names.length))).map((description) => {
    const price = country.decimals === 0 ? random.int(low / 10, high / 10) * 10 : random.int(low * scale, high * scale);
    const quantity = random.chance(0.3) ? random.int(2, 6) : 1;
    return { description, quantity, unit_price: price, amount: price * quantity, rate: random.pick(country.tax.rates) };
  });
}

/** Discount and service are spread over the rates by their share, the last rate taking what rounding leaves. */
function taxesOf(
  country: CountryProfile,
  items: readonly PurchasedItem[],
  subtotal: number,
  charged: number,
): Purchase['taxes'] {
  const rates = [...new Set(items.map(({ rate }) => rate))].sort((a, b) => b - a);
  let left = charged;
  return rates.map((rate, i) => {
    const goods = items.filter((item) => item.rate === rate).reduce((sum, { amount }) => sum + amount, 0);
    const gross = i === rates.length - 1 ? left : Math.round((goods / subtotal) * charged);
    left -= gross;
    const tax = country.tax.added ? Math.round((gross * rate) / 100) : Math.round(gross - gross / (1 + rate / 100));
    return { rate, base: country.tax.added ? gross : gross - tax, tax };
  });
}

function noteFor(total: number, random: Random, decimals: number): number {
  if (random.chance(0.15)) return total;
  const notes = [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000].map((note) => note * 10 ** decimals);
  const note = notes.find((value) => value >= total);
  return note ?? Math.ceil(total / 10_000) * 10_000;
}
