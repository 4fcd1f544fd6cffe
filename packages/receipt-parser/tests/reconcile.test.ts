import { describe, expect, it } from 'vitest';
import { type Adjustments, reconcile } from '../src/checks/reconcile.ts';

const NONE: Adjustments = {
  discounts: 0,
  service_charge: 0,
  tip: 0,
  deposit: 0,
  rounding: 0,
  paid: new Set(),
  taxes: [],
};

describe('reconcile', () => {
  it('is plain where the sums are the same', () => {
    expect(reconcile(1000, 1000, NONE)).toMatchObject({ tax_added: 0, left_out: 0 });
  });

  it('adds the tax only where that makes the sum', () => {
    expect(reconcile(1000, 1060, { ...NONE, taxes: [60] })?.tax_added).toBe(60);
    expect(reconcile(1060, 1060, { ...NONE, taxes: [60] })?.tax_added).toBe(0);
  });

  it('takes a discount off unless the prices have it already', () => {
    expect(reconcile(1000, 900, { ...NONE, discounts: -100 })).toMatchObject({ discount_added: -100, left_out: 0 });
    expect(reconcile(900, 900, { ...NONE, discounts: -100 })).toMatchObject({ discount_added: 0, left_out: 1 });
  });

  it('reads a rounding whose sign was left off', () => {
    expect(reconcile(1002, 1000, { ...NONE, rounding: 2 })?.rounding_added).toBe(-2);
  });

  it('adds service charge, tip and deposit together', () => {
    expect(reconcile(1000, 1165, { ...NONE, service_charge: 100, tip: 50, deposit: 15 })).not.toBeNull();
  });

  it('finds nothing where nothing comes out', () => {
    expect(reconcile(1000, 1001, { ...NONE, taxes: [60], service_charge: 100, rounding: 2 })).toBeNull();
  });
});
