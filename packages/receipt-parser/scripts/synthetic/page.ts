import { createHash } from 'node:crypto';
import type { OcrDocument, OcrLine, OcrWord, Point, Quad } from '@slipstream/shared';
import type { Random } from './random.ts';

/** Text at a column of the page, in characters. */
export interface Cell {
  readonly text: string;
  readonly at: number;
  /** Size of its print beside that of the page; 1 where it is left out. */
  readonly scale?: number;
  /** How far below its row it stands, in rows: paper that is torn, folded or fed askew. */
  readonly below?: number;
}

export type PageRow = readonly Cell[];

/** Characters across a page. */
const PAGE_COLUMNS = 44;
const CHARACTER_PX = 14;
const ROW_PX = 34;
const TEXT_PX = 22;
const MARGIN_PX = 60;

/** A cell set flush right at the page's end, or before `end`. */
export function right(text: string, end = PAGE_COLUMNS): Cell {
  return { text, at: end - widthOf(text) };
}

export function centred(text: string): Cell {
  return { text, at: Math.max(0, (PAGE_COLUMNS - widthOf(text)) / 2) };
}

/** East Asian characters are two columns wide. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text)
    width += /[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]/.test(character) ? 2 : 1;
  return width;
}

/** How the page lies under the camera. */
export interface Pose {
  /** Radians, clockwise on the image. */
  readonly angle: number;
  /** Pixels that the right end of a row bends down by, the page being curled. */
  readonly curl: number;
  /** Whether the engine returns the cells of a row as lines of their own. */
  readonly parted: boolean;
}

export function drawPose(random: Random): Pose {
  return {
    angle: ((random.next() - 0.5) * 8 * Math.PI) / 180,
    curl: random.chance(0.3) ? random.int(2, 9) : 0,
    parted: random.chance(0.6),
  };
}

/** Lays the rows out as an OCR document: words with their boxes, turned and bent as the pose says. */
export function pageDocument(rows: readonly PageRow[], pose: Pose, random: Random): OcrDocument {
  const width = PAGE_COLUMNS * CHARACTER_PX + 4 * MARGIN_PX;
  const height = rows.length * ROW_PX + 6 * MARGIN_PX;
  const place = (x: number, y: number): Point => {
    const bent = y + pose.curl * (x / (PAGE_COLUMNS * CHARACTER_PX)) ** 2;
    const dx = x + 2 * MARGIN_PX - width / 2;
    const dy = bent + 3 * MARGIN_PX - height / 2;
    return [
      (dx * Math.cos(pose.angle) - dy * Math.sin(pose.angle) + width / 2) / width,
      (dx * Math.sin(pose.angle) + dy * Math.cos(pose.angle) + height / 2) / height,
    ];
  };
  const lines = rows.flatMap((row, i) => {
    const y = i * ROW_PX + (random.next() - 0.5) * 3;
    const cells = row.map((cell) => wordsOf(cell, y, place));
    return (pose.parted ? cells : [cells.flat()]).flatMap(lineOf);
  });
  const text = lines.map((line) => line.text).join('\n');
  return {
    schema_version: 1,
    image: { width, height, orientation: 1, sha256: createHash('sha256').update(text).digest('hex') },
    engine: { name: 'drawn', version: '1', level: 'accurate', languages: [] },
    lines,
    regions: [],
  };
}

function wordsOf(cell: Cell, y: number, place: (x: number, y: number) => Point): OcrWord[] {
  return [...cell.text.matchAll(/\S+/g)].map((match) => {
    const scale = cell.scale ?? 1;
    const from = (cell.at + scale * widthOf(cell.text.slice(0, match.index))) * CHARACTER_PX;
    const to = from + scale * widthOf(match[0]) * CHARACTER_PX;
    const top = y + (cell.below ?? 0) * ROW_PX + ((1 - scale) * TEXT_PX) / 2;
    const bottom = top + scale * TEXT_PX;
    const quad: Quad = [place(from, top), place(to, top), place(to, bottom), place(from, bottom)];
    return { text: match[0], confidence: 1, quad };
  });
}

function lineOf(words: readonly OcrWord[]): OcrLine[] {
  const [first] = words;
  const last = words.at(-1);
  if (first === undefined || last === undefined) return [];
  const quad: Quad = [first.quad[0], last.quad[1], last.quad[2], first.quad[3]];
  return [{ text: words.map(({ text }) => text).join(' '), confidence: 1, quad, words: [...words] }];
}
