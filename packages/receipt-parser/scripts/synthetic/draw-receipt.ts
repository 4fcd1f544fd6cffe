import type { OcrDocument } from '@slipstream/shared';
import { AMERICAS } from './countries-americas.ts';
import { ASIA_PACIFIC } from './countries-asia.ts';
import { EUROPE_REST } from './countries-europe-rest.ts';
import { EUROPE_WEST } from './countries-europe-west.ts';
import type { CountryProfile } from './country-profile.ts';
import { ITEM_LAYOUTS, type ItemLayout } from './item-layouts.ts';
import { centred, drawPose, type PageRow, pageDocument, right } from './page.ts';
import { decimal, marked, percent, plain, printDate } from './print-form.ts';
import { drawPurchase, type Purchase } from './purchase.ts';
import { Random } from './random.ts';
import type { Truth } from './truth.ts';

export const COUNTRY_PROFILES: readonly CountryProfile[] = [
  ...ASIA_PACIFIC,
  ...AMERICAS,
  ...EUROPE_WEST,
  ...EUROPE_REST,
];

export interface DrawnReceipt {
  readonly document: OcrDocument;
  readonly truth: Truth;
}

/** Receipt number `index` of the set that a seed names: countries and layouts take turns, all else is drawn. */
export function drawReceipt(seed: number, index: number): DrawnReceipt {
  const random = new Random(seed * 1_000_003 + index);
  const country = COUNTRY_PROFILES[index % COUNTRY_PROFILES.length] ?? random.pick(COUNTRY_PROFILES);
  const layout =
    ITEM_LAYOUTS[Math.floor(index / COUNTRY_PROFILES.length + index) % ITEM_LAYOUTS.length] ??
    random.pick(ITEM_LAYOUTS);
  const purchase = drawPurchase(country, random);
  const head = drawHead(country, random);
  const items = purchase.items.map((item) => ({ item, printed: layout.print(item, country, random) }));
  const summary = drawSummary(purchase, country, random);
  const rows = [
    ...head.rows,
    ...titleRows(layout, country),
    ...items.flatMap(({ printed }) => printed.rows),
    [],
    ...summary.rows,
  ];
  return {
    document: pageDocument(rows, drawPose(random), random),
    truth: {
      id: `${country.code}-${String(index).padStart(3, '0')}`,
      country: country.code,
      layout: layout.name,
      fields: { ...head.fields, ...summary.fields, currency: country.currency },
      items: items.map(({ item, printed }) => ({
        description: item.description,
        quantity: printed.quantity ? String(item.quantity) : null,
        unit_price: printed.unit_price ? decimal(item.unit_price, country) : null,
        amount: decimal(item.amount, country),
      })),
      discounts: purchase.discount === null ? [] : [decimal(purchase.discount, country)],
      taxes: purchase.taxes.map(({ rate, tax }) => ({ rate: String(rate), amount: decimal(tax, country) })),
    },
  };
}

interface Part {
  readonly rows: readonly PageRow[];
  readonly fields: Truth['fields'];
}

function drawHead(country: CountryProfile, random: Random): Part {
  const { labels } = country;
  const form = random.pick(country.legal_forms);
  const bare = random.pick(country.names);
  const name = country.code === 'JP' ? `${form}${bare}` : form === '' ? bare : `${bare} ${form}`;
  const address = random.pick(country.addresses).map((row) => random.fill(row));
  const printed_phone = random.fill(country.phone.printed);
  const tax_id = random.fill(country.tax_id.pattern);
  const day = { year: random.int(2017, 2025), month: random.int(1, 12), day: random.int(13, 28) };
  const [hour, minute] = [random.int(8, 21), random.int(0, 59)];
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  const number = random.fill(random.pick(['########', '@@####', 'A-######']));
  const website = random.chance(0.4)
    ? `www.${
        bare
          .normalize('NFD')
          .toLowerCase()
          .replace(/[^a-z]/g, '') || 'shop'
      }.${country.domain}`
    : null;
  const date = printDate(day, random.pick(country.date_forms), country);
  const rows: PageRow[] = [
    [centred(name)],
    ...address.map((row): PageRow => [centred(row)]),
    [centred(`${country.phone.prefix}${printed_phone}`)],
    ...(website === null ? [] : [[centred(website)]]),
    [centred(`${country.tax_id.label}${tax_id}`)],
    [],
    [centred(labels.title)],
    [{ text: `${labels.receipt_number}${number}`, at: 0 }],
    [{ text: `${labels.date}${date}`, at: 0 }, right(`${labels.time}${time}`)],
    [],
  ];
  return {
    rows,
    fields: {
      name,
      address: address.join(' '),
      phone: e164Of(printed_phone, country),
      website,
      tax_id,
      date: `${day.year}-${String(day.month).padStart(2, '0')}-${String(day.day).padStart(2, '0')}`,
      time,
      receipt_number: number,
    },
  };
}

