import { describe, expect, it } from 'vitest';
import { countryOf } from '../src/country/country-of.ts';
import { rowsOfPage } from './support/page.ts';

function country(...rows: string[]): string | undefined {
  return countryOf(rowsOfPage(rows))?.code;
}

describe('countryOf', () => {
  it.each([
    [['HARBOUR FOODS SDN BHD', 'JALAN DAMAI'], 'MY'],
    [['Springfield, IL 62701'], 'US'],
    [['Lewes BN7 2XE'], 'GB'],
    [['Tel. +41 44 000 00 00'], 'CH'],
    [['info@laden.de', 'Summe | 3,00'], 'DE'],
    [['合計 | ¥1,200'], 'JP'],
    [['TOTAL | ₩1,200'], 'KR'],
    [['Att betala | 45,00 kr'], 'SE'],
  ])('tells from %j', (rows, code) => {
    expect(country(...rows)).toBe(code);
  });

  it('believes a tax number before words that neighbours share', () => {
    const rows = ['MwSt 2.6%', 'Bar | 50.00', 'Rückgeld | 20.15'];
    expect(country(...rows)).toBe('DE');
    expect(country(...rows, 'CHE-123.456.789')).toBe('CH');
    expect(country(...rows, 'ATU12345678')).toBe('AT');
  });

  it('counts a piece of evidence once, however often it is printed', () => {
    expect(country('RM 1.00', 'RM 2.00', 'RM 3.00', 'PTE LTD', 'SINGAPORE')).toBe('SG');
  });

  it('says nothing without evidence', () => {
    expect(country('CORNER SHOP', 'TOTAL | 3.00')).toBeUndefined();
  });
});
