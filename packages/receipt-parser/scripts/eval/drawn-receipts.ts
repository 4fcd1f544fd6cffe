import { Random } from '../synthetic/random.ts';
import { drawVaried } from '../synthetic/varied/draw-varied.ts';
import { misread } from '../synthetic/varied/misread.ts';
import type { KeyedReceipt } from './receipts-folder.ts';

/** Seeds that nothing is trained or judged on. */
const SEEDS = { drawn: 31, misread: 32 } as const;

/** Drawn receipts of many layouts with the keys that a person would read off; of several names, one a line, each is right. */
export function drawnReceipts(kind: keyof typeof SEEDS, count: number): KeyedReceipt[] {
  return Array.from({ length: count }, (_, i) => {
    const { document, truth, names, day } = drawVaried(SEEDS[kind], i);
    return {
      id: `${kind} ${i}`,
      document: kind === 'misread' ? misread(document, new Random(i)) : document,
      key: { company: names.join('\n'), date: day ?? '', total: truth.fields.total ?? '' },
      image: null,
    };
  });
}
