import { SlipstreamError } from '@slipstream/shared';
import { orientationOf } from './exif-orientation.ts';
import { DamagedHeaderError, type ImageHeader, viewOf } from './image-header.ts';
import { firstTiffDirectory, TIFF_TAGS, tiffDirectoryAt } from './tiff-directory.ts';

/** Bit 0 of NewSubfileType: a smaller copy of another image of the file. */
const REDUCED_COPY = 1;

/** The first page. A file of several pages is refused: an engine would read the first and say nothing of the others. */
export function tiffHeader(bytes: Uint8Array): ImageHeader {
  const view = viewOf(bytes);
  const { tags, next } = firstTiffDirectory(view, 0);
  const width = tags.get(TIFF_TAGS.width);
  const height = tags.get(TIFF_TAGS.height);
  if (width === undefined || height === undefined) throw new DamagedHeaderError('no size');
  if (next !== 0 && !isReducedCopy(view, next)) {
    throw new SlipstreamError(
      'IMAGE_TYPE_UNSUPPORTED',
      'The file is a TIFF of several pages; send each page as an image of its own.',
    );
  }
  return { width, height, orientation: orientationOf(tags.get(TIFF_TAGS.orientation)) };
}

function isReducedCopy(view: DataView, offset: number): boolean {
  const subfileType = tiffDirectoryAt(view, 0, offset).tags.get(TIFF_TAGS.subfileType) ?? 0;
  return (subfileType & REDUCED_COPY) !== 0;
}
