import { SlipstreamError } from '@slipstream/shared';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { inspectImage } from '../../src/images/inspect-image.ts';

const WIDTH = 37;
const HEIGHT = 23;
const picture = () => sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#cab' } });

function errorOf(bytes: Uint8Array): { code: string; message: string } {
  try {
    inspectImage(bytes);
  } catch (thrown) {
    if (thrown instanceof SlipstreamError) return { code: thrown.code, message: thrown.message };
    throw thrown;
  }
  throw new Error('it was accepted');
}

describe('an image header', () => {
  it.each([
    ['jpeg', () => picture().jpeg().toBuffer()],
    ['jpeg', () => picture().jpeg({ progressive: true }).toBuffer()],
    ['png', () => picture().png().toBuffer()],
    ['webp', () => picture().webp().toBuffer()],
    ['webp', () => picture().webp({ lossless: true }).toBuffer()],
    ['tiff', () => picture().tiff().toBuffer()],
  ])('tells type and size of a %s', async (type, encode) => {
    expect(inspectImage(await encode())).toEqual({ type, width: WIDTH, height: HEIGHT, orientation: 1 });
  });

  it.each(['jpeg', 'png', 'webp', 'tiff'] as const)(
    'tells the upright size of a %s in every orientation',
    async (type) => {
      for (let orientation = 1; orientation <= 8; orientation += 1) {
        const bytes = await picture().withMetadata({ orientation }).toFormat(type).toBuffer();
        // The decoder's own word for it.
        const { autoOrient } = await sharp(bytes).metadata();
        expect(inspectImage(bytes)).toEqual({ type, ...autoOrient, orientation });
      }
    },
  );

  it('is read from the slice that is given, not from the memory around it', async () => {
    const png = await picture().png().toBuffer();
    const pool = new Uint8Array(png.length + 64).fill(0xff);
    pool.set(png, 32);
    expect(inspectImage(pool.subarray(32, 32 + png.length))).toMatchObject({ width: WIDTH, height: HEIGHT });
    expect(errorOf(pool.subarray(32, 32 + 20)).code).toBe('IMAGE_UNREADABLE');
  });

  it('skips stray bytes between the segments of a JPEG', async () => {
    const jpeg = await picture().jpeg().toBuffer();
    const segmentEnd = 4 + jpeg.readUInt16BE(4);
    const stray = Buffer.concat([jpeg.subarray(0, segmentEnd), Buffer.from([1, 2, 3]), jpeg.subarray(segmentEnd)]);
    expect(inspectImage(stray)).toMatchObject({ type: 'jpeg', width: WIDTH, height: HEIGHT });
  });

  it.each(['jpeg', 'png', 'webp', 'tiff'] as const)(
    'of a %s cut off anywhere is IMAGE_UNREADABLE, or whole',
    async (type) => {
      const bytes = await picture().toFormat(type).toBuffer();
      const whole = inspectImage(bytes);
      for (let length = 16; length < bytes.length; length += 1) {
        const outcome = outcomeOf(bytes.subarray(0, length));
        expect([whole, 'IMAGE_UNREADABLE']).toContainEqual(outcome);
      }
    },
  );

  function outcomeOf(bytes: Uint8Array) {
    try {
      return inspectImage(bytes);
    } catch (thrown) {
      if (thrown instanceof SlipstreamError) return thrown.code;
      throw thrown;
    }
  }
});

describe('documents and files of several pages', () => {
  it.each([
    ['pdf', '%PDF-1.7\n%âãÏÓ'],
    ['xml', '\uFEFF<?xml version="1.0"?>\n<!-- shop -->\n<Invoice xmlns="urn:x">'],
    ['xml', '<rsm:CrossIndustryInvoice xmlns:rsm="urn:x">'],
    ['xml', '<ubl:CreditNote>'],
  ])('a %s is known by its content; its pages are counted when it is read', (type, content) => {
    expect(inspectImage(Buffer.from(content))).toEqual({ type, width: 1, height: 1, orientation: 1 });
  });

  it('an AVIF, a GIF and a BMP tell their size', async () => {
    const [avif, gif] = [await picture().avif().toBuffer(), await picture().gif().toBuffer()];
    expect(inspectImage(avif)).toEqual({ type: 'avif', width: WIDTH, height: HEIGHT, orientation: 1 });
    expect(inspectImage(gif)).toEqual({ type: 'gif', width: WIDTH, height: HEIGHT, orientation: 1 });
    const bmp = Buffer.alloc(54);
    bmp.write('BM', 'latin1');
    bmp.writeUInt32LE(40, 14);
    bmp.writeInt32LE(WIDTH, 18);
    bmp.writeInt32LE(-HEIGHT, 22);
    expect(inspectImage(bmp)).toEqual({ type: 'bmp', width: WIDTH, height: HEIGHT, orientation: 1 });
    expect(errorOf(bmp.subarray(0, 20)).code).toBe('IMAGE_UNREADABLE');
  });

  it('a TIFF tells how many pages it has, and one whose directories are a ring is damaged', () => {
    const directory = 2 + 2 * 12 + 4;
    const tiff = (last: number) => {
      const file = Buffer.alloc(8 + 2 * directory);
      file.write('II*\0', 'latin1');
      file.writeUInt32LE(8, 4);
      for (const [offset, next] of [[8, 8 + directory] as const, [8 + directory, last] as const]) {
        file.writeUInt16LE(2, offset);
        writeShortTag(file, offset + 2, 256, 10);
        writeShortTag(file, offset + 14, 257, 10);
        file.writeUInt32LE(next, offset + 26);
      }
      return file;
    };
    expect(inspectImage(tiff(0))).toMatchObject({ type: 'tiff', pages: 2 });
    expect(errorOf(tiff(8)).code).toBe('IMAGE_UNREADABLE');
  });

  function writeShortTag(page: Buffer, offset: number, tag: number, value: number) {
    page.writeUInt16LE(tag, offset);
    page.writeUInt16LE(3, offset + 2);
    page.writeUInt32LE(1, offset + 4);
    page.writeUInt16LE(value, offset + 8);
  }
});

describe('what is no image', () => {
  it.each([
    ['PK\x03\x04', 'ZIP'],
    ['<html><body>Your invoice</body></html>', 'text'],
    ['Thank you for your order\n', 'text'],
    ['\x00\x00\x00\x18ftypmp42', 'video'],
    ['\x00\x01\x02\x03', 'no image'],
  ])('is refused by its content, saying what it is', (content, name) => {
    const { code, message } = errorOf(Buffer.from(content, 'latin1'));
    expect(code).toBe('IMAGE_TYPE_UNSUPPORTED');
    expect(message).toContain(name);
  });

  it('is IMAGE_EMPTY when it has no bytes', () => {
    expect(errorOf(new Uint8Array()).code).toBe('IMAGE_EMPTY');
  });
});
