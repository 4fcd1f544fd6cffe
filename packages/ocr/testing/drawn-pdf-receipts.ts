import { type DrawnPage, drawPdf } from './draw-pdf.ts';

/** Left and right column of a row; a row without figures has no right one. */
type Row = readonly [left: string, right?: string];

export interface DrawnReceipt {
  readonly name: string;
  /** One list a page. */
  readonly pages: readonly (readonly Row[])[];
  readonly rotate?: 90 | 180 | 270;
  readonly size?: number;
  readonly expected: {
    readonly merchant: string | null;
    readonly address: string | null;
    readonly date: string | null;
    readonly time: string | null;
    readonly currency: string | null;
    readonly items: readonly (readonly [description: string | null, amount: string | null])[];
    readonly subtotal: string | null;
    readonly taxes: readonly (string | null)[];
    readonly total: string | null;
    readonly needs_review: boolean;
  };
}

const COLUMNS = 42;

/** The receipt as the PDF that a shop's mail carries: Courier, figures flush right. */
export function drawReceipt({ pages, rotate = undefined, size = 10 }: DrawnReceipt): Uint8Array {
  const letter = 0.6 * size;
  return drawPdf({
    pages: pages.map((rows): DrawnPage => {
      const texts = rows.flatMap(([left, right], row) => {
        const y = 40 + row * size * 1.6;
        const first = { text: left, x: 20, y, size };
        return right === undefined
          ? [first]
          : [first, { text: right, x: 20 + (COLUMNS - right.length) * letter, y, size }];
      });
      const page = { width: Math.ceil(40 + COLUMNS * letter), height: Math.ceil(80 + rows.length * size * 1.6), texts };
      return rotate === undefined ? page : { ...page, rotate };
    }),
  });
}

