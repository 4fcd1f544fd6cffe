import { expect, it } from 'vitest';
import { typedValue } from '../src/receipt/typed-value.ts';

it.each([
  ['12,30', '12.30'],
  ['12.30', '12.30'],
  ['1.234,50', '1234.50'],
  ['1,234.50', '1234.50'],
  ['1 234,50', '1234.50'],
  ['1’234.50', '1’234.50'],
  ["1'234.50", '1234.50'],
  ['1,234', '1234'],
  ['1,234,567', '1234567'],
  ['0.125', '0.125'],
  ['-3', '-3'],
  ['+3.5', '3.5'],
  ['.50', '0.50'],
  ['  7 ', '7'],
  ['', ''],
  ['twelve', 'twelve'],
  ['12.30 EUR', '12.30 EUR'],
])('the figure %j is %j', (typed, value) => {
  expect(typedValue('decimal', typed)).toBe(value);
});

it('a currency is in capitals, other text as it was typed', () => {
  expect(typedValue('currency', ' eur ')).toBe('EUR');
  expect(typedValue('text', ' Corner Café ')).toBe('Corner Café');
});
