import { describe, expect, it } from 'vitest';
import { decodeRecognition } from '../../src/decode-recognition.ts';
import type { NativeRecognition } from '../../src/native-addon.ts';

/** Bottom-left origin: a line along the upper half of what was read. */
const LINE_QUAD = [0, 1, 1, 1, 1, 0.5, 0, 0.5];
const NO_BOX = Array.from({ length: 8 }, () => Number.NaN);

function native(numbers: number[], texts: string[], rest: Partial<NativeRecognition> = {}): NativeRecognition {
  return {
    storedWidth: 200,
    storedHeight: 100,
    orientation: 1,
    revision: 3,
    texts,
    numbers: Float64Array.from(numbers),
    ...rest,
  };
}

describe('decoding what the addon returns', () => {
  const region = { x: 0.5, y: 0.2, width: 0.5, height: 0.4 };

  it('moves the region that was read to its place in the image', () => {
    const result = decodeRecognition(native([0.5, ...LINE_QUAD, 1, 0, 0, 2, ...LINE_QUAD], ['ab']), {
      level: 'accurate',
      region,
    });
    const expected = [
      [0.5, 0.2],
      [1, 0.2],
      [1, 0.4],
      [0.5, 0.4],
    ];
    expect(result.lines[0]).toEqual({
      text: 'ab',
      confidence: 0.5,
      quad: expected,
      words: [{ text: 'ab', confidence: null, quad: expected }],
    });
  });

  it('lays a word without a box along its line', () => {
    const numbers = [1, ...LINE_QUAD, 1, 0, 3, 1, ...NO_BOX];
    const { lines } = decodeRecognition(native(numbers, ['ab c']), {
      level: 'accurate',
      region: { x: 0, y: 0, width: 1, height: 1 },
    });
    expect(lines[0]?.words).toEqual([
      {
        text: 'c',
        confidence: null,
        quad: [
          [0.75, 0],
          [1, 0],
          [1, 0.5],
          [0.75, 0.5],
        ],
        estimated: true,
      },
    ]);
  });

  it('reads the paper in the whole image, whatever region was read', () => {
    const document = Float64Array.from(LINE_QUAD);
    const result = decodeRecognition(native([], [], { document, orientation: 6 }), { level: 'fast', region });
    expect(result.document?.[2]).toEqual([1, 0.5]);
    expect(result).toMatchObject({ width: 100, height: 200, orientation: 6, level: 'fast' });
  });

  it('numbers that end too early are a fault, not a result', () => {
    const cut = native([1, 0, 1], ['ab']);
    expect(() => decodeRecognition(cut, { level: 'fast', region })).toThrow(RangeError);
  });
});
