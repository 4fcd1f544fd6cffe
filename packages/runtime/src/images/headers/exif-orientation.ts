import { DamagedHeaderError } from './image-header.ts';
import { firstTiffDirectory, TIFF_TAGS } from './tiff-directory.ts';

/** 1 to 8; anything else is read as upright, as viewers do. */
export function orientationOf(tag: number | undefined): number {
  return tag !== undefined && tag >= 1 && tag <= 8 ? tag : 1;
}

/** The orientation in an EXIF block of `length` bytes. A damaged block says nothing about the picture, so it is upright. */
export function exifOrientation(view: DataView, start: number, length: number): number {
  try {
    const block = new DataView(view.buffer, view.byteOffset + start, length);
    return orientationOf(firstTiffDirectory(block, 0).tags.get(TIFF_TAGS.orientation));
  } catch (thrown) {
    if (thrown instanceof RangeError || thrown instanceof DamagedHeaderError) return 1;
    throw thrown;
  }
}
