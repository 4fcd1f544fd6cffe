import { describe, expect, it } from 'vitest';
import { parseDocument, readDocument } from '../src/index.ts';
import { page } from './support/page.ts';

const IDS = { image_id: '00000000-0000-5000-8000-000000000000' };
const ROWS = [
  'Harbour Foods Sdn Bhd',
  'Lot 20, Jalan Damai',
  '50480 Kuala Lumpur',
  'Date: 14/03/2018 10:06',
  'Green tea | 2.00',
  'Ramen | 12.80',
  'Total | 14.80',
  'Thank you',
];

describe('visual rows', () => {
  it('come with the receipt that was read from them, as printed, top to bottom', () => {
    const [read] = readDocument(page(ROWS), IDS);
    expect(read?.rows).toEqual(ROWS.map((row) => row.replace(' | ', ' ')));
    expect(read?.head_rows).toBe(4);
    expect(read?.receipt).toEqual(parseDocument(page(ROWS), IDS)[0]);
  });

  it('are none where there is no receipt', () => {
    expect(readDocument(page(['Dear Sir or Madam']), IDS)).toEqual([]);
  });
});
