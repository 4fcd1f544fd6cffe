import path from 'node:path';
import { keyedReceipts } from '../eval/receipts-folder.ts';
import { drawReceipt } from '../synthetic/draw-receipt.ts';
import { drawVaried } from '../synthetic/varied/draw-varied.ts';
import type { Group } from './boost.ts';
import { totalGroup } from './total-groups.ts';

/** Seed of the drawn receipts that are trained on; evaluations draw with others. */
const SEED = 11;
const VARIED = 3000;
const PLAIN = 400;
/** A real receipt counts as much as some drawn ones; one that comes to nothing is rarer than the scenarios have it. */
const WEIGHTS = { varied: 1, plain: 0.5, real: 4, zero: 0.1 } as const;

/** The candidates of every receipt that the ranker of totals learns from: drawn ones, and SROIE's where it is given. */
export function totalTrainingSet(sroie: string | null, share = 1): Group[] {
  const groups: Group[] = [];
  const add = (group: Group | null): void => {
    if (group !== null) groups.push(group);
  };
  for (let i = 0; i < VARIED * share; i += 1) {
    const { document, truth } = drawVaried(SEED, i);
    const total = truth.fields.total ?? '';
    add(totalGroup(`varied ${i}`, document, total, Number(total) === 0 ? WEIGHTS.zero : WEIGHTS.varied));
  }
  for (let i = 0; i < PLAIN * share; i += 1) {
    const { document, truth } = drawReceipt(SEED, i);
    add(totalGroup(`plain ${i}`, document, truth.fields.total ?? '', WEIGHTS.plain));
  }
  if (sroie !== null)
    for (const { id, document, key } of keyedReceipts(path.join(sroie, 'box'), path.join(sroie, 'key'), null))
      add(totalGroup(`real ${id}`, document, (key.total ?? '').replace(/[^\d.-]/g, ''), WEIGHTS.real));
  return groups;
}
