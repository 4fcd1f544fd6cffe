import { type GreyImage, greyOf, sharpOf } from './grey-image.ts';
import { type InkComponent, inkComponents } from './ink-components.ts';

/** Components are followed in JavaScript, about 20 ms a megapixel; letters are still whole at this size. */
const MEASURED_PIXELS_MAX = 3_000_000;

/** The ink on `image`, in its own pixels; found on a smaller copy where it is large. */
export async function measureInk(image: GreyImage): Promise<InkComponent[]> {
  const scale = Math.min(1, Math.sqrt(MEASURED_PIXELS_MAX / (image.width * image.height)));
  if (scale === 1) return inkComponents(image);
  const components = await inkComponents(
    await greyOf(sharpOf(image).resize({ width: Math.round(image.width * scale) })),
  );
  return components.map(({ x0, y0, x1, y1, area }) => ({
    x0: x0 / scale,
    y0: y0 / scale,
    x1: x1 / scale,
    y1: y1 / scale,
    area: area / (scale * scale),
  }));
}
