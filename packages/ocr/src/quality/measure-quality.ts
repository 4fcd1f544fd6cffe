import type { OcrQuality } from '@slipstream/shared';
import type { GreyPixels } from './grey-pixels.ts';

/** Brightness under which a share of the pixels lies. */
interface Levels {
  readonly ink: number;
  readonly middle: number;
  readonly paper: number;
}

/**
 * Letters' edges: of the steepest pixels, the step to the next as a share of the print's contrast. Drawn receipts have
 * .5 and more, blurred by 2 px .2, by 4 px .1.
 */
const EDGE = { sharp: 0.3, lost: 0.1 } as const;
const STEEPEST_SHARE = 0.004;
/** Brightness of paper: in a lit room 150 and more. */
const PAPER = { lit: 110, lost: 50 } as const;
/** Share of the picture that is burnt out, where the rest of the paper is not. */
const GLARE = { none: 0.02, lost: 0.1 } as const;
const BURNT = 252;
/** Paper as bright as this is white on purpose: a scan, a drawing. */
const WHITE_PAPER = 238;
const BLOCK_PX = 16;
/** Print in the outermost columns, as a share of that within. */
const CUT = { none: 0.65, lost: 1.15 } as const;
const MARGIN_SHARE = 0.02;
/** Pixels of the shorter side: a receipt has 30 to 48 letters a line. */
const SIDE = { enough: 320, lost: 160 } as const;

/** What is wrong with a photograph, from its pixels alone: each 0 (nothing) to 1 (nothing can be read). */
export function measureQuality(image: GreyPixels, original: { width: number; height: number }): OcrQuality {
  const levels = levelsOf(image);
  return {
    blur: share(EDGE.sharp, EDGE.lost, steepness(image, levels)),
    dark: share(PAPER.lit, PAPER.lost, levels.paper),
    glare: share(GLARE.none, GLARE.lost, burntShare(image, levels)),
    cut: share(CUT.none, CUT.lost, printAtEdges(image, levels)),
    small: share(SIDE.enough, SIDE.lost, Math.min(original.width, original.height)),
  };
}

/** Where a figure stands between what is good and what is lost. */
function share(good: number, lost: number, value: number): number {
  return Math.min(1, Math.max(0, (value - good) / (lost - good)));
}

function levelsOf({ pixels }: GreyPixels): Levels {
  const counts = new Uint32Array(256);
  for (const value of pixels) counts[value] = (counts[value] ?? 0) + 1;
  const level = (part: number): number => {
    let left = pixels.length * part;
    for (const [value, count] of counts.entries()) {
      left -= count;
      if (left < 0) return value;
    }
    return 255;
  };
  return { ink: level(0.02), middle: level(0.6), paper: level(0.9) };
}

function steepness({ pixels, width, height }: GreyPixels, { ink, paper }: Levels): number {
  const steps = new Uint32Array(256);
  for (let y = 0; y < height; y += 1) {
    for (let x = 1; x < width; x += 1) {
      const step = Math.abs((pixels[y * width + x] ?? 0) - (pixels[y * width + x - 1] ?? 0));
      steps[step] = (steps[step] ?? 0) + 1;
    }
  }
  let left = width * height * STEEPEST_SHARE;
  let step = 255;
  for (; step > 0; step -= 1) {
    left -= steps[step] ?? 0;
    if (left < 0) break;
  }
  return step / Math.max(16, paper - ink);
}

function burntShare({ pixels, width, height }: GreyPixels, { middle }: Levels): number {
  if (middle >= WHITE_PAPER) return 0;
  let [burnt, blocks] = [0, 0];
  for (let top = 0; top + BLOCK_PX <= height; top += BLOCK_PX) {
    for (let left = 0; left + BLOCK_PX <= width; left += BLOCK_PX) {
      blocks += 1;
      let isBurnt = true;
      for (let y = top; y < top + BLOCK_PX && isBurnt; y += 1) {
        for (let x = left; x < left + BLOCK_PX && isBurnt; x += 1) isBurnt = (pixels[y * width + x] ?? 0) >= BURNT;
      }
      if (isBurnt) burnt += 1;
    }
  }
  return burnt / Math.max(1, blocks);
}

/**
 * The denser of both sides: steps as of letters in the outermost columns, against those of the page's middle. The lower
 * quartile of the columns counts, since the edge of the paper or of the scanner's bed is a line of one or two columns.
 */
function printAtEdges(image: GreyPixels, { ink, paper }: Levels): number {
  const { width } = image;
  const stepMin = Math.max(24, (paper - ink) * 0.35);
  const density = (from: number, to: number) =>
    lowerQuartileOf(Array.from({ length: to - from }, (_, i) => stepsInColumn(image, from + i, stepMin)));
  const margin = Math.max(6, Math.round(width * MARGIN_SHARE));
  const within = density(Math.round(width * 0.2), Math.round(width * 0.8));
  if (within < 0.002) return 0;
  return Math.max(density(1, 1 + margin), density(width - margin, width)) / within;
}

function stepsInColumn({ pixels, width, height }: GreyPixels, x: number, stepMin: number): number {
  let steps = 0;
  for (let y = 0; y < height; y += 1) {
    if (Math.abs((pixels[y * width + x] ?? 0) - (pixels[y * width + x - 1] ?? 0)) >= stepMin) steps += 1;
  }
  return steps / height;
}

function lowerQuartileOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 2] ?? 0;
}
