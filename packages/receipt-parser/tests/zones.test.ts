import { describe, expect, it } from 'vitest';
import { bordersOf, type Zones, zonesOf } from '../src/zones/zones.ts';
import { figuresOfPage } from './support/page.ts';

function zones(...rows: string[]): Zones {
  const figures = figuresOfPage(rows);
  return zonesOf(figures, bordersOf(figures));
}

function keys(part: Zones['head']): string[] {
  return part.map(({ row }) => row.key.replace(/\t/g, ' | '));
}

const HEAD = ['Harbour Foods Sdn Bhd', 'Lot 20, Jalan Damai', 'Date: 14/03/2018'];

describe('zones of a receipt', () => {
  it('part at the first figures and at the first sum', () => {
    const { head, items, summary } = zones(...HEAD, 'Ramen | 12.80', 'Tea | 2.00', 'Subtotal | 14.80', 'Total | 14.80');
    expect(head).toHaveLength(HEAD.length);
    expect(keys(items)).toEqual(['RAMEN | 12.80', 'TEA | 2.00']);
    expect(keys(summary)).toEqual(['SUBTOTAL | 14.80', 'TOTAL | 14.80']);
  });

  it('part below the titles of the columns, also where a figure stands above them', () => {
    const { items } = zones(...HEAD, 'Points | 12.00', 'Item | Qty | Amount', 'Ramen | 1 | 12.80', 'Total | 12.80');
    expect(keys(items)).toEqual(['RAMEN | 1 | 12.80']);
  });

  it("set a table of taxes apart, so that its total is not the receipt's", () => {
    const { tax_table, summary } = zones(
      ...HEAD,
      'Ramen | 12.80',
      'Total | 12.80',
      'Cash | 20.00',
      'GST Summary | Amount | Tax',
      'SR 6% | 12.08 | 0.72',
      'Total | 12.08 | 0.72',
    );
    expect(keys(tax_table)).toHaveLength(3);
    expect(keys(summary)).toEqual(['TOTAL | 12.80', 'CASH | 20.00']);
  });

  it('name other ends of the items where more than one sum is printed', () => {
    const { other_ends } = zones(...HEAD, 'Ramen | 12.80', 'Total | 12.80', 'Tea | 2.00', 'Total | 14.80');
    expect(other_ends.length).toBeGreaterThan(0);
  });
});
