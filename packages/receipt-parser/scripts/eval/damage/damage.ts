import type { OcrDocument, Receipt } from '@slipstream/shared';
import type { Random } from '../../synthetic/random.ts';

export const DAMAGES = ['digit changed', 'row unread', 'rows swapped', 'label misread'] as const;
type DamageKind = (typeof DAMAGES)[number];

export const FIGURES = ['total', 'subtotal', 'tax', 'charge', 'item', 'tendered', 'change', 'date'] as const;
type FigureKind = (typeof FIGURES)[number];

/** A figure of a receipt that was read, where it stands, and the way in which it is damaged. */
export interface Damage {
  readonly figure: FigureKind;
  readonly kind: DamageKind;
  readonly document: OcrDocument;
}

type References = NonNullable<Receipt['total']>['words'];

/** Every printed figure of the receipt in turn, each damaged in every way that it can be. */
export function damagesOf(document: OcrDocument, receipt: Receipt, random: Random): Damage[] {
  return printedFigures(receipt).flatMap(({ figure, words }) =>
    DAMAGES.flatMap((kind): Damage[] => {
      const damaged = damage(document, words, kind, random);
      return damaged === null ? [] : [{ figure, kind, document: damaged }];
    }),
  );
}

function printedFigures(receipt: Receipt): { figure: FigureKind; words: References }[] {
  const { total, subtotal, taxes, discounts, service_charge, tip, rounding, line_items, payment, date } = receipt;
  const fields: readonly (readonly [FigureKind, { words: References } | null | undefined])[] = [
    ['total', total],
    ['subtotal', subtotal],
    ...taxes.map(({ amount }) => ['tax', amount] as const),
    ...discounts.map(({ amount }) => ['charge', amount] as const),
    ...[service_charge, tip, rounding].map((field) => ['charge', field] as const),
    ...line_items.map(({ amount }) => ['item', amount] as const),
    ['tendered', payment.tendered],
    ['change', payment.change],
    ['date', date],
  ];
  return fields.flatMap(([figure, field]) =>
    field === null || field === undefined || field.words.length === 0 ? [] : [{ figure, words: field.words }],
  );
}

function damage(document: OcrDocument, words: References, kind: DamageKind, random: Random): OcrDocument | null {
  const at = words.at(-1);
  if (at === undefined) return null;
  switch (kind) {
    case 'digit changed':
      return withOtherDigit(document, words, random);
    case 'row unread': {
      const row = new Set(rowAround(document, at));
      return { ...document, lines: document.lines.filter((_, i) => !row.has(i)) };
    }
    case 'rows swapped':
      return withSwappedRows(document, at);
    case 'label misread':
      return withMisreadLabel(document, at, words, random);
  }
}

/** One digit of the figure becomes another one, as an engine misreads it. */
function withOtherDigit(document: OcrDocument, words: References, random: Random): OcrDocument | null {
  const at = words.findLast(([line, word]) => /\d/.test(document.lines[line]?.words[word]?.text ?? ''));
  return at === undefined
    ? null
    : withWord(document, at, (text) => {
        const digits = [...text].flatMap((character, i) => (/\d/.test(character) ? [i] : []));
        const i = random.pick(digits);
        return `${text.slice(0, i)}${(Number(text[i]) + random.int(1, 9)) % 10}${text.slice(i + 1)}`;
      });
}

/** Two letters of the label's longest word become others; null where the row has no label of letters. */
function withMisreadLabel(
  document: OcrDocument,
  at: References[number],
  words: References,
  random: Random,
): OcrDocument | null {
  const figure = new Set(words.map(([line, word]) => `${line} ${word}`));
  const label = rowAround(document, at)
    .flatMap((line) => (document.lines[line]?.words ?? []).map((word, i) => ({ line, i, text: word.text })))
    .filter(({ line, i, text }) => !figure.has(`${line} ${i}`) && /\p{L}{3}/u.test(text))
    .reduce<{ line: number; i: number; text: string } | null>(
      (longest, word) => (longest === null || word.text.length > longest.text.length ? word : longest),
      null,
    );
  if (label === null) return null;
  return withWord(document, [label.line, label.i], (text) => {
    const letters = [...text];
    for (let n = 0; n < 2; n += 1)
      letters[random.int(0, letters.length - 1)] = String.fromCharCode(65 + random.int(0, 25));
    return letters.join('');
  });
}

/** The figure's row and the one below change places; null where there is none. */
function withSwappedRows(document: OcrDocument, at: References[number]): OcrDocument | null {
  const here = rowAround(document, at);
  const y = middleOf(document, at[0]);
  const below = document.lines
    .map((_, i) => ({ i, y: middleOf(document, i) }))
    .filter((line) => !here.includes(line.i) && line.y > y)
    .sort((a, b) => a.y - b.y)[0];
  if (below === undefined) return null;
  const there = rowAround(document, [below.i, 0]).filter((line) => !here.includes(line));
  const step = below.y - y;
  const moved = (line: number, by: number): OcrDocument['lines'][number] | undefined => {
    const found = document.lines[line];
    if (found === undefined) return undefined;
    const shift = (quad: typeof found.quad): typeof found.quad => [
      [quad[0][0], quad[0][1] + by],
      [quad[1][0], quad[1][1] + by],
      [quad[2][0], quad[2][1] + by],
      [quad[3][0], quad[3][1] + by],
    ];
    return {
      ...found,
      quad: shift(found.quad),
      words: found.words.map((word) => ({ ...word, quad: shift(word.quad) })),
    };
  };
  return {
    ...document,
    lines: document.lines.map(
      (line, i) => (here.includes(i) ? moved(i, step) : there.includes(i) ? moved(i, -step) : line) ?? line,
    ),
  };
}

function withWord(
  document: OcrDocument,
  [line, word]: References[number],
  change: (text: string) => string,
): OcrDocument {
  return {
    ...document,
    lines: document.lines.map((found, i) => {
      if (i !== line) return found;
      const words = found.words.map((one, j) => (j === word ? { ...one, text: change(one.text) } : one));
      return { ...found, words, text: words.map(({ text }) => text).join(' ') };
    }),
  };
}

/** Lines whose middle is level with the word's, along the slope of its own line. */
function rowAround(document: OcrDocument, [line, word]: References[number]): number[] {
  const found = document.lines[line];
  const quad = found?.words[word]?.quad ?? found?.quad;
  if (found === undefined || quad === undefined) return [line];
  const height = Math.abs(quad[3][1] - quad[0][1]);
  const [x, y] = [(quad[0][0] + quad[2][0]) / 2, (quad[0][1] + quad[2][1]) / 2];
  const slope = slopeOf(document);
  return document.lines.flatMap(({ quad: other }, i) => {
    const [other_x, other_y] = [(other[0][0] + other[2][0]) / 2, (other[0][1] + other[2][1]) / 2];
    return i === line || Math.abs(other_y - y - slope * (other_x - x)) < 0.5 * height ? [i] : [];
  });
}

/** Rise of y along x of the page's longest line. */
function slopeOf({ lines }: OcrDocument): number {
  const width = ({ quad }: OcrDocument['lines'][number]): number => quad[1][0] - quad[0][0];
  const longest = lines.reduce((a, b) => (width(b) > width(a) ? b : a));
  return width(longest) <= 0 ? 0 : (longest.quad[1][1] - longest.quad[0][1]) / width(longest);
}

function middleOf({ lines }: OcrDocument, line: number): number {
  const quad = lines[line]?.quad;
  return quad === undefined ? 0 : (quad[0][1] + quad[2][1]) / 2;
}
