import { orientationOf } from './exif-orientation.ts';
import { DamagedHeaderError, HEADER_PARTS_MAX, type ImageHeader, viewOf } from './image-header.ts';
import { firstTiffDirectory, TIFF_TAGS, tiffDirectoryAt } from './tiff-directory.ts';

/** Bit 0 of NewSubfileType: a smaller copy of another image of the file. */
const REDUCED_COPY = 1;

/** The first page's size, and how many there are. */
export function tiffHeader(bytes: Uint8Array): ImageHeader {
  const view = viewOf(bytes);
  const { tags, next } = firstTiffDirectory(view, 0);
  const width = tags.get(TIFF_TAGS.width);
  const height = tags.get(TIFF_TAGS.height);
  if (width === undefined || height === undefined) throw new DamagedHeaderError('no size');
  const pages = 1 + furtherPages(view, next);
  return { width, height, orientation: orientationOf(tags.get(TIFF_TAGS.orientation)), pages };
}

/** Directories may be chained to a ring: their number is bounded. */
function furtherPages(view: DataView, first: number): number {
  let pages = 0;
  let offset = first;
  for (let parts = 0; offset !== 0; parts += 1) {
    if (parts === HEADER_PARTS_MAX) throw new DamagedHeaderError('its directories do not end');
    const { tags, next } = tiffDirectoryAt(view, 0, offset);
    if (((tags.get(TIFF_TAGS.subfileType) ?? 0) & REDUCED_COPY) === 0) pages += 1;
    offset = next;
  }
  return pages;
}
