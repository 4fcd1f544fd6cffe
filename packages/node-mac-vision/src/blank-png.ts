import { builtins } from './builtins.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const WHITE = 0xff;
/** One byte a pixel, no colour; methods of compression, filter and interlace as the standard has them. */
const GREYSCALE_8_BIT = [8, 0, 0, 0, 0];

/** A white square as a PNG file (W3C PNG, third edition, section 5). */
export function blankPng(side_px: number): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(side_px, 0);
  header.writeUInt32BE(side_px, 4);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(side_px, WHITE)]);
  const rows = Buffer.concat(Array.from({ length: side_px }, () => row));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', Buffer.concat([header, Buffer.from(GREYSCALE_8_BIT)])),
    chunk('IDAT', builtins.zlib().deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(builtins.zlib().crc32(body));
  return Buffer.concat([length, body, check]);
}
