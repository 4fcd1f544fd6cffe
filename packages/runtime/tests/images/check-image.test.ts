import { describe, expect, it } from 'vitest';
import { checkImage, IMAGE_BYTES_MAX, IMAGE_PIXELS_MAX } from '../../src/images/check-image.ts';

/** A PNG that declares a size and holds nothing: what a bomb looks like from outside. */
function declaredPng(width: number, height: number): Buffer {
  const png = Buffer.alloc(45);
  png.write('\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR', 'latin1');
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  return png;
}

const refusal = (code: string) => expect.objectContaining({ code, retry: 'never' });

describe('the door', () => {
  it('lets an image of the largest size through, and no pixel more', () => {
    expect(checkImage(declaredPng(10_000, IMAGE_PIXELS_MAX / 10_000))).toMatchObject({ width: 10_000, height: 6_000 });
    expect(() => checkImage(declaredPng(10_000, 6_001))).toThrow(refusal('IMAGE_PIXELS_EXCEEDED'));
  });

  it('refuses a bomb of 100 megapixels, and one of 2^62', () => {
    expect(() => checkImage(declaredPng(10_000, 10_000))).toThrow(refusal('IMAGE_PIXELS_EXCEEDED'));
    expect(() => checkImage(declaredPng(0x7fffffff, 0x7fffffff))).toThrow(refusal('IMAGE_PIXELS_EXCEEDED'));
  });

  it('refuses a file of one byte too many before it reads it', () => {
    expect(() => checkImage(new Uint8Array(IMAGE_BYTES_MAX + 1))).toThrow(refusal('IMAGE_TOO_LARGE'));
  });

  it('refuses no bytes, no pixels, and what is no image', () => {
    expect(() => checkImage(new Uint8Array())).toThrow(refusal('IMAGE_EMPTY'));
    expect(() => checkImage(declaredPng(0, 10))).toThrow(refusal('IMAGE_UNREADABLE'));
    expect(() => checkImage(Buffer.from('a text called .jpg'))).toThrow(refusal('IMAGE_TYPE_UNSUPPORTED'));
  });

  it('has limits of its own where the configuration says so', () => {
    const limits = { bytesMax: 44, pixelsMax: 100 };
    expect(() => checkImage(declaredPng(10, 10), limits)).toThrow(refusal('IMAGE_TOO_LARGE'));
    expect(() => checkImage(declaredPng(10, 11), { ...limits, bytesMax: 45 })).toThrow(
      refusal('IMAGE_PIXELS_EXCEEDED'),
    );
  });
});
