import type { OcrLine, OcrWord, Quad } from '@slipstream/shared';
import { boxAround, type PageBox } from './page-box.ts';
import type { ReadLine } from './read-page.ts';

/** Lines as the OCR document has them: on the upright original, confidences 0 to 1. */
export function pageLines(lines: readonly ReadLine[], quadOf: (box: PageBox) => Quad): OcrLine[] {
  return lines.map((line) => {
    const words = line.map(
      ({ text, confidence, bbox }): OcrWord => ({
        text: text.trim(),
        confidence: fraction(confidence),
        quad: quadOf(bbox),
      }),
    );
    return {
      text: words.map(({ text }) => text).join(' '),
      confidence: fraction(line.reduce((sum, { confidence }) => sum + confidence, 0) / line.length),
      quad: quadOf(boxAround(line.map(({ bbox }) => bbox))),
      words,
    };
  });
}

/** How sure Tesseract is of a page as a whole: the mean over its letters, 0 to 1; 0 where it has none. */
export function pageConfidence(lines: readonly ReadLine[]): number {
  const words = lines.flat();
  const letters = words.reduce((sum, { text }) => sum + text.length, 0);
  const sure = words.reduce((sum, { text, confidence }) => sum + text.length * fraction(confidence), 0);
  return letters === 0 ? 0 : sure / letters;
}

function fraction(percent: number): number {
  return Math.min(1, Math.max(0, percent / 100));
}
