import sharp, { type Sharp } from 'sharp';
import { unreadableFile, WORKING_PIXELS_MAX } from '../pictures/decode-upright.ts';
import type { EngineImage } from '../pictures/engine-image.ts';
import { sharpOfRgb } from '../pictures/rgb-image.ts';
import { decodeBmp } from './decode-bmp.ts';
import type { PageContent } from './page-content.ts';

/** Fast to write and to read again: the picture only goes from one process to the next. */
const PNG_LEVEL = 1;

/** The pictures of a file: of a TIFF or GIF each page, of all others one. IMAGE_UNREADABLE where one cannot be decoded. */
export async function picturePages(image: EngineImage): Promise<PageContent[]> {
  if (image.type === 'bmp') return [await pageOf(sharpOfRgb(decodeBmp(image.bytes)))];
  try {
    const pages: PageContent[] = [];
    for (let page = 0; page < (image.pages ?? 1); page += 1) {
      const options = { page, failOn: 'error' as const, limitInputPixels: pixelsMax(image) };
      pages.push(await pageOf(sharp(image.bytes, options).autoOrient()));
    }
    return pages;
  } catch (cause) {
    throw unreadableFile(image.type, cause);
  }
}

export async function pageOf(picture: Sharp): Promise<PageContent> {
  const { data, info } = await picture
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .png({ compressionLevel: PNG_LEVEL })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, lines: null, picture: data };
}

/** A further page may be larger than the first, whose size is known. */
function pixelsMax({ width, height }: EngineImage): number {
  return Math.max(width * height, WORKING_PIXELS_MAX);
}
