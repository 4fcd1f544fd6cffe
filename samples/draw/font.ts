import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import opentype, { type Font } from 'opentype.js';
import type { Sample } from './sample.ts';

const require = createRequire(import.meta.url);

/** The outlines come from npm: what fonts the machine has makes no difference to the drawing. */
export async function loadFont(name: Sample['font']): Promise<Font> {
  const file = await readFile(require.resolve(`@fontsource/${name}/files/${name}-latin-400-normal.woff`));
  return opentype.parse(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength));
}
