import { type GreyImage, greyOf, sharpOf } from './grey-image.ts';
import { inkComponents } from './ink-components.ts';
import { type TextGeometry, textGeometry } from './text-geometry.ts';

/** Components are followed in JavaScript, about 20 ms a megapixel; letters are still whole at this size. */
const MEASURED_PIXELS_MAX = 3_000_000;

/** How the text stands on `image`, in its own pixels. */
export async function measureText(image: GreyImage): Promise<TextGeometry> {
  const scale = Math.min(1, Math.sqrt(MEASURED_PIXELS_MAX / (image.width * image.height)));
  const measured = scale < 1 ? await greyOf(sharpOf(image).resize({ width: Math.round(image.width * scale) })) : image;
  const geometry = textGeometry(await inkComponents(measured));
  const { letter_height_px } = geometry;
  return { ...geometry, letter_height_px: letter_height_px === null ? null : letter_height_px / scale };
}