/** Italy alone keeps the zero of the area code behind its calling code. */
function e164Of(printed: string, { code, phone }: CountryProfile): string {
  const digits = printed.replace(/\D/g, '');
  if (printed.startsWith('+')) return `+${digits}`;
  return `+${phone.calling_code}${code === 'IT' ? digits : digits.replace(/^0/, '')}`;
}

function titleRows(layout: ItemLayout, country: CountryProfile): PageRow[] {
  const [description, quantity, price, amount] = country.labels.columns;
  return layout.titled ? [[{ text: description, at: 0 }, right(quantity, 27), right(price, 35), right(amount)]] : [];
}

function drawSummary(purchase: Purchase, country: CountryProfile, random: Random): Part {
  const { labels } = country;
  const row = (label: string, value: string): PageRow => [{ text: label, at: 0 }, right(value)];
  const rows: PageRow[] = [];
  const fields: Record<string, string | null> = {};
  const with_subtotal =
    purchase.discount !== null ||
    purchase.service !== null ||
    country.tax.added ||
    purchase.rounding !== null ||
    purchase.tip !== null;
  const add = (field: string | null, label: string, value: number | null): void => {
    if (value === null) return;
    rows.push(row(label, plain(value, country)));
    if (field !== null) fields[field] = decimal(value, country);
  };
  if (with_subtotal) add('subtotal', labels.subtotal, purchase.subtotal);
  add(null, labels.discount, purchase.discount);
  add('service_charge', labels.service, purchase.service);
  if (country.tax.added)
    for (const { rate, tax } of purchase.taxes) add(null, `${country.tax.name} ${percent(rate, country)}`, tax);
  add('tip', labels.tip, purchase.tip);
  add('rounding', labels.rounding, purchase.rounding);
  rows.push(row(labels.total, marked(purchase.total, country)));
  fields.total = decimal(purchase.total, country);
  if (purchase.cash !== null) {
    add('tendered', labels.cash, purchase.cash.tendered);
    add('change', labels.change, purchase.cash.change);
    fields.method = 'cash';
  } else {
    add('tendered', labels.card, purchase.total);
    if (purchase.card_last4 !== null) rows.push([{ text: `************${purchase.card_last4}`, at: 0 }]);
    fields.card_last4 = purchase.card_last4;
  }
  if (random.chance(0.4)) rows.push([{ text: `${labels.item_count}${purchase.items.length}`, at: 0 }]);
  if (!country.tax.added) rows.push(...taxTable(purchase, country));
  rows.push([], [centred(labels.thanks)]);
  return { rows, fields };
}

function taxTable(purchase: Purchase, country: CountryProfile): PageRow[] {
  const [rate_title, base_title, tax_title] = country.labels.tax_table;
  return [
    [],
    [{ text: rate_title, at: 0 }, right(base_title, 30), right(tax_title)],
    ...purchase.taxes.map(
      ({ rate, base, tax }, i): PageRow => [
        { text: `${i === 0 ? 'A' : 'B'} ${percent(rate, country)}`, at: 0 },
        right(plain(base, country), 30),
        right(plain(tax, country)),
      ],
    ),
  ];
}
