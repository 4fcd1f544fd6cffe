import type { OcrDocument } from '@slipstream/shared';
import type { Random } from '@slipstream/testing';

const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
/** Of damaged characters: read as any other, not just one that looks alike; left out; read twice as something. */
const CHANGED = 0.7;
const LEFT_OUT = 0.15;

/** The document with this share of its characters damaged, each by itself. Harder than an engine, which errs in runs. */
export function corrupted(document: OcrDocument, share: number, random: Random): OcrDocument {
  if (share === 0) return document;
  const lines = document.lines.flatMap((line) => {
    const words = line.words
      .map((word) => ({ ...word, text: damaged(word.text, share, random) }))
      .filter(({ text }) => text !== '');
    return words.length === 0 ? [] : [{ ...line, words, text: words.map(({ text }) => text).join(' ') }];
  });
  return { ...document, lines };
}

function damaged(text: string, share: number, random: Random): string {
  let result = '';
  for (const sign of text) {
    if (random.next() >= share) {
      result += sign;
      continue;
    }
    const kind = random.next();
    const other = SIGNS[Math.floor(random.next() * SIGNS.length)] ?? '';
    if (kind < CHANGED) result += other;
    else if (kind >= CHANGED + LEFT_OUT) result += sign + other;
  }
  return result;
}
