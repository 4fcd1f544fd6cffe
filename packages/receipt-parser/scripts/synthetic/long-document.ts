import type { OcrDocument } from '@slipstream/shared';
import { centred, type PageRow, pageDocument, right } from './page.ts';
import { Random } from './random.ts';

/** A receipt with so many rows, nearly all of them items; its sum comes out. */
export function longDocument(rows: number): OcrDocument {
  const random = new Random(rows);
  const figure = (cents: number): string => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
  let sum = 0;
  const items = Array.from({ length: Math.max(rows - 6, 1) }, (_, i): PageRow => {
    const amount = random.int(50, 9999);
    sum += amount;
    return [{ text: `Article number ${i} of many`, at: 0 }, right(figure(amount))];
  });
  return pageDocument(
    [
      [centred('Long List Trading Ltd')],
      [centred('12 Station Road')],
      [{ text: 'Date: 14/03/2021 10:15', at: 0 }],
      ...items,
      [{ text: 'Total', at: 0 }, right(figure(sum))],
      [{ text: 'Cash', at: 0 }, right(figure(sum))],
      [centred('Thank you')],
    ],
    { angle: 0, curl: 0, parted: false },
    random,
  );
}
