import { describe, expect, it } from 'vitest';
import { amountColumnOf } from '../src/amounts/amount-column.ts';
import { piecesOf } from '../src/layout/pieces.ts';
import { rowsOf } from '../src/layout/rows.ts';
import { figuresOfPage, page, rowsOfPage } from './support/page.ts';
import { rotated } from './support/transform.ts';

const ROWS = ['Corner Shop', 'Bread | 2.50', 'Milk | 1.80', 'Apples from the garden | 3.20', 'Total | 7.50'];

describe('rowsOf', () => {
  it('joins a label and its figure, parted by a tab', () => {
    expect(rowsOfPage(ROWS).map(({ key }) => key)).toEqual([
      'CORNER SHOP',
      'BREAD\t2.50',
      'MILK\t1.80',
      'APPLES FROM THE GARDEN\t3.20',
      'TOTAL\t7.50',
    ]);
  });

  it('follows rows of a curled page', () => {
    const keys = rowsOfPage(ROWS, { curl: 14 }).map(({ key }) => key);
    expect(keys).toContain('APPLES FROM THE GARDEN\t3.20');
    expect(keys).toContain('TOTAL\t7.50');
  });

  it.each([-170, -90, -15, 40, 90, 180])('reads a page turned by %i degrees', (degrees) => {
    const document = rotated(page(ROWS), degrees);
    const rows = rowsOf(
      piecesOf(
        document,
        document.lines.map((_, i) => i),
      ),
    );
    expect(rows.map(({ key }) => key)).toEqual(rowsOfPage(ROWS).map(({ key }) => key));
  });

  it('keeps every word exactly once', () => {
    const document = page(ROWS);
    const rows = rowsOf(
      piecesOf(
        document,
        document.lines.map((_, i) => i),
      ),
    );
    const references = rows.flatMap(({ words }) => words.map(({ line, index }) => `${line}/${index}`));
    expect(new Set(references).size).toBe(references.length);
    expect(references.length).toBe(document.lines.flatMap(({ words }) => words).length);
  });
});

describe('amountColumnOf', () => {
  it('is the place where most amounts end', () => {
    const amounts = figuresOfPage(ROWS).flatMap(({ money }) => money);
    const column = amountColumnOf(amounts);
    expect(amounts).toHaveLength(4);
    for (const { right } of amounts) expect(Math.abs(right - (column?.right ?? 0))).toBeLessThan(0.5);
  });

  it('is none where no two amounts are flush', () => {
    expect(amountColumnOf(figuresOfPage(['Fee | 2.50']).flatMap(({ money }) => money))).toBeNull();
  });
});
