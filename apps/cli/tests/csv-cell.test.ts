import { describe, expect, it } from 'vitest';
import { csvCell } from '../src/output/csv-cell.ts';

describe('csvCell', () => {
  it.each([
    '=HYPERLINK("http://x")',
    '+1+1',
    '-1+1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '  =1',
    '\u00a0=1',
    '\u3000=1',
    '\u200b=1',
    '\ufeff=1',
    '\u2060\u202e=1',
    '\u001b[0m=1',
    '＝1',
    '＋1',
    '－1',
    '＠SUM',
    '﹦1',
    '\u22121+1',
    '"=1',
    '-1.00 -2.00',
  ])('%j stays text', (value) => {
    const cell = csvCell(value);
    expect(cell[0]).toBe("'");
    expect(cell).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('a formula behind a semicolon, where spreadsheets split', () => {
    expect(csvCell('Tea; =1+1')).toBe("Tea;' =1+1");
  });

  it.each(['-3.50', '+44 20 7946 0958', '1,234.00', '- not a sum', 'Café = bar', "Tesco's", ''])(
    '%j is written as it is, but for a leading sign before words',
    (value) => {
      expect(csvCell(value).replace(/^'(?=- )/, '')).toBe(value);
    },
  );
});
