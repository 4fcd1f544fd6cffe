import { describe, expect, it } from 'vitest';
import { ENGINES, receiptsOf } from '../support/read.ts';

const FIRST = [
  'SUNRISE KIOSK',
  'Shop 4, Station Mall',
  '05-02-2025 08:01',
  'Water | 1.50',
  'Crisps | 2.20',
  'Total | 3.70',
];
const SECOND = [
  'BLUE FIN CAFE',
  '2 Harbour Walk',
  '16-02-2025 12:44',
  'Fish roll | 9.50',
  'Tea | 3.00',
  'Total | 12.50',
];

describe.each(ENGINES)('receipts below each other, %s', (_, parted) => {
  it('are two without a telephone number and without a gap', () => {
    const receipts = receiptsOf([...FIRST, 'Cash | 5.00', 'Change | 1.30', 'Thank you', ...SECOND], parted);
    expect(receipts.map(({ total }) => total?.value)).toEqual(['3.70', '12.50']);
    expect(receipts.map(({ date }) => date?.value)).toEqual(['2025-02-05', '2025-02-16']);
  });

  it('are one where the lower is the slip of the card', () => {
    const slip = ['CARD PAYMENT', 'Terminal 6123', '05-02-2025 08:02', 'VISA XXXX XXXX 4417', 'Total | 3.70'];
    expect(receiptsOf([...FIRST, ...slip, 'APPROVED'], parted)).toHaveLength(1);
  });
});

describe('receipts side by side that an engine read by whole lines', () => {
  it('are two', () => {
    const rows = FIRST.map((row, i) => {
      const [left = '', amount = ''] = row.split(' | ');
      const [right = '', other = ''] = (SECOND[i] ?? '').split(' | ');
      return `${left} ${amount} | ${right} ${other}`;
    });
    const totals = receiptsOf(rows, false).map(({ total }) => total?.value);
    expect(totals).toEqual(['3.70', '12.50']);
  });
});

describe.each(ENGINES)('receipts that could not be set apart, %s', (_, parted) => {
  it('ask for review: two days, and two totals of which none leads to the other', () => {
    const mixed = FIRST.flatMap((row, i) => [row, SECOND[i] ?? '']);
    expect(
      receiptsOf(mixed, parted).some(({ reasons }) => reasons.some(({ code }) => code === 'SEVERAL_RECEIPTS')),
    ).toBe(true);
  });

  it('are not seen in a total before taxes beside one after', () => {
    const rows = ['SUNRISE KIOSK', '05-13-2025 08:01', 'Water | 10.00', 'Total before tax | 10.00', 'Tax | 0.80'];
    const [receipt] = receiptsOf([...rows, 'Total | 10.80', 'Next visit 06-13-2025'], parted);
    expect(receipt?.reasons.map(({ code }) => code)).not.toContain('SEVERAL_RECEIPTS');
  });
});
