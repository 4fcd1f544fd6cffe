import type { Point, Quad } from '../../src/index.ts';
import { loadAddon } from '../../src/load-addon.ts';

export type StoredQuad = [Point, Point, Point, Point];

export interface FakeLine {
  text?: string;
  /** UTF-16 units in place of the text, where JSON cannot say it. */
  units?: number[];
  confidence?: number;
  quad: StoredQuad;
  boxes?: 'nil' | 'error' | 'empty' | 'throw';
}

/** The fields of an image for the stand-in; verify/fake/fake_image.h says what they do. */
export interface FakeImage {
  width?: number;
  height?: number;
  orientation?: number;
  lines?: FakeLine[];
  document?: StoredQuad;
  delayMs?: number;
  deaf?: boolean;
  error?: { code: number; message: string } | 'silent';
  throw?: string;
  noResults?: boolean;
  noHeader?: boolean;
  poison?: boolean;
  crash?: boolean;
  echo?: boolean;
}

export const SHEET: StoredQuad = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

export function fakeImage(image: FakeImage = {}): Buffer {
  return Buffer.from(`FAKEIMG${JSON.stringify({ width: 400, height: 800, ...image })}`);
}

export function rectangle(x: number, y: number, width: number, height: number): StoredQuad {
  return [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ];
}

/** Where a point of the upright image stands in the stored one: the inverse of EXIF's orientation. */
function stored([x, y]: Point, orientation: number): Point {
  switch (orientation) {
    case 2:
      return [1 - x, y];
    case 3:
      return [1 - x, 1 - y];
    case 4:
      return [x, 1 - y];
    case 5:
      return [y, x];
    case 6:
      return [y, 1 - x];
    case 7:
      return [1 - y, 1 - x];
    case 8:
      return [1 - y, x];
    default:
      return [x, y];
  }
}

export function storedQuad([a, b, c, d]: Quad, orientation: number): StoredQuad {
  return [stored(a, orientation), stored(b, orientation), stored(c, orientation), stored(d, orientation)];
}

export interface FakeCounters {
  liveObjects: number;
  peakThreads: number;
  mainThreadCalls: number;
  performed: number;
  cancels: number;
  nanoseconds: number;
  boxes: number;
  /** Memory in use by malloc, of the whole process; 0 under a sanitizer. */
  heapBytes: number;
}

/** What the stand-in has counted since it was loaded. */
export function fakeCounters(): FakeCounters {
  const { addon } = loadedAddon();
  if (!('fakeCounters' in addon) || typeof addon.fakeCounters !== 'function') throw new Error('this is no stand-in');
  return addon.fakeCounters();
}

/** What one word's box costs the stand-in. */
export function fakeNanosecondsABox(): number {
  const { addon } = loadedAddon();
  if (!('fakeNanosecondsABox' in addon) || typeof addon.fakeNanosecondsABox !== 'function') {
    throw new Error('this is no stand-in');
  }
  return addon.fakeNanosecondsABox();
}

function loadedAddon() {
  const loaded = loadAddon();
  if ('addon' in loaded) return loaded;
  throw new Error(loaded.reason);
}
