import { decodeUpright } from '../../pictures/decode-upright.ts';
import type { EngineImage } from '../engine.ts';
import { type GreyImage, greyOf } from './grey-image.ts';

/** Upright and grey. ENGINE_CANNOT_READ_TYPE, or IMAGE_UNREADABLE. */
export function decodeImage(image: EngineImage): Promise<GreyImage> {
  return decodeUpright(image, 'Tesseract', (upright) => greyOf(upright.greyscale()));
}
