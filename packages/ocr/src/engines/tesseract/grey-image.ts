import sharp, { type Sharp } from 'sharp';

/** One byte a pixel, 0 black, rows from the top. */
export interface GreyImage {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** What sharp needs to be told about raw pixels. */
export function sharpOf(image: GreyImage): Sharp {
  const { pixels, width, height } = image;
  return sharp(pixels, { raw: { width, height, channels: 1 } });
}

/** The pipeline's result as one grey channel. */
export async function greyOf(pipeline: Sharp): Promise<GreyImage> {
  const { data, info } = await pipeline.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  if (info.channels !== 1) throw new Error(`expected one channel, sharp gave ${info.channels}`);
  return { pixels: data, width: info.width, height: info.height };
}

/** Netpbm's P5, which Leptonica reads without decoding anything. */
export function toPgm({ pixels, width, height }: GreyImage): Uint8Array<ArrayBuffer> {
  const header = new TextEncoder().encode(`P5\n${width} ${height}\n255\n`);
  const file = new Uint8Array(header.length + pixels.length);
  file.set(header);
  file.set(pixels, header.length);
  return file;
}
