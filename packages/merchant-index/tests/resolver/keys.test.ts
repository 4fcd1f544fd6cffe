import type { Receipt } from '@slipstream/shared';
import { distance } from '@slipstream/shared';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseAddress, normalisePhone, normaliseWebsite } from '../../src/resolver/contact-keys.ts';
import { distanceWithin, likeness } from '../../src/resolver/fuzzy-text.ts';
import { keysOf } from '../../src/resolver/sighting.ts';
import { normaliseTaxNumber } from '../../src/resolver/tax-number.ts';

describe('telephone numbers', () => {
  it.each([
    ['+60 3-4021 0276', '+60340210276'],
    ['0340210276', '0340210276'],
  ])('%s is %s', (printed, key) => expect(normalisePhone(printed)).toBe(key));
  it.each(['4021', '00000000000', '12345678', '1234567890123456', ''])('%s is nobody’s', (printed) =>
    expect(normalisePhone(printed)).toBeNull(),
  );
});

describe('tax numbers', () => {
  it.each([
    ['000750673920', '000750673920'],
    ['DE 136 695 976', 'DE136695976'],
    ['DE 13669597G', null],
    ['DE136695977', null],
    ['IT 00743110157', 'IT00743110157'],
    ['IT 00743110158', null],
    ['CHE-123.456.788 MWST', 'CHE123456788'],
    ['CHE-123.456.789', null],
    ['PL 5260001246', 'PL5260001246'],
    ['PL 5260001247', null],
    ['BE 0403.019.261', 'BE0403019261'],
    ['BE 0403.019.262', null],
    ['DK 13585628', 'DK13585628'],
    ['FI 20774740', 'FI20774740'],
    ['PT 501964843', 'PT501964843'],
    ['SE556188840401', 'SE556188840401'],
    ['DE 1366959O6', null],
    ['0000000000', null],
    ['123456', null],
    ['NO TAX', null],
  ])('%s is %s', (printed, key) => expect(normaliseTaxNumber(printed)).toBe(key));
});

describe('websites', () => {
  it.each([
    ['www.Popular.com.my', 'popular.com.my'],
    ['https://www.dominos.com.my/smile', 'dominos.com.my'],
    ['facebook.com/barwangrice', 'facebook.com/barwangrice'],
    ['www.facebook.com', null],
    ['localhost', null],
    ['', null],
  ])('%s is %s', (printed, key) => expect(normaliseWebsite(printed)).toBe(key));
});

describe('addresses', () => {
  it('are one however they are shortened and read', () => {
    const key = normaliseAddress('NO. 53, JALAN BESAR, TAMAN DAYA, 45600 BATANG');
    expect(key).not.toBeNull();
    expect(normaliseAddress('No 53 Jln. Besar, Tmn Daya 45600 BATANG')).toBe(key);
    expect(normaliseAddress('NO. 53, JALAN 8ESAR, TAMAN DAYA, 456OO BATANG')).toBe(key);
  });
  it.each(['KUALA LUMPUR', 'Bristol', '50480 KL', ''])('%s names no house', (printed) =>
    expect(normaliseAddress(printed)).toBeNull(),
  );
});

describe('the keys of a receipt', () => {
  const field = (value: string, confidence: number) => ({ value, text: value, confidence, words: [] });
  const merchant: Receipt['merchant'] = {
    name: null,
    address: field('12 High Street, Bristol BS1', 0.9),
    phone: field('+441632960123', 0.2),
    website: null,
    tax_id: field('000750673920', 0.9),
  };
  it('come strongest first, without those that were hardly read', () => {
    expect(keysOf(merchant).map(({ kind }) => kind)).toEqual(['tax_id', 'address']);
  });
});

describe('likeness of texts', () => {
  it('counts changed, added and missing signs', () => {
    expect(distance('kitten', 'sitting')).toBe(3);
    expect(distance('', 'abc')).toBe(3);
    expect(distanceWithin('needle', 'a haystack with a neadle in it')).toBe(1);
    expect(distanceWithin('', 'abc')).toBe(0);
    expect(likeness('', '')).toBe(0);
  });
  it('is symmetric, and a part is never further away than the whole', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.string({ maxLength: 30 }), (a, b) => {
        expect(distance(a, b)).toBe(distance(b, a));
        expect(distanceWithin(a, b)).toBeLessThanOrEqual(distance(a, b));
        expect(distanceWithin(a, `${b}${a}${b}`)).toBe(0);
      }),
    );
  });
});
