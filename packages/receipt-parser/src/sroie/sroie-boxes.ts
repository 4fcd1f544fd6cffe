import { createHash } from 'node:crypto';
import type { OcrDocument, OcrLine, Point, Quad } from '@slipstream/shared';

/** `x1,y1,x2,y2,x3,y3,x4,y4,text`: pixel corners clockwise from the top left; the text may hold commas. */
const BOX_ROW = /^\s*(-?\d+(?:\.\d+)?(?:\s*,\s*-?\d+(?:\.\d+)?){7})\s*,(.*)$/;

interface Box {
  readonly corners: readonly (readonly [number, number])[];
  readonly text: string;
}

/**
 * Turns a box file of the SROIE data set into an OCR document. The format gives no image size: without one, the extent
 * of the boxes stands for it, which changes no field. Words get interpolated boxes (`estimated`).
 *
 * @throws TypeError naming the row where a row that is not empty does not have the format.
 */
export function sroieBoxesToOcrDocument(csv: string, image?: { width: number; height: number }): OcrDocument {
  const boxes = readBoxes(csv);
  const width = Math.max(1, Math.ceil(image?.width ?? extent(boxes, 0)));
  const height = Math.max(1, Math.ceil(image?.height ?? extent(boxes, 1)));
  return {
    schema_version: 1,
    image: { width, height, orientation: 1, sha256: createHash('sha256').update(csv).digest('hex') },
    engine: { name: 'sroie-boxes', version: '1', level: 'transcribed', languages: [] },
    lines: boxes.map((box) => lineOf(box, width, height)),
    regions: [],
  };
}

function readBoxes(csv: string): Box[] {
  return csv
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((row, i) => {
      if (row.trim() === '') return [];
      const [, numbers, text] = BOX_ROW.exec(row) ?? [];
      if (numbers === undefined || text === undefined) {
        throw new TypeError(`Row ${i + 1} of the box file is not "x1,y1,x2,y2,x3,y3,x4,y4,text": ${row.slice(0, 80)}`);
      }
      const values = numbers.split(',').map(Number);
      const corners = [0, 2, 4, 6].map((at): [number, number] => [values[at] ?? 0, values[at + 1] ?? 0]);
      return text.trim() === '' ? [] : [{ corners, text: text.trim() }];
    });
}

function extent(boxes: readonly Box[], axis: 0 | 1): number {
  return boxes.reduce((most, { corners }) => Math.max(most, ...corners.map((corner) => corner[axis])), 1);
}

function lineOf(box: Box, width: number, height: number): OcrLine {
  const corner = (i: number): Point => {
    const [x, y] = box.corners[i] ?? [0, 0];
    return [clamp(x / width), clamp(y / height)];
  };
  const quad: Quad = [corner(0), corner(1), corner(2), corner(3)];
  const words = [...box.text.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    confidence: null,
    quad: slice(quad, match.index / box.text.length, (match.index + match[0].length) / box.text.length),
    estimated: true,
  }));
  return { text: box.text, confidence: 1, quad, words };
}

/** The part of a quad between two shares of its length. */
function slice(quad: Quad, from: number, to: number): Quad {
  const [top_left, top_right, bottom_right, bottom_left] = quad;
  const along = (a: Point, b: Point, share: number): Point => [
    a[0] + (b[0] - a[0]) * share,
    a[1] + (b[1] - a[1]) * share,
  ];
  return [
    along(top_left, top_right, from),
    along(top_left, top_right, to),
    along(bottom_left, bottom_right, to),
    along(bottom_left, bottom_right, from),
  ];
}

/** The schema's bounds for a coordinate. */
function clamp(value: number): number {
  return Math.max(-1, Math.min(2, value));
}
