import { seededRandom } from '@slipstream/testing';
import { crumple } from './crumple.ts';
import type { Print } from './print-paper.ts';
import { roughNormal } from './random.ts';

type Rgb = readonly [number, number, number];

/** How a paper lies before the camera. */
export interface Scene {
  readonly seed: number;
  /** What it lies on. */
  readonly table: Rgb;
  /** Clockwise. */
  readonly tilt_deg: number;
  /** How much nearer the lower edge is than the upper, of 1. */
  readonly keystone: number;
  readonly folds: number;
  /** Darkness of the ink, 0 to 1; thermal print fades. */
  readonly ink: number;
  /** The orientation that the camera writes; the pixels are stored turned accordingly. */
  readonly orientation: 1 | 3 | 6 | 8;
}

export interface Photograph {
  /** RGB, upright. */
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

const TABLE_PX = 50;
const PAPER: Rgb = [243, 241, 235];
const INK: Rgb = [38, 38, 48];
/** Brightness falls off by this much from one corner to the opposite one. */
const LIGHT_FALL = 0.14;
const NOISE = 4.5;

/** Every pixel is traced back to the paper: tilt, keystone and creases, then light and the sensor's noise. */
export function photograph(print: Print, scene: Scene): Photograph {
  const random = seededRandom(scene.seed);
  const surface = crumple(scene.folds, print.width, print.height, random);
  const printer = fading(scene.ink, random);
  const radians = (scene.tilt_deg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const grow = 1 + Math.abs(scene.keystone) / 2;
  const width = Math.round((print.width * Math.abs(cos) + print.height * Math.abs(sin)) * grow + 2 * TABLE_PX);
  const height = Math.round((print.height * Math.abs(cos) + print.width * Math.abs(sin)) * grow + 2 * TABLE_PX);
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [across, down] = [x - width / 2, y - height / 2];
      const near = 1 + (scene.keystone * down) / height;
      const u = (across * cos + down * sin) / near + print.width / 2;
      const v = (down * cos - across * sin) / near + print.height / 2;
      const light = 1 - LIGHT_FALL * (x / width + y / height) * 0.5 + (NOISE / 255) * roughNormal(random);
      const isPaper = u >= 0 && v >= 0 && u < print.width && v < print.height;
      const relief = isPaper ? surface(u, v) : null;
      const ink = relief === null ? 0 : inkAt(print, u + relief.dx, v + relief.dy) * printer(u);
      const base = isPaper ? PAPER : scene.table;
      const at = (y * width + x) * 3;
      for (let channel = 0; channel < 3; channel += 1) {
        const colour = (base[channel] ?? 0) * (1 - ink) + (INK[channel] ?? 0) * ink;
        pixels[at + channel] = Math.max(0, Math.min(255, Math.round(colour * (light + (relief?.shade ?? 0)))));
      }
    }
  }
  return { pixels, width, height };
}

/** A print head whose heating elements are unevenly worn: fainter stripes along the paper. */
function fading(ink: number, random: () => number): (u: number) => number {
  const waves = [1, 2, 3].map((octave) => ({ period_px: 190 / octave, phase: random() * 2 * Math.PI }));
  return (u) => {
    const wear = waves.reduce(
      (total, { period_px, phase }) => total + Math.sin((2 * Math.PI * u) / period_px + phase),
      0,
    );
    return Math.min(1, ink * (1 + 0.05 * wear));
  };
}

/** Bilinear, 0 to 1. */
function inkAt({ ink, width, height }: Print, u: number, v: number): number {
  const [x, y] = [Math.floor(u), Math.floor(v)];
  if (x < 0 || y < 0 || x >= width - 1 || y >= height - 1) return 0;
  const [right, lower] = [u - x, v - y];
  const at = (column: number, row: number) => (ink[row * width + column] ?? 0) / 255;
  const upperInk = at(x, y) * (1 - right) + at(x + 1, y) * right;
  const lowerInk = at(x, y + 1) * (1 - right) + at(x + 1, y + 1) * right;
  return upperInk * (1 - lower) + lowerInk * lower;
}
