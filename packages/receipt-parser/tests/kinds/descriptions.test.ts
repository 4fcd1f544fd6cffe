import { describe, expect, it } from 'vitest';
import { ENGINES, read } from '../support/read.ts';

const HEAD = ['CORNER SHOP', '12 Mill Road, Salem, OR 97301', '07/15/2025 7:42 PM'];

describe.each(ENGINES)('what was bought, %s', (_, parted) => {
  it.each([
    ['ZINC C 90CT | 6.99', 'ZINC C 90CT'],
    ['9V CELLS 4PK | 6.99', '9V CELLS 4PK'],
    ['Milk 3.5% | 6.99', 'Milk 3.5%'],
    ['CEMENT 50KG | 6.99', 'CEMENT 50KG'],
    ['OIL 1L | 6.99', 'OIL 1L'],
    ['0042317 SOAP | 6.99', 'SOAP'],
  ])('keeps its words: %s', (row, description) => {
    expect(read([...HEAD, row, 'Salt | 1.00', 'Total | 7.99'], parted).items[0]).toEqual([description, '6.99']);
  });

  it('stands above its quantity and amount', () => {
    const rows = ['001 RICE TYPE 1 5KG', '1 UN x 27.90 | 27.90', '002 BANANA', '2 UN x 3.00 | 6.00', 'Total | 33.90'];
    expect(read([...HEAD, ...rows], parted)).toMatchObject({
      items: [
        ['RICE TYPE 1 5KG', '27.90'],
        ['BANANA', '6.00'],
      ],
      quantities: ['1', '2'],
    });
  });

  it('stands below its quantity', () => {
    const rows = ['2 x 1.19', 'Milk | 2.38', '3 x 0.85', 'Pretzel | 2.55', 'Total | 4.93'];
    expect(read([...HEAD, ...rows], parted)).toMatchObject({
      merchant: 'CORNER SHOP',
      items: [
        ['Milk', '2.38'],
        ['Pretzel', '2.55'],
      ],
      quantities: ['2', '3'],
    });
  });

  it('has its quantity and price closed up', () => {
    const rows = [
      'SKLEP LESNY Sp. z o.o.',
      'NIP 676-000-11-22',
      '2023-04-05',
      'CHLEB 1 x4,99 | 4,99',
      'MLEKO 2 x3,49 | 6,98',
    ];
    const sums = ['SPRZEDAZ OPODATKOWANA A | 11,97', 'PTU A 5,00% | 0,57', 'SUMA PTU | 0,57', 'SUMA PLN | 11,97'];
    expect(read([...rows, ...sums], parted)).toMatchObject({
      items: [
        ['CHLEB', '4.99'],
        ['MLEKO', '6.98'],
      ],
      quantities: ['1', '2'],
      taxes: ['0.57'],
      total: '11.97',
    });
  });

  it('is no text below the last item', () => {
    expect(read([...HEAD, 'Soup | 4.50', 'Water | 1.20', 'Eat In', 'Total Due | 5.70'], parted).items).toEqual([
      ['Soup', '4.50'],
      ['Water', '1.20'],
    ]);
  });
});

describe.each(ENGINES)('whom a receipt is from, %s', (_, parted) => {
  const nameOf = (...head: string[]) =>
    read([...head, '07/15/2025 7:42 PM', 'Soap | 6.45', 'Total | 6.45', 'VISA | 6.45'], parted).merchant;

  it.each([
    [['ZAMBARA', 'TEXAN GRILL', '418 Harbor Street'], 'ZAMBARA'],
    [['WELCOME TO', 'LUNA MARKET', 'Salem, OR 97301'], 'LUNA MARKET'],
    [['Welcome to LUNA MARKET', 'Salem, OR 97301'], 'LUNA MARKET'],
    [['Store#1458', 'PANDORA KITCHEN', 'EUREKA, MO 63025'], 'PANDORA KITCHEN'],
    [['ALDENHOF', 'Station Mall', 'Open daily'], 'ALDENHOF'],
    [['KAASHUIS ZON', 'Markt 8, 2611 GS Delft', 'Tel 015-1234567'], 'KAASHUIS ZON'],
    [['SERI RIA SDN. BHD.(123456-A)', 'NO 9, JALAN MAWAR 6'], 'SERI RIA SDN. BHD.'],
    [['KOPI SENJA', 'PT RASA NUSANTARA', 'Jl. Kenanga 12'], 'KOPI SENJA'],
  ])('%j', (head, name) => {
    expect(nameOf(...head)).toBe(name);
  });
});
