import { HEADER_PARTS_MAX, viewOf } from './image-header.ts';
import { ENTRY_BYTES, isLittleEndian, TYPE_LONG, TYPE_SHORT } from './tiff-directory.ts';

/** TIFF 6.0, sections 3 and 15: where the strips or tiles of an image begin, and the tags of their lengths. */
const LENGTHS_OF: ReadonlyMap<number, number> = new Map([
  [273, 279],
  [324, 325],
]);
/** By type, from BYTE (1) to IFD (13). */
const BYTES_OF = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];
/** Strips and tiles that are looked at; a scan has some hundred. */
const PARTS_MAX = 1_000_000;

/** Whether every tag, strip and tile of every page lies within the file. Throws RangeError where a directory does not. */
export function hasAllTiffParts(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  const little = isLittleEndian(view, 0);
  let parts = 0;
  for (let at = view.getUint32(4, little), pages = 0; at !== 0; pages += 1) {
    const count = view.getUint16(at, little);
    if (pages === HEADER_PARTS_MAX || count > HEADER_PARTS_MAX) return true; // damaged, which its header says
    const tags = new Map<number, number>();
    for (let index = 0; index < count; index += 1) {
      const entry = at + 2 + index * ENTRY_BYTES;
      tags.set(view.getUint16(entry, little), entry);
      const size = numbersOf(view, entry, little) * (BYTES_OF[view.getUint16(entry + 2, little)] ?? 0);
      if (size > 4 && view.getUint32(entry + 8, little) + size > view.byteLength) return false;
    }
    for (const [offsetTag, lengthTag] of LENGTHS_OF) {
      const [offsets, lengths] = [tags.get(offsetTag), tags.get(lengthTag)];
      if (offsets === undefined || lengths === undefined) continue;
      const known = Math.min(numbersOf(view, offsets, little), numbersOf(view, lengths, little));
      parts += known;
      if (parts > PARTS_MAX) return true; // none of ours to decide
      for (let n = 0; n < known; n += 1) {
        if (numberAt(view, offsets, n, little) + numberAt(view, lengths, n, little) > view.byteLength) return false;
      }
    }
    at = view.getUint32(at + 2 + count * ENTRY_BYTES, little);
  }
  return true;
}

function numbersOf(view: DataView, entry: number, little: boolean): number {
  return view.getUint32(entry + 4, little);
}

/** The nth of a tag's numbers: in the entry where they have room, else where it points. */
function numberAt(view: DataView, entry: number, n: number, little: boolean): number {
  const type = view.getUint16(entry + 2, little);
  if (type !== TYPE_SHORT && type !== TYPE_LONG) return 0;
  const size = type === TYPE_SHORT ? 2 : 4;
  const isInside = numbersOf(view, entry, little) * size <= 4;
  const at = (isInside ? entry + 8 : view.getUint32(entry + 8, little)) + n * size;
  return type === TYPE_SHORT ? view.getUint16(at, little) : view.getUint32(at, little);
}