/** Shops that do not exist, in the ways that receipts are written in ten places. */
export const RECEIPTS: readonly DrawnReceipt[] = [
  {
    name: 'a German café',
    pages: [
      [
        ['Kaffeehaus Morgenrot GmbH'],
        ['Seeweg 12'],
        ['50667 Köln'],
        ['03.02.2026 14:05'],
        ['Espresso', '2,80'],
        ['Apfelstrudel', '5,40'],
        ['Summe EUR', '8,20'],
        ['Bar EUR', '10,00'],
        ['Rückgeld EUR', '1,80'],
      ],
    ],
    expected: {
      merchant: 'Kaffeehaus Morgenrot GmbH',
      address: 'Seeweg 12 50667 Köln',
      date: '2026-02-03',
      time: '14:05',
      currency: 'EUR',
      items: [
        ['Espresso', '2.80'],
        ['Apfelstrudel', '5.40'],
      ],
      subtotal: null,
      taxes: [],
      total: '8.20',
      needs_review: false,
    },
  },
  {
    name: 'an American hardware shop',
    pages: [
      [
        ['HILLTOP HARDWARE'],
        ['1420 Harbor Street'],
        ['Seattle, WA 98101'],
        ['03/14/2026 09:12 AM'],
        ['WOOD SCREWS', '$6.49'],
        ['PAINT BRUSH', '$11.25'],
        ['SUBTOTAL', '$17.74'],
        ['SALES TAX', '$1.79'],
        ['TOTAL', '$19.53'],
        ['VISA ************1234', '$19.53'],
      ],
    ],
    expected: {
      merchant: 'HILLTOP HARDWARE',
      address: '1420 Harbor Street Seattle, WA 98101',
      date: '2026-03-14',
      time: '09:12',
      currency: 'USD',
      items: [
        ['WOOD SCREWS', '6.49'],
        ['PAINT BRUSH', '11.25'],
      ],
      subtotal: '17.74',
      taxes: ['1.79'],
      total: '19.53',
      needs_review: false,
    },
  },
  {
    name: 'a British bookshop, lying on its side',
    rotate: 90,
    pages: [
      [
        ['The Quiet Page Ltd'],
        ['8 Market Lane, York YO1 8ST'],
        ['21 Jan 2026 16:40'],
        ['Field guide', '£12.99'],
        ['Notebook', '£4.50'],
        ['Total', '£17.49'],
        ['Card', '£17.49'],
      ],
    ],
    expected: {
      merchant: 'The Quiet Page Ltd',
      address: '8 Market Lane, York YO1 8ST',
      date: '2026-01-21',
      time: '16:40',
      currency: 'GBP',
      items: [
        ['Field guide', '12.99'],
        ['Notebook', '4.50'],
      ],
      subtotal: null,
      taxes: [],
      total: '17.49',
      needs_review: false,
    },
  },
  {
    name: 'a French bakery',
    pages: [
      [
        ['Boulangerie du Pont Bleu'],
        ['7 quai des Lilas'],
        ['75011 Paris'],
        ['Le 12/02/2026 à 08:31'],
        ['Baguette', '1,20'],
        ['Croissant', '1,35'],
        ['Total TTC', '2,55 €'],
        ['Espèces', '5,00 €'],
        ['Rendu', '2,45 €'],
      ],
    ],
    expected: {
      merchant: 'Boulangerie du Pont Bleu',
      address: '7 quai des Lilas 75011 Paris',
      date: '2026-02-12',
      time: '08:31',
      currency: 'EUR',
      items: [
        ['Baguette', '1.20'],
        ['Croissant', '1.35'],
      ],
      subtotal: null,
      taxes: [],
      total: '2.55',
      needs_review: false,
    },
  },
  {
    name: 'a Malaysian grocer',
    pages: [
      [
        ['KEDAI MAJU SDN BHD'],
        ['NO 4, JALAN PAYA,'],
        ['41150 KLANG, SELANGOR'],
        ['Date: 25/01/2026 11:02'],
        ['GARBAGE BAG', '5.30'],
        ['SOY SAUCE', '7.20'],
        ['TOTAL RM', '12.50'],
        ['CASH RM', '20.00'],
        ['CHANGE RM', '7.50'],
      ],
    ],
    expected: {
      merchant: 'KEDAI MAJU SDN BHD',
      address: 'NO 4, JALAN PAYA, 41150 KLANG, SELANGOR',
      date: '2026-01-25',
      time: '11:02',
      currency: 'MYR',
      items: [
        ['GARBAGE BAG', '5.30'],
        ['SOY SAUCE', '7.20'],
      ],
      subtotal: null,
      taxes: [],
      total: '12.50',
      needs_review: false,
    },
  },
  {
    name: 'a Dutch shop in small print',
    size: 6,
    pages: [
      [
        ['Fietsenwinkel De Brug'],
        ['Brugstraat 9'],
        ['1012 AB Amsterdam'],
        ['17-02-2026 13:20'],
        ['Binnenband', '8,95'],
        ['Bel', '6,50'],
        ['Totaal EUR', '15,45'],
        ['PIN EUR', '15,45'],
      ],
    ],
    expected: {
      merchant: 'Fietsenwinkel De Brug',
      address: 'Brugstraat 9 1012 AB Amsterdam',
      date: '2026-02-17',
      time: '13:20',
      currency: 'EUR',
      items: [
        ['Binnenband', '8.95'],
        ['Bel', '6.50'],
      ],
      subtotal: null,
      taxes: [],
      total: '15.45',
      needs_review: false,
    },
  },
  {
    name: 'an Italian shop, upside down',
    rotate: 180,
    pages: [
      [
        ['Libreria Il Faro'],
        ['Via Roma 15'],
        ['20121 Milano'],
        ['05/02/2026 17:45'],
        ['Romanzo', '14,00'],
        ['Matita', '1,50'],
        ['TOTALE EURO', '15,50'],
        ['CONTANTE', '20,00'],
        ['RESTO', '4,50'],
      ],
    ],
    expected: {
      merchant: 'Libreria Il Faro',
      address: 'Via Roma 15 20121 Milano',
      date: '2026-02-05',
      time: '17:45',
      currency: 'EUR',
      items: [
        ['Romanzo', '14.00'],
        ['Matita', '1.50'],
      ],
      subtotal: null,
      taxes: [],
      total: '15.50',
      needs_review: false,
    },
  },
  {
    name: 'a Swiss shop',
    pages: [
      [
        ['Papeterie Gemsbock AG'],
        ['Brunngasse 5'],
        ['3011 Bern'],
        ['11.02.2026 10:15'],
        ['Couverts', '4.90'],
        ['Schere', '12.60'],
        ['Total CHF', '17.50'],
        ['Karte CHF', '17.50'],
      ],
    ],
    expected: {
      merchant: 'Papeterie Gemsbock AG',
      address: 'Brunngasse 5 3011 Bern',
      date: '2026-02-11',
      time: '10:15',
      currency: 'CHF',
      items: [
        ['Couverts', '4.90'],
        ['Schere', '12.60'],
      ],
      subtotal: null,
      taxes: [],
      total: '17.50',
      needs_review: false,
    },
  },
  {
    name: 'a Spanish restaurant with its tax',
    pages: [
      [
        ['Restaurante La Plaza S.L.'],
        ['Calle Mayor 21'],
        ['28013 Madrid'],
        ['09/02/2026 15:05'],
        ['Menú del día', '13,50'],
        ['Café', '1,50'],
        ['Base imponible', '13,64'],
        ['IVA 10%', '1,36'],
        ['TOTAL', '15,00 €'],
        ['Tarjeta', '15,00 €'],
      ],
    ],
    expected: {
      merchant: 'Restaurante La Plaza S.L.',
      address: 'Calle Mayor 21 28013 Madrid',
      date: '2026-02-09',
      time: '15:05',
      currency: 'EUR',
      items: [
        ['Menú del día', '13.50'],
        ['Café', '1.50'],
      ],
      subtotal: '13.64',
      taxes: ['1.36'],
      total: '15.00',
      needs_review: false,
    },
  },
  {
    name: 'an order on two pages',
    pages: [
      [
        ['Harbour Foods Ltd'],
        ['8 Market Lane, York YO1 8ST'],
        ['30/01/2026 12:00'],
        ...Array.from({ length: 12 }, (_, i): Row => [`Tea no. ${'ABCDEFGHIJKL'[i]}`, `${i + 1}.10`]),
      ],
      [
        ['Biscuits', '3.20'],
        ['Total', '£82.40'],
        ['Card', '£82.40'],
      ],
    ],
    expected: {
      merchant: 'Harbour Foods Ltd',
      address: '8 Market Lane, York YO1 8ST',
      date: '2026-01-30',
      time: '12:00',
      currency: 'GBP',
      items: [
        ...Array.from({ length: 12 }, (_, i) => [`Tea no. ${'ABCDEFGHIJKL'[i]}`, `${i + 1}.10`] as const),
        ['Biscuits', '3.20'],
      ],
      subtotal: null,
      taxes: [],
      total: '82.40',
      needs_review: false,
    },
  },
];
