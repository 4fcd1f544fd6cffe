import { describe, expect, it } from 'vitest';
import { drawReceipt } from '../../scripts/synthetic/draw-receipt.ts';
import { explainDocument, parseDocument } from '../../src/index.ts';
import { page } from '../support/page.ts';

const IDS = { image_id: '00000000-0000-5000-8000-000000000000' };
const RECEIPT = page([
  'Willow Pond Kitchen',
  '12 Station Road',
  'Date: 03/14/2018 10:06',
  'Soup | 8.00',
  'Pie | 12.00',
  'Subtotal | 20.00',
  'Sales Tax | 1.65',
  'Total | 21.65',
  'Visa | 21.65',
]);

describe('explanation of a receipt', () => {
  const [explained] = explainDocument(RECEIPT, IDS);

  it('shows the candidates with their sums, one of them chosen', () => {
    const candidates = explained?.total.candidates ?? [];
    expect(candidates.filter(({ chosen }) => chosen).map(({ value }) => value)).toEqual(['21.65']);
    expect(candidates.find(({ value }) => value === '21.65')).toMatchObject({
      row: 'Total 21.65',
      sum: 'items 20.00 + tax 1.65 = 21.65',
      sum_comes_out: true,
    });
    expect(candidates.find(({ value }) => value === '12.00')).toMatchObject({
      sum: 'items 20.00: -8.00 is left over',
      sum_comes_out: false,
      rules: null,
    });
  });

  it('lists what was added up', () => {
    expect(explained?.total.items).toEqual([
      { description: 'Soup', amount: '8.00' },
      { description: 'Pie', amount: '12.00' },
    ]);
    expect(explained?.total.charges).toContainEqual({ role: 'tax', amount: '1.65' });
  });

  it('says why', () => {
    expect(explained?.total.why).toEqual([
      expect.stringMatching(/^Rules and ranker chose it independently/),
      'Its label says total.',
      'It is printed 2 times.',
      'The items lead to it.',
    ]);
  });

  it('is of the receipts that are parsed, whatever they are', { timeout: 60_000 }, () => {
    for (let i = 0; i < 40; i += 1) {
      const { document } = drawReceipt(9, i);
      const all = explainDocument(document, IDS);
      expect(all.map(({ receipt }) => receipt)).toEqual(parseDocument(document, IDS));
      for (const { receipt, total } of all)
        expect(total.candidates.find(({ chosen }) => chosen)?.value).toBe(receipt.total?.value);
    }
  });

  it('of no receipt is nothing', () => {
    expect(explainDocument(page(['Dear Sir,', 'kind regards']), IDS)).toEqual([]);
  });
});
