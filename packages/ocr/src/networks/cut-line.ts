import type { RgbImage } from '../pictures/rgb-image.ts';
import { heightOf, type TextBox, widthOf } from './text-box.ts';

/** The height at which recognition reads. */
export const LINE_HEIGHT_PX = 48;
/** A longer line would need more memory than it is worth; it is squeezed. */
const LINE_WIDTH_PX_MAX = 3_200;
/** Samples for each pixel and direction, where the line is shrunk. */
const SAMPLES_MAX = 4;

/** A line laid flat: three planes (blue, green, red, as the networks were trained) of -1 to 1, rows from the top. */
export interface CutLine {
  readonly planes: Float32Array;
  readonly width: number;
}

export function cutWidth(box: TextBox): number {
  const width = Math.round((LINE_HEIGHT_PX * widthOf(box)) / Math.max(1, heightOf(box)));
  return Math.max(8, Math.min(LINE_WIDTH_PX_MAX, width));
}

/** Cuts a box out of the image, bilinear, with several samples a pixel where the line is shrunk. */
export function cutLine(image: RgbImage, box: TextBox, width = cutWidth(box), height = LINE_HEIGHT_PX): CutLine {
  const { pixels, width: imageWidth, height: imageHeight } = image;
  const samples = Math.max(1, Math.min(SAMPLES_MAX, Math.round(heightOf(box) / height)));
  const planes = new Float32Array(3 * width * height);
  const plane = width * height;
  const weight = 2 / 255 / (samples * samples);
  const [cx, cy] = box.centre;
  const [right, bottom] = [imageWidth - 1, imageHeight - 1];
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      let [red, green, blue] = [0, 0, 0];
      for (let sample = 0; sample < samples * samples; sample += 1) {
        const u = (2 * (column + ((sample % samples) + 0.5) / samples)) / width - 1;
        const v = (2 * (row + (Math.floor(sample / samples) + 0.5) / samples)) / height - 1;
        const x = Math.min(right, Math.max(0, cx + u * box.along[0] + v * box.down[0] - 0.5));
        const y = Math.min(bottom, Math.max(0, cy + u * box.along[1] + v * box.down[1] - 0.5));
        const [x0, y0] = [Math.floor(x), Math.floor(y)];
        const [fx, fy] = [x - x0, y - y0];
        const a = (y0 * imageWidth + x0) * 3;
        const b = x0 < right ? a + 3 : a;
        const down = y0 < bottom ? imageWidth * 3 : 0;
        const wa = (1 - fx) * (1 - fy);
        const wb = fx * (1 - fy);
        const wc = (1 - fx) * fy;
        const wd = fx * fy;
        // biome-ignore-start lint/style/noNonNullAssertion: the four places are inside, and this is the inner loop
        red += pixels[a]! * wa + pixels[b]! * wb + pixels[a + down]! * wc + pixels[b + down]! * wd;
        green += pixels[a + 1]! * wa + pixels[b + 1]! * wb + pixels[a + down + 1]! * wc + pixels[b + down + 1]! * wd;
        blue += pixels[a + 2]! * wa + pixels[b + 2]! * wb + pixels[a + down + 2]! * wc + pixels[b + down + 2]! * wd;
        // biome-ignore-end lint/style/noNonNullAssertion: as above
      }
      const at = row * width + column;
      planes[at] = blue * weight - 1;
      planes[plane + at] = green * weight - 1;
      planes[2 * plane + at] = red * weight - 1;
    }
  }
  return { planes, width };
}
