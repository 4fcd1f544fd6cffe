/** What an image file's header says, before the orientation is applied. */
export interface ImageHeader {
  /** Pixels as stored. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation, 1 to 8; 1 where the file says none. */
  readonly orientation: number;
  /** 1 where nothing is said. */
  readonly pages?: number;
}

/** Segments, chunks, boxes or tags that a header may have; a photograph has some fifty. */
export const HEADER_PARTS_MAX = 4_096;

/** The header cannot be what it says it is. Reading past the end throws DataView's RangeError, which means the same. */
export class DamagedHeaderError extends Error {
  override readonly name = 'DamagedHeaderError';
}

/** Exactly these bytes: a Buffer is often a slice of a larger pool, which must not be read. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Four characters, as chunk and box types are written. */
export function fourCharacters(view: DataView, offset: number): string {
  return String.fromCharCode(
    view.getUint8(offset),
    view.getUint8(offset + 1),
    view.getUint8(offset + 2),
    view.getUint8(offset + 3),
  );
}
