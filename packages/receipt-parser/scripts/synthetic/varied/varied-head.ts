import type { CountryProfile } from '../country-profile.ts';
import { type Cell, centred, type PageRow, right } from '../page.ts';
import { printDate } from '../print-form.ts';
import type { Random } from '../random.ts';
import { drawBrand, drawGreeting, drawSlogan } from './names.ts';

export interface VariedHead {
  readonly rows: readonly PageRow[];
  /** Brand and registered company as printed: either names the merchant. */
  readonly names: readonly string[];
  /** Null where none is printed, or where its day and month may be exchanged. */
  readonly date: string | null;
  /** The day that was meant, also where the print leaves it open. */
  readonly day: string | null;
}

/** What stands above the items, in the order and with the gaps that shops have. */
export function drawVariedHead(country: CountryProfile, random: Random): VariedHead {
  const brand = drawBrand(country, random);
  const with_company = random.chance(0.3);
  const form = random.pick(country.legal_forms);
  const company_name = random.chance(0.5) ? brand : drawBrand(country, random);
  const company = country.code === 'ID' ? `${form} ${company_name}` : `${company_name} ${form}`.trim();
  const place = random.chance(0.75) ? (text: string): Cell => centred(text) : (text: string): Cell => ({ text, at: 0 });
  const large = random.chance(0.35);
  const row = (text: string): PageRow => [place(text)];
  const brand_row: PageRow = large
    ? [{ text: brand, at: Math.max(0, 22 - 0.8 * brand.length), scale: 1.6 }]
    : row(brand);
  const rows: PageRow[] = [];
  if (random.chance(0.15)) rows.push(row(drawGreeting(random)));
  // Some registers print the company first, and what the shop is called below it.
  const company_first = with_company && random.chance(0.25);
  rows.push(...(with_company ? (company_first ? [row(company), brand_row] : [brand_row, row(company)]) : [brand_row]));
  if (random.chance(0.2))
    rows.push(row(random.fill(random.pick(['Store #####', 'Store No. ###', 'Branch ##', 'SHOP ####']))));
  if (random.chance(0.15)) rows.push(row(drawSlogan(random)));
  const address = random.pick(country.addresses).map((text) => random.fill(text));
  if (random.chance(0.85)) rows.push(...(random.chance(0.3) ? [row(address.join(', '))] : address.map(row)));
  if (random.chance(0.7))
    rows.push(row(`${random.pick([country.phone.prefix, '', 'Tel '])}${random.fill(country.phone.printed)}`));
  if (random.chance(0.2))
    rows.push(row(`www.${brand.toLowerCase().replace(/[^a-z]/g, '') || 'shop'}.${country.domain}`));
  if (random.chance(0.4)) rows.push(row(`${country.tax_id.label}${random.fill(country.tax_id.pattern)}`));
  if (random.chance(0.4)) rows.push([], row(country.labels.title));
  const { date, day, rows: meta } = drawMeta(country, random);
  rows.push(...meta, []);
  return { rows, names: with_company ? [brand, company] : [brand], date, day };
}

const SPOKEN = [
  'Server: Anna',
  'Cashier: 0042',
  'Table 12  Guests 2',
  'Register 3',
  'Clerk: MIKE',
  'Order #: 118',
  'Terminal 07',
  'Dine In',
  'TO GO',
  'Chk 3051  Gst 2',
  'Customer: Walk-in',
];

function drawMeta(
  country: CountryProfile,
  random: Random,
): { date: string | null; day: string | null; rows: PageRow[] } {
  const { labels } = country;
  const day = { year: random.int(2009, 2025), month: random.int(1, 12), day: random.int(1, 28) };
  const printed = printDate(day, random.pick(country.date_forms), country);
  const time = `${String(random.int(8, 22)).padStart(2, '0')}:${String(random.int(0, 59)).padStart(2, '0')}`;
  const rows: PageRow[] = [];
  for (let n = random.int(0, 3); n > 0; n -= 1) rows.push([{ text: random.pick(SPOKEN), at: 0 }]);
  if (random.chance(0.5)) rows.push([{ text: `${labels.receipt_number}${random.fill('######')}`, at: 0 }]);
  if (random.chance(0.08)) return { date: null, day: null, rows };
  rows.push(
    random.pick<PageRow>([
      [{ text: `${labels.date}${printed}`, at: 0 }, right(time)],
      [{ text: `${printed} ${time}`, at: 0 }],
      [{ text: `${labels.date}${printed}`, at: 0 }, right(`${labels.time}${time}`)],
      [{ text: printed, at: 0 }, right(random.fill('#####'))],
    ]),
  );
  // A day and a month that may be exchanged say nothing about the parser: what is printed does.
  const open = day.day <= 12 && !/[A-Za-z]/.test(printed) && !/^\d{4}/.test(printed);
  const iso = `${day.year}-${String(day.month).padStart(2, '0')}-${String(day.day).padStart(2, '0')}`;
  return { date: open ? null : iso, day: iso, rows };
}
