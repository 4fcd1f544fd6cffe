import { describe, expect, it } from 'vitest';
import { type GreyImage, toPgm } from '../../src/engines/tesseract/grey-image.ts';
import { inkComponents } from '../../src/engines/tesseract/ink-components.ts';
import { missedLines } from '../../src/engines/tesseract/missed-lines.ts';
import { placements, placePage, quadOnImage } from '../../src/engines/tesseract/page-placement.ts';

const WIDTH = 300;
const HEIGHT = 200;
const MARK = { x0: 60, y0: 40, x1: 90, y1: 60 };

/** White, with one black mark. */
function marked(): GreyImage {
  const pixels = new Uint8Array(WIDTH * HEIGHT).fill(255);
  for (let y = MARK.y0; y < MARK.y1; y += 1) pixels.fill(0, y * WIDTH + MARK.x0, y * WIDTH + MARK.x1);
  return { pixels, width: WIDTH, height: HEIGHT };
}

describe('a page', () => {
  it.each([
    [1, 0],
    [2.5, 0],
    [0.5, 0],
    [1, 90],
    [1, 180],
    [2, 270],
    [1, -7],
    [2, 97],
  ])('scaled by %d and turned by %d is mapped back to where its ink was', async (scale, turn_deg) => {
    const image = marked();
    const placement = { scale, turn_deg };
    const page = await placePage(image, placement);
    const ink = await inkComponents(page);
    const mark = ink.toSorted((one, other) => other.area - one.area)[0];
    if (mark === undefined) throw new Error('the mark is lost');
    const quad = quadOnImage(mark, page, image, placement);
    const centre = (axis: 0 | 1) => quad.reduce((sum, corner) => sum + corner[axis], 0) / 4;
    expect(Math.abs(centre(0) * WIDTH - 75)).toBeLessThan(1.5);
    expect(Math.abs(centre(1) * HEIGHT - 50)).toBeLessThan(1.5);
  });

  it('brings its letters to one height, unless they nearly have it, and never grows past its limit', () => {
    const image = { pixels: new Uint8Array(0), width: 1_000, height: 2_000 };
    const scaleAt = (letter_height_px: number, size = image) =>
      placements(size, [{ sideways: false, tilt_deg: 0, letter_height_px }])[0].scale;
    expect(scaleAt(14)).toBe(2);
    expect(scaleAt(56)).toBe(0.5);
    expect(scaleAt(26)).toBe(1);
    const large = { ...image, width: 4_000, height: 4_000 };
    expect(scaleAt(10, large)).toBe(1);
  });

  it('without text is read once, as it is', () => {
    expect(placements({ pixels: new Uint8Array(0), width: 10, height: 10 }, [])).toEqual([{ scale: 1, turn_deg: 0 }]);
  });

  it('goes to Tesseract as a P5 file', () => {
    const file = toPgm({ pixels: Uint8Array.of(1, 2, 3, 4, 5, 6), width: 3, height: 2 });
    expect(Buffer.from(file).toString('latin1')).toBe('P5\n3 2\n255\n\x01\x02\x03\x04\x05\x06');
  });
});

describe('text that was missed', () => {
  const letter = (x: number, y: number, height = 20) => ({ x0: x, y0: y, x1: x + 14, y1: y + height, area: 150 });
  const word = (x: number, y: number, height = 20) => [0, 18, 36, 54].map((step) => letter(x + step, y, height));

  it('is what no word covers, the tallest first', () => {
    const read = { x0: 0, y0: 0, x1: 100, y1: 30 };
    const missed = missedLines([...word(10, 5), ...word(10, 100), ...word(300, 100), ...word(40, 200, 40)], [read]);
    expect(missed).toEqual([
      { x0: 40, y0: 200, x1: 108, y1: 240 },
      { x0: 10, y0: 100, x1: 78, y1: 120 },
      { x0: 300, y0: 100, x1: 368, y1: 120 },
    ]);
  });

  it('is not made of specks, nor of letters one above the other', () => {
    expect(missedLines([letter(10, 10), letter(28, 10), letter(10, 60), letter(10, 110)], [])).toEqual([]);
  });
});
