import { describe, expect, it } from 'vitest';
import { ENGINES, read } from '../support/read.ts';

describe.each(ENGINES)('figures, %s', (_, parted) => {
  it('have blanks for thousands, also without decimals', () => {
    const rows = ['KOLA DUB s.r.o.', 'Lipova 12, 602 00 Brno', '14.03.2024 18:05', 'Budik | 2 490', 'Reminek | 310'];
    expect(read([...rows, 'Celkem | 2 800 Kc', 'Karta | 2 800 Kc'], parted)).toMatchObject({
      items: [
        ['Budik', '2490'],
        ['Reminek', '310'],
      ],
      total: '2800',
      currency: 'CZK',
      reasons: [],
    });
  });

  it('have lakhs', () => {
    const rows = ['LAXMI ELECTRONICS', '12, MG Road, Bengaluru 560001', 'Date: 25/04/2025', 'Television | 1,05,000.00'];
    const sums = ['Sub Total | 1,05,000.00', 'CGST 9% | 9,450.00', 'SGST 9% | 9,450.00', 'Grand Total | 1,23,900.00'];
    expect(read([...rows, ...sums], parted)).toMatchObject({ total: '123900.00', taxes: ['9450.00', '9450.00'] });
  });

  it('are whole and below a thousand', () => {
    const rows = ['スーパーあおば', '2025年3月14日 18:32', '牛乳 | 198', '食パン | 158', '合計 | 356'];
    expect(read([...rows, 'お預り | 500', 'お釣り | 144'], parted)).toMatchObject({ total: '356', change: '144' });
  });

  it('have a blank behind the decimal mark', () => {
    const rows = ['KEDAI RIA SDN BHD', 'No 4, Jalan Bunga, 43000 Kajang', '12/03/2017 14:01', 'BRUSH | 7. 00'];
    expect(read([...rows, 'PAINT | 133. 00', 'TOTAL RM | 140. 00'], parted)).toMatchObject({
      items: [
        ['BRUSH', '7.00'],
        ['PAINT', '133.00'],
      ],
      total: '140.00',
    });
  });

  it('are not voted on by quantities', () => {
    const rows = ['PASAR PAGI', 'Jl. Melati 2, Medan', '12/03/2021', 'Cabai | 1.25 | 16.000 | 20.000'];
    const sums = ['Tomat | 2.50 | 8.000 | 20.000', 'Total | 40.000', 'Tunai | 40.000'];
    expect(read([...rows, ...sums], parted)).toMatchObject({ total: '40000', quantities: ['1.25', '2.5'] });
  });
});

describe.each(ENGINES)('the currency, %s', (_, parted) => {
  it.each([
    [
      'the mark at the total beats the country',
      ['WOLKE GmbH', '80331 Muenchen', 'Pro Plan | 40,00 $', 'Gesamt | 40,00 $'],
      'USD',
    ],
    ['the peso has the dollar sign', ['PAN DEL SUR', 'RUT 76.123.456-7', 'PAN | 2.490', 'TOTAL | $ 2.490'], 'CLP'],
    ['lei', ['MAGAZIN FLORA SRL', 'Cluj-Napoca', 'Lapte | 12,30', 'TOTAL LEI | 12,30'], 'RON'],
    [
      'a foreign price beside it',
      ['ALPENSHOP', '8058 Zurich', 'Tea | 93.00', 'Total CHF | 93.00', 'EUR | 96.37'],
      'CHF',
    ],
    ['no mark and no evidence', ['KOVE', 'Tea | 3.00', 'Total | 3.00'], null],
  ])('%s', (__, rows, currency) => {
    expect(read([...rows.slice(0, 1), '2025-03-14', ...rows.slice(1)], parted).currency).toBe(currency);
  });
});
