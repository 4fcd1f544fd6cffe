import type { OcrDocument } from '@slipstream/shared';
import type { Random } from '../random.ts';

const CONFUSED: readonly (readonly [string, string])[] = [
  ['O', '0'],
  ['0', 'O'],
  ['I', '1'],
  ['1', 'I'],
  ['S', '5'],
  ['5', 'S'],
  ['B', '8'],
  ['8', 'B'],
  ['E', 'F'],
  ['l', '1'],
  ['.', ','],
  [',', '.'],
  ['A', '4'],
  ['6', '8'],
  ['3', '8'],
  ['7', '1'],
];
/** Chance that a word is misread. */
const WORD_CHANCE = 0.06;
const LINE_LOST_CHANCE = 0.03;

/** The document as an engine reads a bad scan: characters taken for others, lines lost, and less sure of its words. */
export function misread(document: OcrDocument, random: Random): OcrDocument {
  const lines = document.lines
    .filter(() => !random.chance(LINE_LOST_CHANCE))
    .map((line) => {
      const words = line.words.map((word) => {
        const confidence = 0.55 + 0.45 * random.next();
        if (!random.chance(WORD_CHANCE)) return { ...word, confidence };
        const possible = CONFUSED.filter(([from]) => word.text.includes(from));
        if (possible.length === 0) return { ...word, confidence };
        const [from, to] = random.pick(possible);
        return { ...word, text: word.text.replace(from, to), confidence: 0.3 + 0.5 * random.next() };
      });
      return { ...line, words, text: words.map(({ text }) => text).join(' ') };
    });
  return { ...document, lines };
}
