import type { CountryProfile } from '../country-profile.ts';
import { type PageRow, right } from '../page.ts';
import { decimal, marked, percent, plain } from '../print-form.ts';
import type { PurchasedItem } from '../purchase.ts';
import type { Random } from '../random.ts';
import type { Structure } from './scenario.ts';
import { wordingOf } from './wording.ts';

export interface VariedSum {
  readonly rows: readonly PageRow[];
  readonly fields: Readonly<Record<string, string | null>>;
  readonly taxes: readonly { readonly rate: string | null; readonly amount: string }[];
  readonly discounts: readonly string[];
}

/** Money as this shop prints it: with or without the mark, and what is given back with its sign before or behind. */
export interface Print {
  readonly money: (value: number) => string;
  readonly total: (value: number) => string;
}

export function drawPrint(country: CountryProfile, refund: boolean, random: Random): Print {
  const everywhere = random.chance(0.25);
  const negative = refund ? random.pick(['-*', '*-', '(*)', '* CR', '-*']) : random.pick(['-*', '-*', '*-', '(*)']);
  const signed =
    (print: (value: number) => string) =>
    (value: number): string =>
      value < 0 ? negative.replace('*', () => print(-value)) : print(value);
  const form = everywhere ? marked : plain;
  const total = random.chance(0.5) ? marked : form;
  return { money: signed((value) => form(value, country)), total: signed((value) => total(value, country)) };
}

