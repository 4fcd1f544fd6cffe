import { describe, expect, it } from 'vitest';
import { ENGINES, read, receiptsOf } from '../support/read.ts';

const SALE = ['Tea | 3.00', 'Milk | 1.20', 'Total | 4.20'];

describe.each(ENGINES)('review of a receipt without a day, %s', (_, parted) => {
  it('is not asked for where nothing says that one is printed', () => {
    const [receipt] = receiptsOf(['CORNER SHOP', '12 Mill Road, Salem, OR 97301', ...SALE, 'Thank you'], parted);
    expect(receipt).toMatchObject({ date: null, not_printed: ['date'], needs_review: false, reasons: [] });
  });

  it.each([['Date: 2O1/115'], ['DATE'], ['Time 22:55'], ['19:04:12 0017'], ['45/13/2019'], ['XX MAR 2019']])(
    'is asked for where a part of one is: %s',
    (row) => {
      expect(read(['CORNER SHOP', '12 Mill Road', row, ...SALE], parted).reasons).toContain('DATE_MISSING');
    },
  );

  it('takes opening hours and returns for no sign of one', () => {
    const foot = ['Open Mo-Sa 17:00-24:00', 'Return by 30 days of the date of purchase with this slip'];
    expect(read(['CORNER SHOP', '12 Mill Road', ...SALE, ...foot], parted).reasons).toEqual([]);
  });
});

describe.each(ENGINES)('the order of a day, %s', (_, parted) => {
  const dayOf = (rows: readonly string[], sale = SALE) => {
    const { date, reasons } = read(['CORNER SHOP', ...rows, ...sale], parted);
    return [date, reasons];
  };

  it.each([
    [['TUESDAY 5-4-2011 14:19'], '2011-04-05'],
    [['Dienstag 06.09.2016'], '2016-09-06'],
    [['GSTIN 27AAAAS0537R1Z3', '05/02/18'], '2018-02-05'],
    [['Puchong,Selangor', '10/11/2015'], '2015-11-10'],
    [["0CT25'14 07:53AM"], '2014-10-25'],
  ])('is settled by %j', (rows, day) => {
    expect(dayOf(rows)).toEqual([day, []]);
  });

  it('is day first where decimals stand behind a comma', () => {
    expect(dayOf(['11/02/17 14:03'], ['Pan | 3,10', 'Cana | 1,60', 'Total | 4,70'])).toEqual(['2017-02-11', []]);
  });

  it('asks where weekday and country disagree', () => {
    expect(dayOf(['Los Angeles, CA 90016', 'THURSDAY 07-12-2017'])[1]).toEqual(['DATE_UNSURE']);
  });
});

describe.each(ENGINES)('sums of which no reading asks for review, %s', (_, parted) => {
  const HEAD = ['THE BRASS KETTLE', '12 Mill Road, Salem, OR 97301', '07/15/2025 7:42 PM'];
  const readWith = (...rows: string[]) => read([...HEAD, ...rows], parted);

  it('a contained tax printed before its label, what contains it behind', () => {
    const sums = ['TOTAL | 44.85', '7.48 VAT TTL | 44.85', 'NET TTL | 37.37'];
    expect(readWith('1 Sunburst | 22.95', '2 Pasta | 21.90', ...sums)).toMatchObject({
      taxes: ['7.48'],
      total: '44.85',
      reasons: [],
    });
  });

  it('a payment that stands among the goods', () => {
    expect(readWith('Soup | 5.00', 'CASH | 5.00', 'SUBTOTAL | 5.00', 'TOTAL | 5.00')).toMatchObject({
      items: [['Soup', '5.00']],
      reasons: [],
    });
  });

  it('goods that are printed by their article numbers alone', () => {
    const goods = ['400034751261 | 9.99 R', '400033384132 | 10.99 R'];
    expect(readWith(...goods, 'SUBTOTAL | 20.98', 'SALES TAX | 1.68', 'TOTAL | 22.66').reasons).toEqual([]);
  });

  it('a title of what a tax is called in restaurants', () => {
    expect(readWith('Soup | 10.00', 'Roll | 5.00', 'TAX RESTO 10% | 1.50', 'TOTAL | 16.50')).toMatchObject({
      taxes: ['1.50'],
      total: '16.50',
      reasons: [],
    });
  });

  it('asks where a counted row is what is left of the goods', () => {
    const rows = ['ITEM | QTY | S/PRICE | AMOUNT', '17007 | 15.81 | ZRL', 'TOTAL QTY: 39.00 | 616.59'];
    expect(readWith(...rows, 'TOTAL | 616.59').reasons).not.toEqual([]);
  });

  it('takes a time for no price', () => {
    expect(readWith('2634128815 11.39AM', 'Bag | 28.00', 'TOTAL | 28.00')).toMatchObject({
      items: [['Bag', '28.00']],
      reasons: [],
    });
  });
});

