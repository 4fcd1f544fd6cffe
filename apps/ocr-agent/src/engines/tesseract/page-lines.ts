import type { OcrLine, OcrWord, Quad } from '@slipstream/shared';
import type { PageBox } from './page-placement.ts';
import type { ReadLine, ReadPage, ReadWord } from './worker-protocol.ts';

/** Per cent; what Tesseract is less sure of is a fold, a logo or dirt far more often than a word. */
const WORD_CONFIDENCE_MIN = 20;

/** A page's lines as the OCR document has them, in Tesseract's order, which is the reading order; noise is left out. */
export function pageLines(page: ReadPage, quadOf: (box: PageBox) => Quad): OcrLine[] {
  const lines = (page.blocks ?? []).flatMap((block) => block.paragraphs.flatMap((paragraph) => paragraph.lines));
  return lines.flatMap((line) => {
    const words = line.words.filter(isText);
    return words.length === 0 ? [] : [toLine(line, words, quadOf)];
  });
}

/** How sure Tesseract is of a page as a whole: the mean over its letters, 0 to 1; 0 where it has none. */
export function pageConfidence(lines: readonly OcrLine[]): number {
  const words = lines.flatMap((line) => line.words);
  const letters = words.reduce((sum, word) => sum + word.text.length, 0);
  const sure = words.reduce((sum, word) => sum + word.text.length * (word.confidence ?? 0), 0);
  return letters === 0 ? 0 : sure / letters;
}

function isText(word: ReadWord): boolean {
  return word.confidence >= WORD_CONFIDENCE_MIN && word.text.trim() !== '';
}

function toLine(line: ReadLine, words: readonly ReadWord[], quadOf: (box: PageBox) => Quad): OcrLine {
  const kept = words.map(
    (word): OcrWord => ({
      text: word.text.trim(),
      confidence: fraction(word.confidence),
      quad: quadOf(word.bbox),
    }),
  );
  return {
    text: kept.map((word) => word.text).join(' '),
    confidence: fraction(words.reduce((sum, word) => sum + word.confidence, 0) / words.length),
    quad: quadOf(words.length === line.words.length ? line.bbox : around(words)),
    words: kept,
  };
}

/** A line's own box still holds the noise that was left out. */
function around(words: readonly ReadWord[]): PageBox {
  return {
    x0: Math.min(...words.map((word) => word.bbox.x0)),
    y0: Math.min(...words.map((word) => word.bbox.y0)),
    x1: Math.max(...words.map((word) => word.bbox.x1)),
    y1: Math.max(...words.map((word) => word.bbox.y1)),
  };
}

function fraction(percent: number): number {
  return Math.min(1, Math.max(0, percent / 100));
}
