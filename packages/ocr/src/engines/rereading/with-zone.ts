import type { OcrDocument, OcrLine } from '@slipstream/shared';
import { type Box, boxOf } from '../../layout/page.ts';

/**
 * The document with the words in a zone replaced by what was read there again. A line that the zone cuts keeps its other
 * words; what was read stands as lines of its own where the first word was taken out, or below the nearest line above.
 */
export function withZone(document: OcrDocument, zone: Box, read: readonly OcrLine[], engine: number): OcrDocument {
  const added = read.filter((line) => isWithin(boxOf(line.quad), zone)).map((line) => ({ ...line, engine }));
  const before = document.lines.flatMap(({ words }) => words.filter(({ quad }) => isWithin(boxOf(quad), zone)));
  if (added.length === 0 || digitsIn(added) < digitsIn(before)) return document;
  let place: number | null = null;
  const lines: OcrLine[] = [];
  for (const line of document.lines) {
    const words = line.words.filter(({ quad }) => !isWithin(boxOf(quad), zone));
    if (words.length < line.words.length) place ??= lines.length + (words.length > 0 ? 1 : 0);
    if (words.length === line.words.length) lines.push(line);
    else if (words.length > 0) lines.push(lineOf(line, words));
  }
  const above = lines.findLastIndex(({ quad }) => boxOf(quad).top <= zone.top);
  return { ...document, lines: lines.toSpliced(place ?? above + 1, 0, ...added), regions: [] };
}

/** What reads fewer digits than stood there has lost a figure, and a sum that holds without it proves nothing. */
function digitsIn(texts: readonly { readonly text: string }[]): number {
  return texts.reduce((sum, { text }) => sum + (text.match(/\d/g)?.length ?? 0), 0);
}

function isWithin(box: Box, zone: Box): boolean {
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  return x >= zone.left && x <= zone.right && y >= zone.top && y <= zone.bottom;
}

function lineOf(line: OcrLine, words: OcrLine['words']): OcrLine {
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined) return line;
  return {
    ...line,
    text: words.map(({ text }) => text).join(' '),
    quad: [first.quad[0], last.quad[1], last.quad[2], first.quad[3]],
    words,
  };
}
