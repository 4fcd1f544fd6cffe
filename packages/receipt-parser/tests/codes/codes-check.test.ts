import type { OcrCode, OcrDocument, Receipt } from '@slipstream/shared';
import { describe, expect, it } from 'vitest';
import { parseDocument, recheckReceipt } from '../../src/index.ts';
import { page } from '../support/page.ts';

const IDS = { image_id: '00000000-0000-5000-8000-000000000000' };
const CAFE = [
  'THE CORNER CAFE LTD',
  '12 Harbour Street',
  '14/03/2026 09:26',
  'Flat white | 3.50',
  'Banana bread | 4.00',
  'TOTAL | 7.50',
];

const code = (payload: string, y = 0.9): OcrCode => ({
  page: 0,
  kind: 'qr',
  payload,
  quad: [
    [0.4, y],
    [0.6, y],
    [0.6, y + 0.05],
    [0.4, y + 0.05],
  ],
});
const russian = (total: string, day = '20260314') => code(`t=${day}T0926&s=${total}&fn=1&i=2&fp=3&n=1`);

function read(rows: readonly string[], ...codes: OcrCode[]): Receipt {
  const [receipt] = parseDocument({ ...page(rows), codes }, IDS);
  if (receipt === undefined) throw new Error('no receipt');
  return receipt;
}
const codesOf = ({ reasons }: Receipt) => reasons.map(({ code: reason }) => reason);
const checkOf = ({ checks }: Pick<Receipt, 'checks'>, id: string) => checks.find((check) => check.id === id);

describe('a fiscal code beside the print', () => {
  it('confirms the total and the day that were read', () => {
    const receipt = read(CAFE, russian('7.50'));
    expect(checkOf(receipt, 'code_total')).toEqual({ id: 'code_total', ok: true, expected: '7.50', actual: '7.50' });
    expect(checkOf(receipt, 'code_date')?.ok).toBe(true);
    expect(receipt.total?.confidence).toBeGreaterThanOrEqual(0.99);
    expect(receipt.date?.confidence).toBeGreaterThanOrEqual(0.99);
    expect(codesOf(receipt)).toEqual([]);
  });

  it('settles which of two days the print means, and asks nobody', () => {
    const rows = CAFE.map((row) => row.replace('14/03/2026', '04/03/2026'));
    expect(codesOf(read(rows))).toContain('DATE_UNSURE');
    const alone = read(rows);
    const day = alone.date?.value.replaceAll('-', '');
    expect(codesOf(read(rows, russian('7.50', day)))).not.toContain('DATE_UNSURE');
  });

  it('asks a person where it disagrees, and is never taken instead', () => {
    const receipt = read(CAFE, russian('9.50', '20260315'));
    expect(codesOf(receipt)).toEqual(['CODE_TOTAL_MISMATCH', 'CODE_DATE_MISMATCH']);
    expect([receipt.total?.value, receipt.date?.value]).toEqual(['7.50', '2026-03-14']);
    expect(receipt.needs_review).toBe(true);
  });

  it('gives no total where none was read', () => {
    const rows = CAFE.slice(0, 3);
    expect(parseDocument({ ...page(rows), codes: [russian('7.50')] }, IDS)).toEqual(parseDocument(page(rows), IDS));
  });

  it('agrees with a total that a tip was added to', () => {
    const rows = [...CAFE.slice(0, 5), 'Subtotal | 7.50', 'Tip | 1.50', 'TOTAL | 9.00'];
    expect(checkOf(read(rows, russian('7.50')), 'code_total')?.ok).toBe(true);
  });

  it('that is of an article says nothing', () => {
    expect(read(CAFE, code('5901234123457'))).toEqual(read(CAFE));
  });

  it('is of the receipt that it stands on', () => {
    const both = page([
      ...CAFE,
      ...Array<string>(14).fill(''),
      ...CAFE.map((row) => row.replace('7.50', '8.50').replace('4.00', '5.00')),
    ]);
    const half = (from: number, to: number) => both.lines.slice(from, to);
    const at = both.lines.findIndex(({ text }, i) => i > 2 && text.startsWith('THE CORNER'));
    const document: OcrDocument = {
      ...both,
      regions: [
        {
          quad: [
            [0, 0],
            [1, 0],
            [1, 0.5],
            [0, 0.5],
          ],
          lines: [0, at],
        },
        {
          quad: [
            [0, 0.5],
            [1, 0.5],
            [1, 1],
            [0, 1],
          ],
          lines: [at, both.lines.length],
        },
      ],
      codes: [
        { ...russian('7.50'), quad: half(0, at).at(-1)?.quad ?? russian('').quad },
        { ...russian('8.50'), quad: half(at, both.lines.length).at(-1)?.quad ?? russian('').quad },
      ],
    };
    const receipts = parseDocument(document, IDS);
    expect(receipts.map((receipt) => checkOf(receipt, 'code_total'))).toEqual([
      { id: 'code_total', ok: true, expected: '7.50', actual: '7.50' },
      { id: 'code_total', ok: true, expected: '8.50', actual: '8.50' },
    ]);
  });

  it('is checked again after a correction, and a person is not contradicted', () => {
    const receipt = read(CAFE, russian('9.50'));
    const total = receipt.total;
    if (total === null) throw new Error('no total');
    const corrected = { ...receipt, total: { ...total, value: '9.50' } };
    expect(checkOf({ checks: recheckReceipt(corrected) }, 'code_total')?.ok).toBe(true);
    const confirmed = { ...receipt, total: { ...total, reviewed: true } };
    expect(checkOf({ checks: recheckReceipt(confirmed) }, 'code_total')).toBeUndefined();
    expect(checkOf({ checks: recheckReceipt(receipt) }, 'code_total')?.ok).toBe(false);
  });
});
