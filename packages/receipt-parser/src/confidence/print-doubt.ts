import type { Row } from '../layout/row.ts';
import type { Word } from '../layout/word.ts';
import type { Features } from './features.ts';

/**
 * Scale of the features of doubt. They reach about 3 on a bad scan: the pull of the regression towards zero, which
 * keeps the weak evidence of 200 receipts small, then leaves them the weight they have.
 */
const SCALE = 3;
/** Where half of the letters are unsure, more doubt says no more. */
const MEAN_DOUBT_MAX = 0.4;

/**
 * How much the engine doubts what it read: in a field's words on average, in the worst of them, and on the whole page.
 * One wrong letter makes a name wrong, and a faint page is misread also where the engine is sure. All are 0 where the
 * engine doubts nothing.
 */
export function printDoubt(words: readonly Word[], page_confidence: number): Features {
  const worst = words.reduce((least, { confidence }) => Math.min(least, confidence), 1);
  return {
    mean_doubt: scaled(1 - meanConfidence(words)),
    worst_doubt: SCALE * (1 - worst),
    page_doubt: scaled(1 - page_confidence),
  };
}

/** Mean confidence of all the words of a receipt. */
export function pageConfidence(rows: readonly Row[]): number {
  let sum = 0;
  let count = 0;
  for (const { words } of rows) {
    for (const { confidence } of words) sum += confidence;
    count += words.length;
  }
  return count === 0 ? 1 : sum / count;
}

function meanConfidence(words: readonly Word[]): number {
  return words.length === 0 ? 1 : words.reduce((sum, { confidence }) => sum + confidence, 0) / words.length;
}

function scaled(doubt: number): number {
  return SCALE * Math.max(0, Math.min(1, doubt / MEAN_DOUBT_MAX));
}
