import { DamagedHeaderError, HEADER_PARTS_MAX } from './image-header.ts';

/** TIFF 6.0, section 2: a directory of tags, which EXIF uses as well. Only the single numbers of it. */
export interface TiffDirectory {
  readonly tags: ReadonlyMap<number, number>;
  /** Offset of the next directory from the start of the TIFF data, 0 for none. */
  readonly next: number;
}

export const TIFF_TAGS = { subfileType: 254, width: 256, height: 257, orientation: 274 } as const;

export const ENTRY_BYTES = 12;
export const TYPE_SHORT = 3;
export const TYPE_LONG = 4;

/** `start` is where the TIFF data begin. Throws RangeError or DamagedHeaderError. */
export function firstTiffDirectory(view: DataView, start: number): TiffDirectory {
  return tiffDirectoryAt(view, start, view.getUint32(start + 4, isLittleEndian(view, start)));
}

/** The directory at `offset` from `start`. */
export function tiffDirectoryAt(view: DataView, start: number, offset: number): TiffDirectory {
  const little = isLittleEndian(view, start);
  const count = view.getUint16(start + offset, little);
  if (count > HEADER_PARTS_MAX) throw new DamagedHeaderError(`a directory of ${count} tags`);
  const tags = new Map<number, number>();
  for (let index = 0; index < count; index += 1) {
    const entry = start + offset + 2 + index * ENTRY_BYTES;
    const type = view.getUint16(entry + 2, little);
    if (view.getUint32(entry + 4, little) !== 1) continue;
    if (type === TYPE_SHORT) tags.set(view.getUint16(entry, little), view.getUint16(entry + 8, little));
    if (type === TYPE_LONG) tags.set(view.getUint16(entry, little), view.getUint32(entry + 8, little));
  }
  const end = start + offset + 2 + count * ENTRY_BYTES;
  // EXIF blocks are often cut right behind the last tag.
  return { tags, next: end + 4 <= view.byteLength ? view.getUint32(end, little) : 0 };
}

export function isLittleEndian(view: DataView, start: number): boolean {
  const order = view.getUint16(start);
  if (order !== 0x4949 && order !== 0x4d4d) throw new DamagedHeaderError('no byte order mark');
  const little = order === 0x4949;
  if (view.getUint16(start + 2, little) !== 42) throw new DamagedHeaderError('no TIFF data');
  return little;
}
