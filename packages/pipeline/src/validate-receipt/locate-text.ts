import { fold } from '@slipstream/receipt-parser';
import type { OcrDocument, WordReference } from '@slipstream/shared';

/**
 * Where a text stands in the OCR document, as words one after the other on one line or on consecutive ones; null where
 * it does not. Case, accents and white space do not count, everything else does.
 */
export function locateText(document: OcrDocument, text: string): readonly WordReference[] | null {
  const wanted = tight(text);
  if (wanted === '') return null;
  const words = document.lines.flatMap((line, lineIndex) =>
    line.words.map((word, wordIndex) => ({
      reference: [lineIndex, wordIndex] as WordReference,
      key: tight(word.text),
    })),
  );
  for (let from = 0; from < words.length; from += 1) {
    let found = '';
    for (let to = from; to < words.length && found.length < wanted.length; to += 1) {
      found += words[to]?.key ?? '';
      if (found === wanted) return words.slice(from, to + 1).map(({ reference }) => reference);
      if (!wanted.startsWith(found)) break;
    }
  }
  return null;
}

function tight(text: string): string {
  return fold(text).replaceAll(' ', '');
}
