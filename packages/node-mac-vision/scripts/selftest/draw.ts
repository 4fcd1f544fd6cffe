import sharp, { type Sharp } from 'sharp';
import type { Quad } from '../../src/index.ts';

export interface DrawnLine {
  text: string;
  /** Left end of the baseline and height of the type, in pixels. */
  x: number;
  y: number;
  size: number;
}

export const SHEET = { width: 900, height: 1200 };
/** Words that no language model corrects into others, figures that add up, and a long and a short line. */
export const LINES: DrawnLine[] = [
  { text: 'CORNER SHOP', x: 250, y: 150, size: 56 },
  { text: 'Bread 2.40', x: 100, y: 330, size: 44 },
  { text: 'Whole milk 1.15', x: 100, y: 430, size: 44 },
  { text: 'Coffee beans 7.95', x: 100, y: 530, size: 44 },
  { text: 'TOTAL 11.50', x: 100, y: 700, size: 52 },
  { text: 'Thank you', x: 320, y: 1000, size: 40 },
];

function svg(body: string): Buffer {
  const { width, height } = SHEET;
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${body}</svg>`);
}

const words = (lines: readonly DrawnLine[]) =>
  lines.map(({ text, x, y, size }) => {
    return `<text x="${x}" y="${y}" font-family="Helvetica, Arial, sans-serif" font-size="${size}">${text}</text>`;
  });

/** Black type on white paper. */
export function drawSheet(lines: readonly DrawnLine[] = LINES): Promise<Buffer> {
  return sharp(svg(`<rect width="100%" height="100%" fill="white"/>${words(lines).join('')}`))
    .png()
    .toBuffer();
}

/** The sheet as a camera stores it that was held so: the pixels turned back, the EXIF orientation set. */
export async function drawOriented(orientation: number): Promise<Buffer> {
  const upright = sharp(await drawSheet());
  // The inverse of what a viewer does for each orientation. sharp flops first and turns then, in whatever order it is told.
  const stored: Record<number, () => Sharp> = {
    1: () => upright,
    2: () => upright.flop(),
    3: () => upright.rotate(180),
    4: () => upright.flip(),
    5: () => upright.rotate(270).flop(),
    6: () => upright.rotate(270),
    7: () => upright.rotate(90).flop(),
    8: () => upright.rotate(90),
  };
  const turned = await (stored[orientation]?.() ?? upright).png().toBuffer();
  return sharp(turned).withMetadata({ orientation }).jpeg({ quality: 92 }).toBuffer();
}

/** White paper with type on a dark table, its corners at known places. */
export async function drawPaperOnTable(paper: Quad): Promise<Buffer> {
  const points = paper.map(([x, y]) => `${x * SHEET.width},${y * SHEET.height}`).join(' ');
  const lines = LINES.map((line) => ({
    ...line,
    x: line.x * 0.4 + 300,
    y: line.y * 0.45 + 300,
    size: line.size * 0.45,
  }));
  const table = '<rect width="100%" height="100%" fill="#3a2a1e"/>';
  return sharp(svg(`${table}<polygon points="${points}" fill="#fdfdfb"/>${words(lines).join('')}`))
    .png()
    .toBuffer();
}
