import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Point, Quad } from '@slipstream/shared';
import sharp from 'sharp';

/**
 * Builds the real addon around a stand-in for Vision and makes it the one that is loaded. False, after saying so, where the
 * tools for it are not installed.
 */
export function useFakeVision(): boolean {
  const script = new URL('../../node-mac-vision/verify/print-fake.ts', import.meta.url);
  const built = spawnSync(process.execPath, [script.pathname], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the stand-in for Vision cannot be built:\n${built.stderr}`);
  const addon = built.stdout.trim();
  if (addon === '') {
    console.error(built.stderr);
    return false;
  }
  process.env.NODE_MAC_VISION_ADDON = addon;
  return true;
}

export interface FakeText {
  readonly text: string;
  /** In 0..1 of the upright image. */
  readonly quad: Quad;
}

/** A real JPEG with its EXIF orientation, and behind its end what the stand-in shall read in it. */
export async function fakePhotograph(
  texts: readonly FakeText[],
  orientation: number,
  behaviour: { delayMs?: number; crash?: boolean; error?: { code: number; message: string } } = {},
): Promise<Buffer> {
  const stored = { width: 300, height: 400 };
  const jpeg = await sharp({ create: { ...stored, channels: 3, background: 'white' } })
    .withMetadata({ orientation })
    .jpeg()
    .toBuffer();
  const lines = texts.map(({ text, quad }) => ({ text, quad: quad.map((point) => storedPoint(point, orientation)) }));
  return Buffer.concat([
    jpeg,
    Buffer.from(`FAKEIMG${JSON.stringify({ ...stored, orientation, lines, ...behaviour })}`),
  ]);
}

/** Where a point of the upright image stands in the stored one: the inverse of EXIF's orientation. */
function storedPoint([x, y]: Point, orientation: number): Point {
  const inverse: Record<number, Point> = {
    1: [x, y],
    2: [1 - x, y],
    3: [1 - x, 1 - y],
    4: [x, 1 - y],
    5: [y, x],
    6: [y, 1 - x],
    7: [1 - y, 1 - x],
    8: [1 - y, x],
  };
  return inverse[orientation] ?? [x, y];
}

/** Process ids of this process's children. Linux only. */
export function childProcesses(): number[] {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim();
  return children === '' ? [] : children.split(' ').map(Number);
}
