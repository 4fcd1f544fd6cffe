import { DamagedHeaderError, type ImageHeader, viewOf } from './image-header.ts';

/** BITMAPCOREHEADER, the only one of 16-bit sides. */
const CORE_HEADER_BYTES = 12;

/** The header behind the 14 bytes of BITMAPFILEHEADER; a negative height is that of rows from the top. */
export function bmpHeader(bytes: Uint8Array): ImageHeader {
  const view = viewOf(bytes);
  const headerBytes = view.getUint32(14, true);
  if (headerBytes === CORE_HEADER_BYTES) {
    return { width: view.getUint16(18, true), height: view.getUint16(20, true), orientation: 1 };
  }
  if (headerBytes < 40 || headerBytes > 256) throw new DamagedHeaderError(`a header of ${headerBytes} bytes`);
  const width = view.getInt32(18, true);
  if (width < 0) throw new DamagedHeaderError('a negative width');
  return { width, height: Math.abs(view.getInt32(22, true)), orientation: 1 };
}
