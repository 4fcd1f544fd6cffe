import type { OcrLine, OcrWord, Quad } from '@slipstream/shared';
import { mapLine } from '../layout/page.ts';
import { type Pdfium, withMemory } from './pdfium.ts';
import { type Box, levelled, textTurn, turnedBack } from './text-turn.ts';

interface Character {
  readonly text: string;
  readonly box: Box;
}

/** Fewer characters are a page number over a scan. */
const CHARACTERS_MIN = 24;
/** A font without a map to Unicode gives nonsense; such a page is read from its picture. */
const UNMAPPED_SHARE_MAX = 0.05;
/** Precision with which PDFium gives a place on the page, since it gives whole numbers. */
const UNITS = 1_000_000;
/** A gap wider than this, in heights of the letters, is a column's: descriptions and amounts are lines of their own. */
const COLUMN_GAP = 1.5;
const WORD_GAP = 0.25;
const CHARACTERS_MAX = 200_000;

/** The lines of a page's own text, with the boxes of its letters; null where it has too little, or nonsense. */
export function pageText(
  pdfium: Pdfium,
  page: number,
  size: { readonly width: number; readonly height: number },
): OcrLine[] | null {
  const text = pdfium._FPDFText_LoadPage(page);
  if (text === 0) return null;
  try {
    const count = Math.min(CHARACTERS_MAX, pdfium._FPDFText_CountChars(text));
    const found: (Character | null)[] = [];
    let unmapped = 0;
    for (let index = 0; index < count; index += 1) {
      const code = pdfium._FPDFText_GetUnicode(text, index);
      if (pdfium._FPDFText_HasUnicodeMapError(text, index) === 1 || code === 0xfffd) unmapped += 1;
      const character = code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
      const box = /\S/u.test(character) ? characterBox(pdfium, page, text, index) : null;
      found.push(box === null ? null : { text: character, box });
    }
    const visible = found.filter((character) => character !== null).length;
    if (visible < CHARACTERS_MIN || unmapped > visible * UNMAPPED_SHARE_MAX) return null;
    const turn = textTurn(
      found.flatMap((character) => (character === null ? [] : [character.box])),
      size,
    );
    const level = found.map((character) => character && { ...character, box: levelled(character.box, turn) });
    return linesOf(level).map((line) => mapLine(line, (point) => turnedBack(point, turn)));
  } finally {
    pdfium._FPDFText_ClosePage(text);
  }
}

function characterBox(pdfium: Pdfium, page: number, text: number, index: number): Box | null {
  // The loose box is the letter's place in its line: as wide as it advances, as high as its font.
  return withMemory(pdfium, 16, (address, view) => {
    if (pdfium._FPDFText_GetLooseCharBox(text, index, address) === 0) return null;
    const [left, top, right, bottom] = [0, 4, 8, 12].map((offset) => view().getFloat32(offset, true));
    const [a, b] = [toDevice(pdfium, page, left ?? 0, top ?? 0), toDevice(pdfium, page, right ?? 0, bottom ?? 0)];
    return {
      left: Math.min(a[0], b[0]),
      top: Math.min(a[1], b[1]),
      right: Math.max(a[0], b[0]),
      bottom: Math.max(a[1], b[1]),
    };
  });
}

/** A place in the page's own space (origin bottom left, before rotation) in 0..1 of the upright page. */
export function toDevice(pdfium: Pdfium, page: number, x: number, y: number): [number, number] {
  return withMemory(pdfium, 8, (address, view) => {
    pdfium._FPDF_PageToDevice(page, 0, 0, UNITS, UNITS, 0, x, y, address, address + 4);
    return [view().getInt32(0, true) / UNITS, view().getInt32(4, true) / UNITS];
  });
}

/** Words end at blanks and gaps; lines end where the text goes back, down, or across to another column. */
function linesOf(characters: readonly (Character | null)[]): OcrLine[] {
  const lines: Character[][][] = [];
  let previous: Character | null = null;
  let isApart = true;
  for (const character of characters) {
    if (character === null) {
      isApart = true;
      continue;
    }
    const line = lines.at(-1);
    const gap = previous === null ? 'line' : gapBetween(previous.box, character.box);
    if (line === undefined || gap === 'line') lines.push([[character]]);
    else if (isApart || gap === 'word') line.push([character]);
    else line.at(-1)?.push(character);
    previous = character;
    isApart = false;
  }
  return lines.map(lineOf);
}

function gapBetween(a: Box, b: Box): 'none' | 'word' | 'line' {
  const height = Math.max(a.bottom - a.top, b.bottom - b.top, 1e-4);
  const shared = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  const isSameRow = shared > -0.3 * height && Math.abs((a.top + a.bottom - b.top - b.bottom) / 2) < 0.8 * height;
  const gap = b.left - a.right;
  if (!isSameRow || gap < -2 * height || gap > COLUMN_GAP * height) return 'line';
  return gap > WORD_GAP * height ? 'word' : 'none';
}

function lineOf(words: readonly (readonly Character[])[]): OcrLine {
  const read = words.map(
    (characters): OcrWord => ({
      text: characters.map(({ text }) => text).join(''),
      confidence: 1,
      quad: quadAround(characters),
    }),
  );
  return {
    text: read.map(({ text }) => text).join(' '),
    confidence: 1,
    quad: quadAround(words.flat()),
    words: read,
  };
}

function quadAround(characters: readonly Character[]): Quad {
  const boxes = characters.map(({ box }) => box);
  const [left, right] = [Math.min(...boxes.map((box) => box.left)), Math.max(...boxes.map((box) => box.right))];
  const [top, bottom] = [Math.min(...boxes.map((box) => box.top)), Math.max(...boxes.map((box) => box.bottom))];
  const bounded = (value: number) => Math.min(1.5, Math.max(-0.5, value));
  const [l, r, t, b] = [bounded(left), bounded(right), bounded(top), bounded(bottom)];
  return [
    [l, t],
    [r, t],
    [r, b],
    [l, b],
  ];
}