describe.each(ENGINES)('review of the slip of a card, %s', (_, parted) => {
  const SLIP = ['PINE STREET DINER', '07/15/2025 7:42 PM', 'CREDIT PURCHASE', 'TERMINAL 4417', 'VISA XXXX 1234'];

  it('asks for no goods, as a slip lists none', () => {
    const [receipt] = receiptsOf([...SLIP, 'APPROVAL 679022', 'TOTAL | 61.56', 'CUSTOMER COPY'], parted);
    expect(receipt).toMatchObject({ not_printed: ['line_items'], total: { value: '61.56' }, needs_review: false });
  });

  it('asks where a tip may be written on it, or goods are counted', () => {
    expect(read([...SLIP, 'AMOUNT | 61.56', 'TIP', 'TOTAL'], parted).reasons).toContain('ITEMS_MISSING');
    expect(read([...SLIP, 'ITEMS SOLD 3', 'TOTAL | 61.56'], parted).reasons).toContain('ITEMS_MISSING');
  });
});

describe.each(ENGINES)('charges and taxes of the summary, %s', (_, parted) => {
  const readWith = (...rows: string[]) =>
    read(['THE BRASS KETTLE', '12 Mill Road, Salem, OR 97301', '07/15/2025', 'Soup | 10.00', ...rows], parted);

  it('a surcharge with a label of its own is no tax beside one', () => {
    expect(
      readWith('Roll | 4.48', 'Subtotal | 14.48', 'EEBNFT SURCHRG | 0.29', 'Tax | 1.33', 'Total | 16.10'),
    ).toMatchObject({ taxes: ['1.33'], total: '16.10' });
  });

  it('a figure below a net amount is the tax that its rate gives', () => {
    expect(readWith('Roll | 10.40', 'Total | 20.40', 'NETTO19% | 17.14', '3.26')).toMatchObject({
      taxes: ['3.26'],
      subtotal: '17.14',
    });
  });

  it('of several sums the subtotal is the last before taxes', () => {
    const sums = ['FOOD SUB-TOTAL | 10.00', 'Coupon | -1.00', 'SUBTOTAL | 9.00', 'Sales tax | 0.72', 'TOTAL | 9.72'];
    expect(readWith(...sums)).toMatchObject({ subtotal: '9.00', total: '9.72' });
  });

  it('cash is rounded without a row that says so', () => {
    const sums = ['Roll | 27.01', 'SUBTOTAL | 37.01', 'TOTAL | 37.00', 'CASH | 40.00', 'CHANGE | 3.00'];
    expect(readWith(...sums)).toMatchObject({ total: '37.00', reasons: [] });
  });

  it('an offer below the change is none of its discounts', () => {
    const sums = ['TAX | 0.80', 'TOTAL | 10.80', 'CASH | 20.00', 'CHANGE | 9.20', '$5.00 DISCOUNT ON YOUR NEXT VISIT'];
    expect(readWith(...sums)).toMatchObject({ total: '10.80', discounts: [], reasons: [] });
  });
});
