import { SlipstreamError } from '@slipstream/shared';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectImage } from '../../src/images/inspect-image.ts';

/** `FUZZ_RUNS=1000000 npx vitest run hostile-headers` is the long form. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 5_000);
const FUZZ_MS_MAX = 10_000 + RUNS;
const HOSTILE_BYTES = 26_214_400;
/** Reading a header takes microseconds; the bound is for a busy machine and for what must never be proportional to the file. */
const HOSTILE_MS_MAX = 500;

const SIGNATURES = {
  jpeg: [0xff, 0xd8, 0xff],
  png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52],
  webp: [...Buffer.from('RIFF\0\0\0\0WEBPVP8X')],
  tiff: [0x49, 0x49, 0x2a, 0x00, 8, 0, 0, 0],
  tiffBigEndian: [0x4d, 0x4d, 0x00, 0x2a, 0, 0, 0, 8],
  heic: [...Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\0meta')],
};
const PARTS = [
  'Exif\0\0II*\0',
  'meta',
  'iprp',
  'ipco',
  'ipma',
  'pitm',
  'ispe',
  'irot',
  'eXIf',
  'EXIF',
  'VP8L',
  '\xff\xe1',
  '\xff\xc0',
];

/** A signature, then random bytes with parts of headers strewn in: random bytes alone do not get far. */
const hostile = fc
  .tuple(
    fc.constantFrom(...Object.values(SIGNATURES)),
    fc.array(
      fc.oneof(
        fc.uint8Array({ maxLength: 24 }),
        fc.constantFrom(...PARTS).map((part) => Buffer.from(part, 'latin1')),
        fc.integer({ min: 0, max: 64 }).map((length) => Buffer.from([0, 0, 0, length])),
      ),
      { maxLength: 40 },
    ),
  )
  .map(([signature, parts]) => Buffer.concat([Buffer.from(signature), ...parts]));

describe('a hostile header', () => {
  it(
    'is a size or an error with a code, never anything else',
    () => {
      fc.assert(
        fc.property(hostile, (bytes) => {
          try {
            const { width, height, orientation } = inspectImage(bytes);
            return width > 0 && height > 0 && orientation >= 1 && orientation <= 8;
          } catch (thrown) {
            return thrown instanceof SlipstreamError && /^IMAGE_/.test(thrown.code);
          }
        }),
        { numRuns: RUNS },
      );
    },
    FUZZ_MS_MAX,
  );

  it.each(Object.entries(SIGNATURES))('of a %s before 25 MB of filler costs no time', (_, signature) => {
    for (const filler of [0x00, 0x08, 0xff]) {
      const bytes = new Uint8Array(HOSTILE_BYTES).fill(filler);
      bytes.set(signature);
      const started = performance.now();
      try {
        inspectImage(bytes);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(SlipstreamError);
      }
      expect(performance.now() - started).toBeLessThan(HOSTILE_MS_MAX);
    }
  });
});
