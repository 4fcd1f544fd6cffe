import { expect, it } from 'vitest';
import { amountOf, decimalOf } from '../src/format/amounts.ts';

it.each([
  ['12.30', '12.30'],
  ['1265', '1,265'],
  ['-0.5', '-0.5'],
  ['1234567890123456.78', '1,234,567,890,123,456.78'],
])('%s keeps each of its digits', (value, shown) => {
  expect(decimalOf(value)).toBe(shown);
});

it('a total without a currency is shown without one, none as none', () => {
  expect(amountOf({ total: '9.00', currency: null })).toBe('9.00');
  expect(amountOf({ total: '9.00', currency: 'MYR' })).toBe('9.00 MYR');
  expect(amountOf({ total: null, currency: 'MYR' })).toBeNull();
});
