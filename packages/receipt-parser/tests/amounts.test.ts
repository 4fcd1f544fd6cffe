import { describe, expect, it } from 'vitest';
import { moneyFromDigits, moneyToDecimal } from '../src/amounts/money.ts';
import type { NumberStyle } from '../src/amounts/number-style.ts';
import { numberStyleOf } from '../src/amounts/number-style.ts';
import { scanAmounts } from '../src/amounts/scan-amounts.ts';
import { figuresOfPage, rowsOfPage } from './support/page.ts';

const POINT: NumberStyle = { decimal_mark: '.', decimals: 2, spaced_groups: false };
const COMMA: NumberStyle = { decimal_mark: ',', decimals: 2, spaced_groups: true };
const WHOLE: NumberStyle = { decimal_mark: '.', decimals: 0, spaced_groups: false };

function values(text: string, style: NumberStyle): string[] {
  const [row] = rowsOfPage([text]);
  return row === undefined
    ? []
    : scanAmounts(row, style).map(({ kind, value }) => `${kind} ${moneyToDecimal(value, 0)}`);
}

describe('scanAmounts', () => {
  it.each([
    ['12.50', 'money 12.5'],
    ['RM 1,234.56', 'money 1234.56'],
    ['TOTAL:9.00', 'money 9'],
    ['$8.20', 'money 8.2'],
    ['.90', 'money 0.9'],
    ['(3.20)', 'money -3.2'],
    ['3.20-', 'money -3.2'],
    ['-RM 3.20', 'money -3.2'],
    ['RM -3.20', 'money -3.2'],
    ['5.57SR', 'money 5.57'],
    ['6%', 'percent 6'],
    ['2.9000', 'number 2.9'],
    ['5. 90', 'money 5.9'],
  ])('reads %s with a decimal point', (text, expected) => {
    expect(values(text, POINT)).toEqual([expected]);
  });

  it.each([
    ['1.234,56 €', 'money 1234.56'],
    ['1 234,56', 'money 1234.56'],
    ['12,50 EUR', 'money 12.5'],
    ['45,00 kr', 'money 45'],
    ['5,5%', 'percent 5.5'],
  ])('reads %s with a decimal comma', (text, expected) => {
    expect(values(text, COMMA)).toEqual([expected]);
  });

  it('takes grouped whole numbers for money where prices have no decimals', () => {
    expect(values('¥1,200', WHOLE)).toEqual(['money 1200']);
    expect(values('1,200', WHOLE)).toEqual(['money 1200']);
  });

  it.each(['A/12.50.3', '10:15:30', '12/03/2018', 'CS00031663', '03-8051.9514.2'])('finds no money in %s', (text) => {
    expect(values(text, POINT).filter((value) => value.startsWith('money'))).toEqual([]);
  });

  it('leaves a quantity beside its price where groups are not parted by spaces', () => {
    expect(values('2 100.00', POINT)).toEqual(['number 2', 'money 100']);
  });
});

describe('letters read for digits', () => {
  const rows = ['Bread | 2.50', 'Milk | 1.80', 'Butter | 3.20'];

  it('are mended in the column of amounts', () => {
    const figures = figuresOfPage([...rows, 'Cheese | 1O.5O']);
    expect(figures.at(-1)?.money.map(({ value, mended }) => [value, mended])).toEqual([[105_000, true]]);
  });

  it('are left alone elsewhere', () => {
    const figures = figuresOfPage([...rows, 'SO.5O is a code']);
    expect(figures.at(-1)?.money).toEqual([]);
  });
});

describe('whole prices', () => {
  it('have no zeros before them', () => {
    const figures = figuresOfPage(['Register 2 No. | 0093', 'Rice ball | 178', 'Green tea | ¥162', 'TOTAL | ¥340']);
    expect(figures.map(({ money }) => money.map(({ value }) => moneyToDecimal(value, 0)))).toEqual([
      [],
      ['178'],
      ['162'],
      ['340'],
    ]);
  });
});

describe('numberStyleOf', () => {
  it('is read off the receipt', () => {
    expect(numberStyleOf(rowsOfPage(['Brot | 2,50', 'Milch | 1,80', 'Nr. 1.234']))).toEqual(COMMA);
    expect(numberStyleOf(rowsOfPage(['Bread | 2.50', 'Sofa | 1,299.00']))).toEqual(POINT);
    expect(numberStyleOf(rowsOfPage(['Nasi | 25.000', 'Teh | 8.000']))).toEqual({
      decimal_mark: ',',
      decimals: 0,
      spaced_groups: false,
    });
  });
});

describe('money', () => {
  it('is exact and bounded', () => {
    expect(moneyFromDigits('0', '1')).toBe(1000);
    expect(moneyFromDigits('', '05')).toBe(500);
    expect(moneyFromDigits('999999999999', '')).toBeNull();
    expect(moneyFromDigits('1', '00001')).toBeNull();
  });

  it('is printed as decimal text', () => {
    expect(moneyToDecimal(105_000, 2)).toBe('10.50');
    expect(moneyToDecimal(-500, 2)).toBe('-0.05');
    expect(moneyToDecimal(29_000, 0)).toBe('2.9');
    expect(moneyToDecimal(12_000_000, 0)).toBe('1200');
  });
});
