import { type GreyImage, greyOf, sharpOf, toPgm } from './grey-image.ts';
import { measureInk } from './measure-ink.ts';
import { missedLines } from './missed-lines.ts';
import { boxAround, type PageBox, sharedHeight } from './page-box.ts';
import { LETTER_HEIGHT_PX } from './page-placement.ts';
import { PAGE_SEGMENTATION, type TesseractWorker } from './tesseract-worker.ts';
import type { ReadPage, ReadWord } from './worker-protocol.ts';

/** Words of one line, left to right. */
export type ReadLine = readonly ReadWord[];

/** Per cent; what Tesseract is less sure of is a fold, a logo or dirt far more often than a word. */
const WORD_CONFIDENCE_MIN = 20;
/** A whole line below this is the edge of the paper or a pattern. */
const LINE_CONFIDENCE_MIN = 40;
/** For what it missed at first: a second look at dirt must not make words of it. */
const SECOND_LOOK_CONFIDENCE_MIN = 60;
/** White around a piece that is read by itself; Tesseract needs some. */
const PIECE_MARGIN_PX = 12;

/** A level page's lines in reading order: first as one block, then what that left out, piece by piece. */
export async function readPage(worker: TesseractWorker, page: GreyImage): Promise<ReadLine[]> {
  const lines = linesOf(await worker.read(toPgm(page), PAGE_SEGMENTATION.block), WORD_CONFIDENCE_MIN);
  const pieces = missedLines(
    await measureInk(page),
    lines.flat().map(({ bbox }) => bbox),
  );
  let all: ReadLine[] = lines;
  for (const piece of pieces) all = insert(all, await readPiece(worker, page, piece));
  return all;
}

function linesOf({ blocks }: ReadPage, confidenceMin: number): ReadLine[] {
  return (blocks ?? [])
    .flatMap(({ paragraphs }) => paragraphs.flatMap(({ lines }) => lines))
    .map(({ words }) => words.filter(({ text, confidence }) => confidence >= confidenceMin && text.trim() !== ''))
    .filter((words) => lineConfidence(words) >= LINE_CONFIDENCE_MIN);
}

/** Per cent; 0 for no words. */
function lineConfidence(words: ReadLine): number {
  return words.reduce((sum, { confidence }) => sum + confidence, 0) / Math.max(1, words.length);
}

/** Cut out, its letters brought to the height that is read best. */
async function readPiece(worker: TesseractWorker, page: GreyImage, piece: PageBox): Promise<ReadWord[]> {
  const left = Math.max(0, Math.floor(piece.x0 - PIECE_MARGIN_PX));
  const top = Math.max(0, Math.floor(piece.y0 - PIECE_MARGIN_PX));
  const width = Math.min(page.width, Math.ceil(piece.x1 + PIECE_MARGIN_PX)) - left;
  const height = Math.min(page.height, Math.ceil(piece.y1 + PIECE_MARGIN_PX)) - top;
  const scale = LETTER_HEIGHT_PX / (piece.y1 - piece.y0);
  const cut = await greyOf(
    sharpOf(page)
      .extract({ left, top, width, height })
      .resize({ width: Math.max(1, Math.round(width * scale)) }),
  );
  const read = await worker.read(toPgm(cut), PAGE_SEGMENTATION.line);
  const ratio = width / cut.width;
  return linesOf(read, SECOND_LOOK_CONFIDENCE_MIN)
    .flat()
    .map((word) => ({
      ...word,
      bbox: {
        x0: left + word.bbox.x0 * ratio,
        y0: top + word.bbox.y0 * ratio,
        x1: left + word.bbox.x1 * ratio,
        y1: top + word.bbox.y1 * ratio,
      },
    }));
}

/** Words join the line in whose row they stand, or make one of their own above the first that is lower. */
function insert(lines: readonly ReadLine[], words: readonly ReadWord[]): ReadLine[] {
  if (words.length === 0) return [...lines];
  const box = lineBox(words);
  const row = lines.findIndex((line) => sharedHeight(lineBox(line), box) > 0.5);
  if (row !== -1) {
    return lines.map((line, index) =>
      index === row ? [...line, ...words].sort((one, other) => one.bbox.x0 - other.bbox.x0) : line,
    );
  }
  const below = lines.findIndex((line) => lineBox(line).y0 > box.y0);
  return lines.toSpliced(below === -1 ? lines.length : below, 0, words);
}

function lineBox(line: ReadLine): PageBox {
  return boxAround(line.map(({ bbox }) => bbox));
}
