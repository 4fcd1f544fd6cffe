import type { Font } from 'opentype.js';
import sharp from 'sharp';
import type { PrintLine } from './print-line.ts';

/** How much ink lies on each point of the paper: 0 none, 255 full; rows from the top. */
export interface Print {
  readonly ink: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A thermal printer's 48 columns on 72 mm are 12 dots wide; these are photographed a little larger. */
const COLUMN_PX = 14;
const LINE_PX = 30;
const MARGIN_PX = 44;

/** Prints on paper of `columns` characters. Throws where a line does not fit or the font lacks a character. */
export async function printPaper(lines: readonly PrintLine[], font: Font, columns: number): Promise<Print> {
  const width = columns * COLUMN_PX + 2 * MARGIN_PX;
  const size_px = (COLUMN_PX * font.unitsPerEm) / font.charToGlyph('0').advanceWidth;
  const paths: string[] = [];
  let y = MARGIN_PX;
  for (const line of lines) {
    if (line.kind === 'gap') {
      y += line.lines * LINE_PX;
      continue;
    }
    const [text, size, isBold] =
      line.kind === 'rule' ? [line.character.repeat(columns), 1, false] : [line.text, line.size, line.bold];
    const length_px = [...text].length * COLUMN_PX * size;
    if (length_px > columns * COLUMN_PX) throw new Error(`"${text}" is wider than the paper`);
    const isCentred = line.kind === 'text' && line.align === 'centre';
    const x = isCentred ? (width - length_px) / 2 : MARGIN_PX;
    y += LINE_PX * size;
    for (const character of text) {
      if (font.charToGlyph(character).index === 0) throw new Error(`the font has no "${character}"`);
    }
    const outline = font.getPath(text, x, y, size_px * size).toPathData(2);
    // Thermal printers print bold by printing twice.
    paths.push(`<path d="${outline}"${isBold ? ' stroke="white" stroke-width="1.4"' : ''}/>`);
  }
  return rasterise(paths, width, y + MARGIN_PX);
}

async function rasterise(paths: readonly string[], width: number, height: number): Promise<Print> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="black"/><g fill="white">${paths.join('')}</g></svg>`;
  const { data } = await sharp(Buffer.from(svg))
    .greyscale()
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { ink: data, width, height };
}
