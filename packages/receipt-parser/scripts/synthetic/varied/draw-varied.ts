import type { OcrDocument } from '@slipstream/shared';
import type { CountryProfile } from '../country-profile.ts';
import { COUNTRY_PROFILES } from '../draw-receipt.ts';
import { ITEM_LAYOUTS } from '../item-layouts.ts';
import { drawPose, type PageRow, pageDocument } from '../page.ts';
import { decimal } from '../print-form.ts';
import { drawItems, type PurchasedItem } from '../purchase.ts';
import { Random } from '../random.ts';
import type { Truth } from '../truth.ts';
import { INDONESIA } from './countries-more.ts';
import { misread } from './misread.ts';
import { drawStructure, SCENARIOS } from './scenario.ts';
import { drawVariedHead } from './varied-head.ts';
import { drawPrint, drawVariedSum } from './varied-sum.ts';

export interface VariedReceipt {
  readonly document: OcrDocument;
  readonly truth: Truth;
  /** Brand and company as printed; either names the merchant. */
  readonly names: readonly string[];
  readonly scenario: string;
  /** The day that was meant, also where the print leaves day and month open. */
  readonly day: string | null;
}

const US = COUNTRY_PROFILES.filter(({ code }) => code === 'US');
/** Countries whose receipts differ most from each other come up more often. */
const COUNTRIES: readonly CountryProfile[] = [...COUNTRY_PROFILES, ...US, ...US, ...US, INDONESIA, INDONESIA];

/** Receipt number `index` of the varied set that a seed names: scenarios take turns, all else is drawn. */
export function drawVaried(seed: number, index: number): VariedReceipt {
  const random = new Random(seed * 7_000_003 + index + 1);
  const scenario = SCENARIOS[index % SCENARIOS.length] ?? random.pick(SCENARIOS);
  const country = habitsOf(random.pick(COUNTRIES), random);
  const structure = drawStructure(scenario, country.tax.added, country.tips, random);
  const layout = random.pick(ITEM_LAYOUTS);
  const items = drawItems(country, random);
  const print = drawPrint(country, structure.refund, random);
  const head = drawVariedHead(country, random);
  const sum = drawVariedSum(items, structure, country, print, random);
  const sign = structure.refund ? -1 : 1;
  const printed = items.map((item) => layout.print(signed(item, sign), country, random));
  const rows: PageRow[] = [
    ...head.rows,
    ...printed.flatMap((item) => item.rows),
    ...(random.chance(0.5) ? [[]] : []),
    ...sum.rows,
  ];
  const document = pageDocument(rows, drawPose(random), random);
  return {
    document: structure.damaged ? misread(document, random) : document,
    names: head.names,
    scenario: scenario.name,
    day: head.day,
    truth: {
      id: `${country.code}-v${index}`,
      country: country.code,
      layout: scenario.name,
      fields: { name: head.names[0] ?? null, date: head.date, currency: country.currency, ...sum.fields },
      items: items.map((item, i) => ({
        description: item.description,
        quantity: printed[i]?.quantity === true ? String(item.quantity) : null,
        unit_price: null,
        amount: decimal(sign * item.amount, country),
      })),
      discounts: sum.discounts,
      taxes: sum.taxes,
    },
  };
}

/** The same country's shops group their thousands differently, or not at all. */
function habitsOf(country: CountryProfile, random: Random): CountryProfile {
  if (country.code === 'ID') return { ...country, group_mark: random.pick(['.', ',', '.', '']) };
  return random.chance(0.2) ? { ...country, group_mark: '' } : country;
}

function signed(item: PurchasedItem, sign: 1 | -1): PurchasedItem {
  return sign === 1 ? item : { ...item, amount: -item.amount };
}
