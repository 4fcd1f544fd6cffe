import type { OcrLine, Quad } from '@slipstream/shared';
import type { Line, MacVision, Recognition, RecognizeOptions } from 'node-mac-vision';
import { mapLine, type Size } from '../../layout/page.ts';
import { mergeReadings } from './merge-lines.ts';
import type { Straightened } from './straighten.ts';
import { tilesOf } from './tiles.ts';

export type Reader = Pick<MacVision, 'recognizeText'>;

/** What was read, in 0..1 of the upright image that was given. */
export interface Reading {
  readonly lines: OcrLine[];
  readonly level: Recognition['level'];
  readonly sheet: Quad | undefined;
}

/** Type lower than this cannot be told by eye either. */
const TEXT_HEIGHT_PX_MIN = 9;

/** Reads an image as a whole and, where it is long, once more tile by tile, so that small type is seen. */
export async function readPaper(
  vision: Reader,
  bytes: Uint8Array,
  size: Size,
  options: RecognizeOptions,
): Promise<Reading> {
  const whole = await vision.recognizeText(bytes, options);
  const readings = [toOcrLines(whole.lines)];
  for (const regionOfInterest of tilesOf(size)) {
    // Whether Vision measures by the region or by the image, this lets the smallest legible type through.
    const minimumTextHeight = Math.min(1, TEXT_HEIGHT_PX_MIN / size.height);
    const tile = await vision.recognizeText(bytes, {
      ...options,
      detectDocument: false,
      regionOfInterest,
      minimumTextHeight,
    });
    readings.push(toOcrLines(tile.lines));
  }
  return { lines: mergeReadings(readings), level: whole.level, sheet: whole.document };
}

/** Reads a part that was laid flat; its lines come back where they stand on the image. */
export async function readStraightened(
  vision: Reader,
  part: Straightened,
  options: RecognizeOptions,
): Promise<OcrLine[]> {
  const { lines } = await readPaper(vision, part.bytes, part.size, { ...options, detectDocument: false });
  return lines.map((line) => mapLine(line, part.toImage));
}

/** Vision's line without what the document has no place for: its characters. */
export function toOcrLines(lines: readonly Line[]): OcrLine[] {
  return lines.map(({ text, confidence, quad, words }) => ({
    text,
    confidence: Math.min(Math.max(confidence, 0), 1),
    quad,
    words,
  }));
}
