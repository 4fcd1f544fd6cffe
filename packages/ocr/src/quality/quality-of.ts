import type { OcrQuality } from '@slipstream/shared';
import { decodeUpright } from '../pictures/decode-upright.ts';
import type { EngineImage } from '../pictures/engine-image.ts';
import { MEASURED_SIDE_PX } from './grey-pixels.ts';
import { measureQuality } from './measure-quality.ts';

/** The quality of one picture; null of HEIC, which is not decoded here. IMAGE_UNREADABLE where it is damaged. */
export async function qualityOf(image: EngineImage): Promise<OcrQuality | null> {
  if (image.type === 'heic') return null;
  return decodeUpright(image, 'Quality', async (upright) => {
    const side = MEASURED_SIDE_PX;
    const small = upright.resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true }).greyscale();
    const { data, info } = await small.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
    return measureQuality({ pixels: data, width: info.width, height: info.height }, image);
  });
}