/** What stands below the items, and what it says. Amounts are in the currency's smallest printed unit. */
export function drawVariedSum(
  items: readonly PurchasedItem[],
  structure: Structure,
  country: CountryProfile,
  print: Print,
  random: Random,
): VariedSum {
  const words = wordingOf(country);
  const sign = structure.refund ? -1 : 1;
  const unit = 10 ** country.decimals;
  const goods = sign * items.reduce((sum, { amount }) => sum + amount, 0);
  const fields: Record<string, string | null> = { subtotal: null, service_charge: null, tip: null, rounding: null };
  const rows: PageRow[] = [];
  const discounts: string[] = [];
  const taxes: { rate: string | null; amount: string }[] = [];
  const shift = structure.askew ? random.pick([-0.35, 0.35]) : 0;
  const put = (label: string, text: string, scale = 1): void => {
    const amount = right(text, 44);
    rows.push([
      { text: label, at: 0, scale },
      scale === 1 ? { ...amount, below: shift } : { ...amount, at: 44 - scale * text.length, scale, below: shift },
    ]);
  };
  const add = (field: string | null, label: string, value: number): void => {
    put(label, print.money(value));
    if (field !== null) fields[field] = decimal(value, country);
  };
  if (structure.subtotal) add('subtotal', random.pick(words.subtotal), goods);
  let due = goods;
  if (structure.discount === 'sum' || structure.discount === 'everything') {
    const off = structure.discount === 'everything' ? -due : -Math.round(due * random.pick([0.05, 0.1, 0.2]));
    if (off !== 0) {
      add(null, random.pick(structure.discount === 'everything' ? words.voucher : words.discount), off);
      discounts.push(decimal(off, country));
      due += off;
    }
  }
  if (structure.service) {
    const service = Math.round(due * random.pick([0.05, 0.1, 0.12]));
    add('service_charge', random.pick(words.service), service);
    due += service;
  }
  const [rate = 0] = country.tax.rates;
  const before_tax = due;
  if (structure.tax === 'added' && rate > 0) {
    const tax = Math.round((due * rate) / 100);
    if (structure.total === 'before and after tax')
      add(null, `${random.pick(words.total)} ${random.pick(['excl. tax', 'before tax', 'w/o tax'])}`, due);
    const label = random.pick(words.tax);
    add(null, random.chance(0.3) && !/\d/.test(label) ? `${label} ${percent(rate, country)}` : label, tax);
    taxes.push({ rate: null, amount: decimal(tax, country) });
    due += tax;
  }
  if (structure.tip === 'paid') {
    const tip = random.chance(0.5) ? Math.round(due * random.pick([0.15, 0.18, 0.2])) : random.int(1, 9) * unit;
    if (random.chance(0.5)) put(random.pick(['Amount', 'Check total', 'Bill']), print.money(due));
    add('tip', random.pick(words.tip), tip);
    due += tip;
  }
  const step = 5 * (country.decimals === 0 ? 20 : 1);
  if (structure.rounding !== 'none') {
    const rounding = Math.round(due / step) * step - due;
    if (structure.rounding === 'rounded total') put(random.pick(words.total), print.total(due));
    if (rounding !== 0 || random.chance(0.5)) add('rounding', random.pick(words.rounding), rounding);
    due += rounding;
  }
  const label =
    structure.rounding === 'rounded total'
      ? random.pick(words.rounded)
      : structure.refund && random.chance(0.5)
        ? random.pick(words.refund)
        : random.pick(words.total);
  const total_label =
    structure.total === 'before and after tax'
      ? `${label} ${random.pick(['incl. tax', 'with tax', ''])}`.trim()
      : label;
  putTotal(total_label);
  fields.total = decimal(due, country);
  if (structure.total === 'twice') put(random.pick(words.total), print.total(due));
  if (structure.tax === 'contained' && rate > 0) {
    const tax = Math.round(due - due / (1 + rate / 100));
    put(random.pick(words.contained), print.money(tax));
    taxes.push({ rate: null, amount: decimal(tax, country) });
  }
  tender();
  if (structure.count) put(random.pick(words.count), String(items.length));
  if (structure.tax === 'table') table();
  if (structure.slip) slip();
  if (structure.tip === 'suggested')
    for (const share of [15, 18, 20])
      put(
        random.pick([`${share}% tip`, `${share}%`, `Tip ${share}% =`, `Suggested ${share}%`]),
        print.money(Math.round((before_tax * share) / 100)),
      );
  if (structure.asides)
    for (let n = random.int(1, 2); n > 0; n -= 1)
      put(
        random.pick(words.aside),
        print.money(
          random.chance(0.5)
            ? random.int(1, 40) * unit + random.int(0, unit - 1)
            : Math.abs(due) + random.int(1, 90) * unit,
        ),
      );
  rows.push([], [{ text: country.labels.thanks, at: 6 }]);
  return { rows, fields, taxes, discounts };

  function putTotal(total_text: string): void {
    switch (structure.total) {
      case 'without a label':
        rows.push([{ ...right(print.total(due)), below: shift }]);
        break;
      case 'misspelt':
        put(misspelt(total_text, random), print.total(due));
        break;
      case 'large print':
        put(total_text, print.total(due), 1.5);
        break;
      default:
        put(total_text, print.total(due));
    }
  }

  function tender(): void {
    if (structure.tender === 'none' || due === 0) return;
    if (structure.refund) {
      put(random.pick([...words.cash, ...words.card]), print.money(due));
      return;
    }
    if (structure.tender === 'split') {
      const part = Math.round(due * random.pick([0.3, 0.5, 0.4]));
      put(random.pick([...words.voucher, ...words.cash]), print.money(part));
      put(random.pick(words.card), print.money(due - part));
      return;
    }
    if (structure.tender === 'card') {
      put(random.pick(words.card), print.money(due));
      if (random.chance(0.3)) put(random.pick(words.change), print.money(0));
      return;
    }
    const notes = [5, 10, 20, 50, 100, 200, 500, 1000, 10_000, 50_000, 100_000].map((note) => note * unit);
    const given = random.chance(0.2)
      ? due
      : (notes.find((note) => note >= due) ?? Math.ceil(due / (100_000 * unit)) * 100_000 * unit);
    add('tendered', random.pick(words.cash), given);
    add('change', random.pick(words.change), given - due);
  }

  function table(): void {
    const [rate_title, base_title, tax_title] = country.labels.tax_table;
    rows.push([], [{ text: rate_title, at: 0 }, right(base_title, 30), right(tax_title)]);
    const tax = Math.round(due - due / (1 + rate / 100));
    rows.push([
      { text: `A ${percent(rate, country)}`, at: 0 },
      right(print.money(due - tax), 30),
      right(print.money(tax)),
    ]);
    taxes.push({ rate: String(rate), amount: decimal(tax, country) });
  }

  function slip(): void {
    rows.push([], [{ text: random.pick(['MERCHANT ID 00412', 'Kundenbeleg', 'CARD PAYMENT', 'Term ID 3319']), at: 0 }]);
    put(random.pick(['AMOUNT', 'Sale', 'Purchase', 'Betrag', 'Total']), print.total(due));
    rows.push([{ text: random.fill('XXXX XXXX XXXX ####'), at: 0 }], [{ text: random.fill('AUTH ######'), at: 0 }]);
  }
}

/** One letter lost, doubled or read as another. */
function misspelt(label: string, random: Random): string {
  const at = random.int(0, label.length - 1);
  const other = random.pick([
    '',
    String.fromCharCode(65 + random.int(0, 25)),
    `${label[at] ?? ''}${label[at] ?? ''}`,
    '0',
  ]);
  return `${label.slice(0, at)}${other}${label.slice(at + 1)}`;
}
