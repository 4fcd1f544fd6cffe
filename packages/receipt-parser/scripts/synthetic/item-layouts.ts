import type { CountryProfile } from './country-profile.ts';
import { type PageRow, right } from './page.ts';
import { plain } from './print-form.ts';
import type { PurchasedItem } from './purchase.ts';
import type { Random } from './random.ts';

/** What of an item is printed: decides what can be read back. */
interface PrintedItem {
  readonly rows: readonly PageRow[];
  readonly quantity: boolean;
  readonly unit_price: boolean;
}

export interface ItemLayout {
  readonly name: string;
  readonly titled: boolean;
  readonly print: (item: PurchasedItem, country: CountryProfile, random: Random) => PrintedItem;
}

const left = (text: string, at = 0): { text: string; at: number } => ({ text, at });
const times = (item: PurchasedItem, country: CountryProfile, sign: string): string =>
  `${item.quantity} ${sign} ${plain(item.unit_price, country)}`;

/** The eight ways in which the drawn shops set an item. */
export const ITEM_LAYOUTS: readonly ItemLayout[] = [
  {
    name: 'description and amount',
    titled: false,
    print: (item, country) => ({
      rows: [[left(item.description), right(plain(item.amount, country))]],
      quantity: false,
      unit_price: false,
    }),
  },
  {
    name: 'quantity in front',
    titled: false,
    print: (item, country) => ({
      rows: [[left(`${item.quantity} ${item.description}`), right(plain(item.amount, country))]],
      quantity: true,
      unit_price: false,
    }),
  },
  {
    name: 'four columns',
    titled: true,
    print: (item, country) => ({
      rows: [
        [
          left(item.description),
          right(String(item.quantity), 27),
          right(plain(item.unit_price, country), 35),
          right(plain(item.amount, country)),
        ],
      ],
      quantity: true,
      unit_price: true,
    }),
  },
  {
    name: 'figures below the description',
    titled: false,
    print: (item, country) => ({
      rows: [[left(item.description)], [left(times(item, country, 'x'), 2), right(plain(item.amount, country))]],
      quantity: true,
      unit_price: true,
    }),
  },
  {
    name: 'unit price below the item',
    titled: false,
    print: (item, country) =>
      item.quantity === 1
        ? { rows: [[left(item.description), right(plain(item.amount, country))]], quantity: false, unit_price: false }
        : {
            rows: [[left(item.description), right(plain(item.amount, country))], [left(times(item, country, '@'), 3)]],
            quantity: true,
            unit_price: true,
          },
  },
  {
    name: 'code and figures above the description',
    titled: true,
    print: (item, country, random) => ({
      rows: [
        [
          left(random.fill('955#########')),
          right(String(item.quantity), 22),
          right(plain(item.unit_price, country), 33),
          right(plain(item.amount, country)),
        ],
        [left(item.description, 2)],
      ],
      quantity: true,
      unit_price: true,
    }),
  },
  {
    name: 'tax letter behind the amount',
    titled: false,
    print: (item, country) => ({
      rows: [
        [
          left(item.description),
          right(`${plain(item.amount, country)} ${item.rate === country.tax.rates[0] ? 'A' : 'B'}`),
        ],
      ],
      quantity: false,
      unit_price: false,
    }),
  },
  {
    name: 'description over two rows',
    titled: false,
    print: (item, country) => {
      const words = item.description.split(' ');
      const first = words.slice(0, Math.ceil(words.length / 2)).join(' ');
      const rest = words.slice(Math.ceil(words.length / 2)).join(' ');
      const rows: PageRow[] = [[left(first), right(plain(item.amount, country))]];
      if (rest !== '') rows.push([left(rest, 2)]);
      return { rows, quantity: false, unit_price: false };
    },
  },
];
