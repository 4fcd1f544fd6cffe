import { type Receipt, receiptSchema } from '@slipstream/shared';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../src/index.ts';
import { page } from './support/page.ts';

const IDS = { image_id: '00000000-0000-5000-8000-000000000000' };
const HEAD = [
  'Harbour Foods Sdn Bhd',
  'Lot 20, Jalan Damai',
  '50480 Kuala Lumpur',
  'Tel: 03-4021 0276',
  'Date: 14/03/2018 10:06',
];

function parse(...rows: string[]): Receipt {
  const [receipt] = parseDocument(page([...HEAD, ...rows]), IDS);
  if (receipt === undefined) throw new Error('no receipt was found');
  return receiptSchema.parse(receipt);
}

function items({ line_items }: Receipt): (string | undefined)[][] {
  return line_items.map(({ description, quantity, unit_price, amount }) => [
    description?.value,
    quantity?.value,
    unit_price?.value,
    amount?.value,
  ]);
}

describe('items', () => {
  it('on one row, with quantity and price', () => {
    const receipt = parse(
      'Item | Qty | Price | Amount',
      'Green tea | 2 | 1.00 | 2.00',
      'Ramen | 1 | 12.80 | 12.80',
      'Total | 14.80',
    );
    expect(items(receipt)).toEqual([
      ['Green tea', '2', '1.00', '2.00'],
      ['Ramen', '1', '12.80', '12.80'],
    ]);
    expect(receipt.needs_review).toBe(false);
  });

  it('with the figures on a row below', () => {
    expect(items(parse('Green tea', '2 x 1.00 | 2.00', 'Ramen', '1 x 12.80 | 12.80', 'Total | 14.80'))).toEqual([
      ['Green tea', '2', '1.00', '2.00'],
      ['Ramen', '1', '12.80', '12.80'],
    ]);
  });

  it('with the unit price below the amount', () => {
    expect(items(parse('Lychees in syrup | RM10.14', '@3 X RM 3.38', 'Sugar | RM35.20', 'Total | 45.34'))[0]).toEqual([
      'Lychees in syrup',
      '3',
      '3.38',
      '10.14',
    ]);
  });

  it('sold by weight', () => {
    expect(
      items(parse('FISH HARBOUR', 'Prawns', '0.434 kg x 39.90 | 17.32', 'Rice | 4.00', 'Total | 21.32'))[0],
    ).toEqual(['Prawns', '0.434', '39.90', '17.32']);
  });

  it('voided and discounted', () => {
    const receipt = parse(
      'Pan | 20.00',
      'Pot | 30.00',
      'Void Pot | -30.00',
      'Lid | 10.00',
      'Discount 10% | -1.00',
      'Total | 29.00',
    );
    expect(items(receipt).map((item) => item.at(-1))).toEqual(['20.00', '30.00', '-30.00', '10.00']);
    expect(receipt.discounts.map(({ amount }) => amount?.value)).toEqual(['-1.00']);
    expect(receipt.needs_review).toBe(false);
  });

  it('whose amount was misread take the product that makes the sum', () => {
    const receipt = parse(
      'Item | Qty | Price | Amount',
      'Green tea | 2 | 1.00 | 2.00',
      'Ramen | 3 | 12.80 | 33.40',
      'Total | 40.40',
    );
    expect(items(receipt)[1]?.at(-1)).toBe('38.40');
  });
});

