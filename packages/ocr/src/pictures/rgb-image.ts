import sharp, { type Sharp } from 'sharp';

/** Three bytes a pixel, rows from the top. */
export interface RgbImage {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The pipeline's result in sRGB, without alpha. */
export async function rgbOf(pipeline: Sharp): Promise<RgbImage> {
  const { data, info } = await pipeline.toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  if (info.channels === 3) return { pixels: data, width, height };
  if (info.channels !== 1) throw new Error(`expected three channels, sharp gave ${info.channels}`);
  const pixels = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i += 1) pixels.fill(data[i] ?? 0, i * 3, i * 3 + 3);
  return { pixels, width, height };
}

export function sharpOfRgb({ pixels, width, height }: RgbImage): Sharp {
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}
