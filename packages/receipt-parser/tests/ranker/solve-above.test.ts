import { describe, expect, it } from 'vitest';
import { numberStyleOf } from '../../src/amounts/number-style.ts';
import { solveAbove } from '../../src/checks/solve-above.ts';
import type { Figures } from '../../src/zones/figures.ts';
import { figuresOfPage, rowsOfPage } from '../support/page.ts';

const HEAD = ['Willow Pond Kitchen', '12 Station Road', 'Date: 03/14/2018 10:06'];

/** Items that lead to the amount on a row, counted from below the head; null where none do. */
function itemsAbove(rows: readonly string[], row: number): string[] | null {
  const figures = figuresOfPage([...HEAD, ...rows]);
  const wanted: Figures | undefined = figures[HEAD.length + row];
  const amount = wanted?.money.at(-1);
  if (wanted === undefined || amount === undefined) throw new Error('there is no amount on the row');
  const style = numberStyleOf(rowsOfPage([...HEAD, ...rows]));
  const solution = solveAbove(figures, style, { amount, row: wanted.index });
  return solution?.items.map(({ description }) => description.map(({ text }) => text).join(' ')) ?? null;
}

describe('items above a known total', () => {
  it('end at it where its label was not read', () => {
    expect(itemsAbove(['Soup | 8.00', 'Pie | 12.00', 'Tqtzl | 20.00', 'Visa | 20.00'], 2)).toEqual(['Soup', 'Pie']);
  });

  it('end at their own sum, with a charge between it and the total', () => {
    expect(itemsAbove(['Soup | 8.00', 'Sbtqtzl | 8.00', 'Sales Tax | 0.66', 'Xyzzy | 8.66'], 3)).toEqual(['Soup']);
  });

  it('are none where a figure is left over', () => {
    expect(itemsAbove(['Soup | 8.00', 'Pie | 12.00', 'Tqtzl | 21.50'], 2)).toBeNull();
  });

  it('are never rows that a label calls a part of the sum', () => {
    expect(itemsAbove(['Subtotal | 20.00', 'Total | 20.00'], 1)).toBeNull();
  });
});