describe('the total', () => {
  it('is not what was tendered, given back or taxed', () => {
    const receipt = parse(
      'Ramen | 12.80',
      'Tea | 2.00',
      'TOTAL | 14.80',
      'CASH | 50.00',
      'CHANGE | 35.20',
      'TOTAL INCLUDES 6% GST | 0.84',
    );
    expect(receipt.total?.value).toBe('14.80');
    expect(receipt.payment.tendered?.value).toBe('50.00');
    expect(receipt.payment.change?.value).toBe('35.20');
    expect(receipt.payment.method?.value).toBe('cash');
  });

  it('is the rounded one', () => {
    const receipt = parse(
      'Ramen | 12.83',
      'TOTAL | 12.83',
      'ROUNDING ADJ | 0.02',
      'ROUNDED TOTAL | 12.85',
      'CASH | 20.00',
      'CHANGE | 7.15',
    );
    expect([receipt.total?.value, receipt.rounding?.value]).toEqual(['12.85', '0.02']);
  });

  it('has service charge and tax added where the sum says so', () => {
    const receipt = parse(
      'Ramen | 56.20',
      'SUBTOTAL | 56.20',
      'SERVICE CHARGE 10% | 5.62',
      'GST 6% | 3.71',
      'TOTAL | 65.53',
    );
    expect([receipt.total?.value, receipt.service_charge?.value, receipt.taxes[0]?.amount?.value]).toEqual([
      '65.53',
      '5.62',
      '3.71',
    ]);
    expect(receipt.checks.find(({ id }) => id === 'items_make_total')?.ok).toBe(true);
  });

  it('stands beside a label on the row above it', () => {
    expect(parse('Ramen | 12.80', 'Tea | 2.00', 'TOTAL AMOUNT PAYABLE', 'x | RM 14.80').total?.value).toBe('14.80');
  });

  it('is not asked of what is no receipt', () => {
    expect(
      parseDocument(page(['Dear Sir or Madam', 'on 14/03/2018 we met in Kuala Lumpur', 'Yours sincerely']), IDS),
    ).toEqual([]);
    expect(parseDocument(page([]), IDS)).toEqual([]);
  });
});

describe('review', () => {
  it('is asked for when a row is missing, with the figures that differ', () => {
    const receipt = parse('Green tea | 2.00', 'Ramen | 12.80', 'Total | 20.80');
    expect(receipt.needs_review).toBe(true);
    expect(receipt.checks).toContainEqual({ id: 'items_make_total', ok: false, expected: '20.80', actual: '14.80' });
    expect(receipt.reasons.map(({ code }) => code)).toContain('ITEMS_DO_NOT_ADD_UP');
  });

  it('is asked for when a row is doubled', () => {
    expect(parse('Green tea | 2.00', 'Ramen | 12.80', 'Ramen | 12.80', 'Total | 14.80').needs_review).toBe(true);
  });

  it('is asked for when the payment does not fit', () => {
    const receipt = parse('Ramen | 12.80', 'Total | 12.80', 'Cash | 20.00', 'Change | 5.20');
    expect(receipt.reasons.map(({ code }) => code)).toContain('PAYMENT_MISMATCH');
  });

  it('is asked for when the printed number of items is not what was read and the sum does not hold', () => {
    const receipt = parse('Ramen | 12.80', 'Total | 14.80', 'Item count: 2');
    expect(receipt.reasons.map(({ code }) => code)).toContain('ITEM_COUNT_MISMATCH');
  });
});

