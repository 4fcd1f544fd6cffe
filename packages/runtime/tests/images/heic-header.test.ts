import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { inspectImage } from '../../src/images/inspect-image.ts';

function box(type: string, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

const bytes = (...values: readonly number[]) => Buffer.from(values);
const sizeBox = (width: number, height: number) => {
  const content = Buffer.alloc(12);
  content.writeUInt32BE(width, 4);
  content.writeUInt32BE(height, 8);
  return box('ispe', content);
};

/** A thumbnail of 320 × 240 is item 1, the photograph of 4032 × 3024 is item 2, turned by `turns` quarters. */
function photograph(turns: number, before: Buffer = Buffer.alloc(0)): Buffer {
  const fileType = box('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1'));
  const properties = box('ipco', sizeBox(320, 240), sizeBox(4032, 3024), box('irot', bytes(turns)));
  const associations = box('ipma', bytes(0, 0, 0, 0), bytes(0, 0, 0, 2), bytes(0, 1, 1, 0x81), bytes(0, 2, 2, 0x82, 3));
  const primary = box('pitm', bytes(0, 0, 0, 0, 0, 2));
  return Buffer.concat([
    fileType,
    before,
    box('meta', bytes(0, 0, 0, 0), primary, box('iprp', properties, associations)),
    box('mdat', bytes(1, 2, 3)),
  ]);
}

describe('a HEIC header', () => {
  it.each([
    [0, 4032, 3024, 1],
    [1, 3024, 4032, 8],
    [2, 4032, 3024, 3],
    [3, 3024, 4032, 6],
  ])("tells the primary image's upright size when it is turned by %i quarters", (turns, width, height, orientation) => {
    expect(inspectImage(photograph(turns))).toEqual({ type: 'heic', width, height, orientation });
  });

  it('is found behind a box with a 64-bit size', () => {
    const long = Buffer.alloc(24);
    long.writeUInt32BE(1);
    long.write('mdat', 4, 'latin1');
    long.writeBigUInt64BE(24n, 8);
    expect(inspectImage(photograph(0, long))).toMatchObject({ width: 4032, height: 3024 });
  });

  it("agrees with a real encoder's file of the same container", async () => {
    const avif = await sharp({ create: { width: 75, height: 41, channels: 3, background: 'red' } })
      .avif()
      .toBuffer();
    avif.write('heic', 8, 'latin1');
    expect(inspectImage(avif)).toEqual({ type: 'heic', width: 75, height: 41, orientation: 1 });
  });

  it.each(['meta', 'iprp', 'ipco', 'ispe', 'ipma', 'pitm'])('without its %s box is damaged', (type) => {
    const file = photograph(0);
    for (let at = file.indexOf(type); at !== -1; at = file.indexOf(type)) file.write('free', at, 'latin1');
    expect(() => inspectImage(file)).toThrow(expect.objectContaining({ code: 'IMAGE_UNREADABLE' }));
  });
});
