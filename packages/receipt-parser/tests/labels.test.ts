import { describe, expect, it } from 'vitest';
import { roleOf, totalStrength } from '../src/labels/labels.ts';
import { fold } from '../src/text/fold.ts';

describe('roleOf', () => {
  it.each([
    ['TOTAL', 'total'],
    ['Grand Total', 'total'],
    ['TOTAL SALES (INCLUSIVE OF GST)', 'total'],
    ['ROUND D TOTAL (RM)', 'total'],
    ['Total after rounding', 'total'],
    ['T0TAL', 'total'],
    ['Summe', 'total'],
    ['Total à payer', 'total'],
    ['Att betala', 'total'],
    ['合計', 'total'],
    ['SUB-TOTAL', 'subtotal'],
    ['TOTAL (EXCLUDING GST)', 'subtotal'],
    ['Zwischensumme', 'subtotal'],
    ['小計', 'subtotal'],
    ['GST PAYABLE (6%)', 'tax'],
    ['TOTAL GST', 'tax'],
    ['GST INCLUDED IN TOTAL', 'tax'],
    ['MwSt', 'tax'],
    ['TOTAL QTY', 'count'],
    ['Total no. of items', 'count'],
    ['TOTAL DISCOUNT', 'discount'],
    ['Member discount', 'discount'],
    ['ROUNDING ADJUSTMENT', 'rounding'],
    ['Öresavrundning', 'rounding'],
    ['Service charge', 'service_charge'],
    ['Propina', 'tip'],
    ['Pfand', 'deposit'],
    ['CASH', 'tendered'],
    ['Espèces', 'tendered'],
    ['CHANGE DUE', 'change'],
    ['Rückgeld', 'change'],
    ['お釣り', 'change'],
    ['TOTAL SAVINGS', 'aside'],
    ['Points balance', 'aside'],
  ])('takes %s for a %s', (label, role) => {
    expect(roleOf(fold(label))).toBe(role);
  });

  it.each(['GROUND FLOOR', 'Roggenbrot', 'EXCHANGEABLE', 'Chicken rice', 'UNDERGROUND CABLE', 'X'])(
    'gives %s no role',
    (label) => {
      expect(roleOf(fold(label))).toBeNull();
    },
  );
});

describe('totalStrength', () => {
  it('ranks the last word above the bare one', () => {
    expect(totalStrength('GRAND TOTAL')).toBeGreaterThan(totalStrength('TOTAL'));
    expect(totalStrength('TOTAL PAYABLE')).toBeGreaterThan(totalStrength('TOTAL SALES'));
  });
});