describe('several receipts on one image', () => {
  const other = [
    'Angsana Books Sdn Bhd',
    '12 Jalan Bukit',
    '41150 Klang',
    'Tel: 03-3344 5566',
    'Date: 20/05/2019 17:30',
    'Pencil | 1.50',
    'Atlas | 48.50',
    'Total | 50.00',
  ];
  const first = [...HEAD, 'Green tea | 2.00', 'Ramen | 12.80', 'Total | 14.80'];
  const gap = Array.from({ length: 6 }, () => '');

  it('are told apart by the space between them', () => {
    const receipts = parseDocument(page([...first, ...gap, ...other]), IDS);
    expect(receipts.map(({ receipt_id, total, date }) => [receipt_id, total?.value, date?.value])).toEqual([
      ['00001', '14.80', '2018-03-14'],
      ['00002', '50.00', '2019-05-20'],
    ]);
  });

  it('are told apart side by side', () => {
    const left = page(first);
    const right = page(other);
    const beside =
      (at: number) =>
      ([x, y]: readonly [number, number]): [number, number] => [x / 2 + at, y];
    const half = (document: typeof left, at: number): typeof left.lines => {
      const move = beside(at);
      return document.lines.map((line) => ({
        ...line,
        quad: [move(line.quad[0]), move(line.quad[1]), move(line.quad[2]), move(line.quad[3])],
        words: line.words.map((word) => ({
          ...word,
          quad: [move(word.quad[0]), move(word.quad[1]), move(word.quad[2]), move(word.quad[3])],
        })),
      }));
    };
    const image = { ...left.image, width: left.image.width * 2 };
    const receipts = parseDocument({ ...left, image, lines: [...half(left, 0), ...half(right, 0.5)] }, IDS);
    expect(receipts.map(({ total }) => total?.value)).toEqual(['14.80', '50.00']);
  });

  it('are parsed by region where regions are given, and no line counts twice', () => {
    const a = page(first);
    const b = page(other);
    const [quad] = a.lines.map((line) => line.quad);
    if (quad === undefined) throw new Error('the page has no line');
    const cut = a.lines.length;
    const document = {
      ...a,
      lines: [...a.lines, ...b.lines],
      regions: [
        { quad, lines: [0, cut] as [number, number] },
        { quad, lines: [cut - 2, cut + b.lines.length] as [number, number] },
      ],
    };
    const receipts = parseDocument(document, IDS);
    expect(receipts.map(({ total }) => total?.value)).toEqual(['14.80', '50.00']);
    const lines = receipts.map(({ line_items }) =>
      line_items.flatMap(({ amount }) => amount?.words.map(([line]) => line) ?? []),
    );
    expect(lines[0]?.every((line) => line < cut)).toBe(true);
    expect(lines[1]?.every((line) => line >= cut)).toBe(true);
  });

  it('stay one where a card slip follows below', () => {
    expect(
      parseDocument(page([...first, ...gap, 'VISA ************1234', 'SALE | 14.80', 'APPROVED']), IDS),
    ).toHaveLength(1);
  });
});

describe('fields', () => {
  it('stand in words of the document', () => {
    const document = page([...HEAD, 'Green tea | 2.00', 'Total | 2.00']);
    const [receipt] = parseDocument(document, IDS);
    const [first] = receipt?.total?.words ?? [];
    expect(first === undefined ? null : document.lines[first[0]]?.words[first[1]]?.text).toBe('2.00');
  });
});

describe('a Swiss receipt that prints its currency beside the total only', () => {
  const rows = [
    'Bäckerei Gemsbock AG',
    'Brunngasse 5',
    '9999 Oberalp',
    'CHE-123.456.789 MWST',
    'Quittung 2086 | 11.06.2026 07:31',
    'Artikel | CHF',
    'Ruchbrot | 4.32',
    'Gipfeli | 4.95',
    'Zwischentotal | 9.27',
    'Rundung | -0.02',
    'TOTAL CHF | 9.25',
    'Bar | 20.00',
    'Rückgeld | 10.75',
  ];

  it('is read in francs, its subtotal and rounding apart from what was bought', () => {
    const [receipt] = parseDocument(page(rows), IDS);
    expect(receipt?.currency?.value).toBe('CHF');
    expect(receipt?.currency?.words).not.toEqual([]);
    expect(receipt?.subtotal?.value).toBe('9.27');
    expect(receipt?.line_items.map(({ amount }) => amount?.value)).toEqual(['4.32', '4.95']);
    expect(receipt?.needs_review).toBe(false);
  });

  it('is told by its tax number where no currency is printed', () => {
    const [receipt] = parseDocument(page(rows.map((row) => row.replaceAll('CHF', 'Betrag'))), IDS);
    expect(receipt?.currency).toMatchObject({ value: 'CHF', words: [] });
  });
});

describe('a table of taxes whose rate was not read', () => {
  it('does not take a base for the rate', () => {
    const { checks } = parse(
      'Tea | 24.88',
      'SUMME | 24.88',
      'Steuer | Netto | MwSt | Brutto',
      'A | 20.91 | 3.97 | 24.88',
    );
    expect(checks.filter(({ id }) => id === 'tax_is_rate_of_base')).toEqual([]);
  });
});
