import type { OcrLine, Point, Quad } from '@slipstream/shared';
import type { Line, Recognition, RecognizeOptions } from 'node-mac-vision';
import sharp from 'sharp';
import type { EngineImage } from '../../src/engines/engine.ts';

/** A line of "text" is a bar of one colour. Red tells which line it is, green is full, blue none; paper is white. */
export interface Bar {
  readonly text: string;
  /** In 0..1 of the upright image. */
  readonly quad: Quad;
}

const RED_STEP = 16;
/** Interpolation mixes colours at a bar's edge. */
const COLOUR_TOLERANCE = 5;
const PIXELS_MIN = 12;

export function rectangle(left: number, top: number, width: number, height: number): Quad {
  return [
    [left, top],
    [left + width, top],
    [left + width, top + height],
    [left, top + height],
  ];
}

/** Draws the bars on white paper, upright, and encodes them without loss. */
export async function paint(size: { width: number; height: number }, bars: readonly Bar[]): Promise<EngineImage> {
  const { width, height } = size;
  const polygons = bars.map(({ quad }, i) => {
    const points = quad.map(([x, y]) => `${x * width},${y * height}`).join(' ');
    return `<polygon points="${points}" fill="rgb(${i * RED_STEP},255,0)" shape-rendering="crispEdges"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="white"/>${polygons.join('')}</svg>`;
  const bytes = await sharp(Buffer.from(svg)).flatten({ background: 'white' }).png().toBuffer();
  return { image_id: 'painted', bytes, sha256: '0'.repeat(64), type: 'png', width, height, orientation: 1 };
}

export interface Seen {
  readonly bytes: Uint8Array;
  readonly options: RecognizeOptions;
}

/**
 * Stands in for Vision: finds the bars in the pixels that it is given, as upright boxes, and like Vision overlooks those
 * lower than `minimumTextHeight` and reads of those that the region cuts only a part.
 */
export class PaintedVision {
  readonly seen: Seen[] = [];
  readonly #texts: readonly string[];
  readonly #sheet: Quad | undefined;

  constructor(texts: readonly string[], sheet?: Quad) {
    this.#texts = texts;
    this.#sheet = sheet;
  }

  async recognizeText(image: Uint8Array | string, options: RecognizeOptions = {}): Promise<Recognition> {
    if (typeof image === 'string') throw new TypeError('the engine gives bytes');
    this.seen.push({ bytes: image, options });
    const { data, info } = await sharp(image).autoOrient().removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const { width, height } = info;
    const region = options.regionOfInterest ?? { x: 0, y: 0, width: 1, height: 1 };
    const window = {
      left: Math.round(region.x * width),
      top: Math.round(region.y * height),
      right: Math.round((region.x + region.width) * width),
      bottom: Math.round((region.y + region.height) * height),
    };
    const boxes = new Map<number, { left: number; top: number; right: number; bottom: number; pixels: number }>();
    for (let y = window.top; y < window.bottom; y++) {
      for (let x = window.left; x < window.right; x++) {
        const at = (y * width + x) * 3;
        const bar = barOf(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
        if (bar === undefined || bar >= this.#texts.length) continue;
        const box = boxes.get(bar) ?? { left: x, top: y, right: x + 1, bottom: y + 1, pixels: 0 };
        box.left = Math.min(box.left, x);
        box.right = Math.max(box.right, x + 1);
        box.bottom = y + 1;
        box.pixels++;
        boxes.set(bar, box);
      }
    }
    const minimum_px = (options.minimumTextHeight ?? 0.008) * (window.bottom - window.top);
    const lines: Line[] = [];
    for (const [bar, box] of boxes) {
      if (box.pixels < PIXELS_MIN || box.bottom - box.top < minimum_px) continue;
      const isCut = box.top === window.top || box.bottom === window.bottom;
      const text = this.#texts[bar] ?? '';
      const quad = rectangle(
        box.left / width,
        box.top / height,
        (box.right - box.left) / width,
        (box.bottom - box.top) / height,
      );
      const read = isCut && options.regionOfInterest ? text.slice(0, text.length / 2) : text;
      lines.push({ text: read, confidence: 1, quad, words: [{ text: read, confidence: null, quad }] });
    }
    const found = options.detectDocument && this.#sheet ? { document: this.#sheet } : {};
    return { width, height, orientation: 1, revision: 3, level: 'accurate', lines, ...found };
  }

  async prewarm(): Promise<void> {}
  async close(): Promise<void> {}
}

function barOf(red: number, green: number, blue: number): number | undefined {
  if (green < 255 - COLOUR_TOLERANCE || blue > COLOUR_TOLERANCE) return undefined;
  const bar = Math.round(red / RED_STEP);
  return Math.abs(red - bar * RED_STEP) <= COLOUR_TOLERANCE ? bar : undefined;
}

export function lineOf(text: string, quad: Quad, confidence = 1): OcrLine {
  return { text, confidence, quad, words: [{ text, confidence: null, quad }] };
}

export function farthest(a: Quad, b: Quad): number {
  return Math.max(...a.map(([x, y]: Point, i) => Math.hypot(x - (b[i]?.[0] ?? 9), y - (b[i]?.[1] ?? 9))));
}
