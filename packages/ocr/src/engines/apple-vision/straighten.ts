import type { Point, Quad } from '@slipstream/shared';
import sharp from 'sharp';
import { boxOf, mapQuad, type Size, toPixels } from '../../layout/page.ts';
import { flatSize, project, rectangleToQuad } from './perspective.ts';
import { CHANNELS, type Pixels, warpPixels } from './warp-pixels.ts';

/** A part of an image, made flat. */
export interface Straightened {
  /** A PNG file. */
  readonly bytes: Uint8Array;
  readonly size: Size;
  /** From 0..1 of the flat part to 0..1 of the upright image. */
  readonly toImage: (point: Point) => Point;
}

/** Small type is enlarged to what Vision reads best; more than twice only blurs it. */
const WIDTH_WANTED_PX = 1_400;
const ENLARGEMENT_MAX = 2;
/** Bounds of memory: 3 bytes a pixel, twice. */
const FLAT_PIXELS_MAX = 24_000_000;

/** Cuts the sheet out of an image that sharp can decode, and straightens it. `sheet` is in 0..1 of the upright image. */
export async function straighten(bytes: Uint8Array, image: Size, sheet: Quad): Promise<Straightened> {
  const onImage = toPixels(sheet, image);
  const natural = flatSize(onImage);
  const scale = scaleFor(natural);
  const size = { width: Math.round(natural.width * scale), height: Math.round(natural.height * scale) };
  const { pixels, origin, shrink } = await decodePart(bytes, image, onImage, scale);
  const onPart = mapQuad(onImage, ([x, y]) => [(x - origin[0]) * shrink[0], (y - origin[1]) * shrink[1]]);
  const flat = await warpPixels(pixels, size, rectangleToQuad(size, onPart));

  const unit = { width: 1, height: 1 };
  const toImage = rectangleToQuad(unit, sheet);
  const raw = { width: size.width, height: size.height, channels: CHANNELS } as const;
  return {
    bytes: await sharp(flat.data, { raw }).png({ compressionLevel: 1 }).toBuffer(),
    size,
    toImage: (point) => project(toImage, point),
  };
}

function scaleFor({ width, height }: Size): number {
  const wanted = Math.min(Math.max(WIDTH_WANTED_PX / width, 1), ENLARGEMENT_MAX);
  return Math.min(wanted, Math.sqrt(FLAT_PIXELS_MAX / (width * height)));
}

/** The pixels around the sheet only; shrunk first where they are more than wanted, since the warp does not average. */
async function decodePart(
  bytes: Uint8Array,
  image: Size,
  sheet: Quad,
  scale: number,
): Promise<{ pixels: Pixels; origin: Point; shrink: Point }> {
  const box = boxOf(sheet);
  const left = Math.max(0, Math.floor(box.left) - 1);
  const top = Math.max(0, Math.floor(box.top) - 1);
  const width = Math.min(image.width, Math.ceil(box.right) + 1) - left;
  const height = Math.min(image.height, Math.ceil(box.bottom) + 1) - top;
  const factor = Math.min(1, scale);
  const wanted = { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
  const { data, info } = await sharp(bytes, { limitInputPixels: image.width * image.height })
    .autoOrient()
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .extract({ left, top, width, height })
    .resize({ ...wanted, fit: 'fill' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    pixels: { data, width: info.width, height: info.height },
    origin: [left, top],
    shrink: [info.width / width, info.height / height],
  };
}
