import { type RgbImage, rgbOf, sharpOfRgb } from '../pictures/rgb-image.ts';
import { detectionSize, type Size } from './detection-size.ts';
import type { Network } from './runtime.ts';
import { scaled, type TextBox } from './text-box.ts';
import { textBoxes } from './text-boxes.ts';

/** ImageNet's mean and deviation in 0..1, blue first, as the network was trained. */
const MEAN = [0.406, 0.456, 0.485] as const;
const DEVIATION = [0.225, 0.224, 0.229] as const;

/** The boxes of text on an image, in its pixels, in no order; small images and long ones at the size that `size` gives. */
export async function findText(
  detection: Network,
  image: RgbImage,
  size: Size = detectionSize(image),
): Promise<TextBox[]> {
  const { width, height } = size;
  const small = await rgbOf(sharpOfRgb(image).resize({ width, height, fit: 'fill', kernel: 'linear' }));
  const { values } = await detection.run(normalised(small), [1, 3, height, width]);
  const boxes = textBoxes({ values, width, height });
  return boxes.map((box) => scaled(box, image.width / width, image.height / height));
}

function normalised({ pixels, width, height }: RgbImage): Float32Array {
  const plane = width * height;
  const planes = new Float32Array(3 * plane);
  for (let channel = 0; channel < 3; channel += 1) {
    const scale = 1 / (255 * (DEVIATION[channel] ?? 1));
    const shift = (MEAN[channel] ?? 0) / (DEVIATION[channel] ?? 1);
    const offset = 2 - channel;
    for (let at = 0; at < plane; at += 1) planes[channel * plane + at] = (pixels[at * 3 + offset] ?? 0) * scale - shift;
  }
  return planes;
}
