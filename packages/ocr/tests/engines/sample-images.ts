import { readFile } from 'node:fs/promises';
import { inspectImage, sha256Hex } from '@slipstream/runtime';
import sharp from 'sharp';
import type { EngineImage } from '../../src/engines/engine.ts';

/** One of the project's own samples. */
export function sampleBytes(name: string): Promise<Buffer> {
  return readFile(new URL(`../../../../samples/${name}.jpg`, import.meta.url));
}

export function engineImage(bytes: Uint8Array): EngineImage {
  const sha256 = sha256Hex(bytes);
  return { image_id: `image-${sha256.slice(0, 8)}`, bytes, sha256, ...inspectImage(bytes) };
}

/** A page without any text. */
export function blankPage(width = 300, height = 200): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#f4f2ec' } })
    .jpeg()
    .toBuffer();
}

/** Signals nothing, ever. */
export const NEVER = new AbortController().signal;
