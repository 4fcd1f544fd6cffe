import type { OcrDocument } from '@slipstream/shared';

/** Share of the transcribed words that the engine read exactly, each word as often as it stands there; case is ignored. */
export function wordRecall(read: OcrDocument, transcribed: OcrDocument): number {
  const left = new Map<string, number>();
  for (const word of wordsOf(read)) left.set(word, (left.get(word) ?? 0) + 1);
  const words = wordsOf(transcribed);
  let found = 0;
  for (const word of words) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    found += 1;
  }
  return words.length === 0 ? 1 : found / words.length;
}

function wordsOf({ lines }: OcrDocument): string[] {
  return lines.flatMap(({ text }) => text.toUpperCase().match(/\S+/g) ?? []);
}
