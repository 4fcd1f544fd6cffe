import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { isTruncated } from '../../src/images/is-truncated.ts';

const picture = () =>
  sharp({
    create: {
      width: 97,
      height: 83,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  });

describe.each([
  ['jpeg', () => picture().jpeg().toBuffer()],
  ['jpeg', () => picture().jpeg({ progressive: true }).withMetadata({ orientation: 6 }).toBuffer()],
  ['png', () => picture().png().toBuffer()],
  ['webp', () => picture().webp().toBuffer()],
  ['avif', () => picture().avif().toBuffer()],
  ['gif', () => picture().gif().toBuffer()],
  ['tiff', () => picture().tiff({ compression: 'lzw' }).toBuffer()],
  ['tiff', () => picture().tiff({ compression: 'none', tile: true, tileWidth: 16, tileHeight: 16 }).toBuffer()],
] as const)('the file of a %s', (type, encode) => {
  it('is whole as it is, and with something after its end', async () => {
    const bytes = await encode();
    expect(isTruncated(bytes, type)).toBe(false);
    const trailer = Buffer.from('a film of some telephone');
    if (type !== 'avif') expect(isTruncated(Buffer.concat([bytes, trailer]), type)).toBe(false);
  });

  it('is cut off at every place behind its first 20 bytes', async () => {
    const bytes = await encode();
    const missed: number[] = [];
    // The last few bytes of a PNG are its end chunk's checksum.
    for (let length = 20; length < bytes.length - 4; length += 13)
      if (!isTruncated(bytes.subarray(0, length), type)) missed.push(length);
    expect(missed).toEqual([]);
  });
});

it('a preview of its own that is whole makes no cut-off photograph whole', async () => {
  const preview = await picture().resize(20).jpeg().toBuffer();
  const length = Buffer.alloc(2);
  length.writeUInt16BE(preview.length + 2);
  const bytes = await picture().jpeg().toBuffer();
  const photograph = Buffer.concat([
    bytes.subarray(0, 2),
    Buffer.from([0xff, 0xe2]),
    length,
    preview,
    bytes.subarray(2),
  ]);
  expect(isTruncated(photograph, 'jpeg')).toBe(false);
  expect(isTruncated(photograph.subarray(0, photograph.length - 200), 'jpeg')).toBe(true);
});

it('a GIF whose encoder left its trailer away is whole', async () => {
  const bytes = await picture().gif().toBuffer();
  expect(isTruncated(bytes.subarray(0, bytes.length - 1), 'gif')).toBe(false);
});

it('directories of a TIFF that are chained to a ring end somewhere', async () => {
  const bytes = Buffer.from(await picture().tiff({ compression: 'none' }).toBuffer());
  const little = bytes.readUInt16BE(0) === 0x4949;
  const [u16, u32] = little
    ? [(at: number) => bytes.readUInt16LE(at), (at: number) => bytes.readUInt32LE(at)]
    : [(at: number) => bytes.readUInt16BE(at), (at: number) => bytes.readUInt32BE(at)];
  const first = u32(4);
  const next = first + 2 + 12 * u16(first);
  if (little) bytes.writeUInt32LE(first, next);
  else bytes.writeUInt32BE(first, next);
  expect(typeof isTruncated(bytes, 'tiff')).toBe('boolean');
});
