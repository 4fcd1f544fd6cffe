import sharp from 'sharp';
import { loadFont } from './font.ts';
import { type Photograph, photograph, type Scene } from './photograph.ts';
import { printPaper } from './print-paper.ts';
import type { Sample } from './sample.ts';

const JPEG_QUALITY = 62;
/** Quarter turns clockwise that undo an orientation; the file's pixels are turned the other way. */
const UPRIGHT_TURN_DEG: Readonly<Record<Scene['orientation'], number>> = { 1: 0, 3: 180, 6: 90, 8: 270 };

/** The sample as a camera would have written it: the same JPEG on every run. */
export async function drawSample(sample: Sample): Promise<Buffer> {
  const print = await printPaper(sample.lines, await loadFont(sample.font), sample.columns);
  return encode(photograph(print, sample.scene), sample.scene.orientation);
}

function encode({ pixels, width, height }: Photograph, orientation: Scene['orientation']): Promise<Buffer> {
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .rotate(360 - UPRIGHT_TURN_DEG[orientation])
    .blur(0.6)
    .withMetadata({ orientation })
    .jpeg({ quality: JPEG_QUALITY, chromaSubsampling: '4:2:0' })
    .toBuffer();
}
