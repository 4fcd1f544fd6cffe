import sharp, { type Sharp } from 'sharp';
import { decodeBmp } from '../pages/decode-bmp.ts';
import { drawPdfPages } from '../pages/pdf-pages.ts';
import { unreadableFile } from '../pictures/decode-upright.ts';
import type { EngineImage } from '../pictures/engine-image.ts';
import { sharpOfRgb } from '../pictures/rgb-image.ts';

/** A page as a person sees it: upright JPEG on white, large enough to read and small enough to send. */
export interface PageView {
  readonly full: Uint8Array;
  readonly thumb: Uint8Array;
}

/** Pixels of a view: letters of a long receipt stay readable. */
const VIEW_PIXELS_MAX = 4_000_000;
/** JPEG allows 65,535; browsers draw this much everywhere. */
const VIEW_SIDE_PX_MAX = 8_000;
const THUMB_SIDE_PX = 320;
const VIEW_QUALITY = 80;
const THUMB_QUALITY = 70;

/**
 * The views of a file, page by page; none of an e-invoice, which has nothing to see, nor of HEIC, which is decoded on a Mac
 * alone. Runs in a reading process. IMAGE_UNREADABLE where a page cannot be decoded.
 */
export async function pageViews(image: EngineImage): Promise<PageView[]> {
  switch (image.type) {
    case 'xml':
    case 'heic':
      return [];
    case 'pdf':
      return drawPdfPages(image.bytes, VIEW_PIXELS_MAX, viewOf);
    case 'bmp':
      return [await viewOf(sharpOfRgb(decodeBmp(image.bytes)))];
    default:
      return pictureViews(image);
  }
}

async function pictureViews(image: EngineImage): Promise<PageView[]> {
  const views: PageView[] = [];
  try {
    for (let page = 0; page < (image.pages ?? 1); page += 1) {
      // What ends early or is damaged has been refused or is shown as far as it goes: this only shows it.
      const picture = sharp(image.bytes, { page, failOn: 'none', limitInputPixels: pixelsMax(image) });
      views.push(await viewOf(picture));
    }
  } catch (cause) {
    throw unreadableFile(image.type, cause);
  }
  return views;
}

/** Shrunk while it is decoded, where the format allows that; the thumbnail is made of the view. */
async function viewOf(picture: Sharp): Promise<PageView> {
  const { width, height } = (await picture.metadata()).autoOrient;
  const scale = Math.min(1, Math.sqrt(VIEW_PIXELS_MAX / (width * height)), VIEW_SIDE_PX_MAX / Math.max(width, height));
  const [w = 1, h = 1] = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
  const full = await picture
    .autoOrient()
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .resize({ width: w, height: h, fit: 'fill' })
    .jpeg({ quality: VIEW_QUALITY })
    .toBuffer();
  const thumb = await sharp(full)
    .resize({ width: THUMB_SIDE_PX, height: THUMB_SIDE_PX, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: THUMB_QUALITY })
    .toBuffer();
  return { full, thumb };
}

/** A further page may be larger than the first, whose size is known. */
function pixelsMax({ width, height }: EngineImage): number {
  return Math.max(width * height, 4 * VIEW_PIXELS_MAX);
}
