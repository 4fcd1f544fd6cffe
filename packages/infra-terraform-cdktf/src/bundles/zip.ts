import { crc32, deflateRawSync } from 'node:zlib';

/**
 * A zip whose bytes depend on its files alone: no times, names in order, so that a deploy without changes changes
 * nothing. Node's own zlib: a deflater in JavaScript takes half a minute for the native module.
 * Format: PKWARE APPNOTE 6.3, sections 4.3.7 and 4.3.12.
 */
export function makeZip(files: Readonly<Record<string, Buffer>>): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  const names = Object.keys(files).toSorted();
  for (const name of names) {
    const file = files[name] ?? Buffer.alloc(0);
    const entry = { name: Buffer.from(name), crc: crc32(file), size: file.byteLength, deflated: deflateRawSync(file) };
    const header = localHeader(entry);
    directory.push(directoryHeader(entry, offset), entry.name);
    local.push(header, entry.name, entry.deflated);
    offset += header.byteLength + entry.name.byteLength + entry.deflated.byteLength;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(names.length, 8);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(index.byteLength, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, index, end]);
}

interface Entry {
  readonly name: Buffer;
  readonly crc: number;
  readonly size: number;
  readonly deflated: Buffer;
}

/** Zip times begin in 1980: day 1 of month 1. */
const FIRST_DAY = (1 << 5) | 1;
const DEFLATED = 8;
const VERSION = 20;
/** "Made by Unix", so that the mode below counts; and rw-r--r--: Lambda reads as another user than the owner. */
const MADE_BY_UNIX = (3 << 8) | VERSION;
const MODE = 0o100644;

function localHeader(entry: Entry): Buffer {
  const header = Buffer.alloc(30);
  header.write('PK\x03\x04', 'latin1');
  header.writeUInt16LE(VERSION, 4);
  writeCommon(header, 8, entry);
  return header;
}

function directoryHeader(entry: Entry, offset: number): Buffer {
  const header = Buffer.alloc(46);
  header.write('PK\x01\x02', 'latin1');
  header.writeUInt16LE(MADE_BY_UNIX, 4);
  header.writeUInt16LE(VERSION, 6);
  writeCommon(header, 10, entry);
  header.writeUInt32LE(MODE * 0x10000, 38);
  header.writeUInt32LE(offset, 42);
  return header;
}

/** From the method on, both headers are alike. */
function writeCommon(header: Buffer, at: number, { name, crc, size, deflated }: Entry): void {
  header.writeUInt16LE(DEFLATED, at);
  header.writeUInt16LE(FIRST_DAY, at + 4);
  header.writeUInt32LE(crc, at + 6);
  header.writeUInt32LE(deflated.byteLength, at + 10);
  header.writeUInt32LE(size, at + 14);
  header.writeUInt16LE(name.byteLength, at + 18);
}
