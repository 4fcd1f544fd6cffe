import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InkComponent } from '../../src/engines/tesseract/ink-components.ts';
import { inkComponents } from '../../src/engines/tesseract/ink-components.ts';
import { textDirections } from '../../src/engines/tesseract/text-geometry.ts';

const LETTER = { width: 8, height: 12 };
const COLUMN_PX = 11;
const LINE_PX = 24;

/** Lines of letters about the origin, turned clockwise by `turn_deg`; each box is upright again, as components are. */
function page(turn_deg: number, lines = 12, columns = 14): InkComponent[] {
  const radians = (turn_deg * Math.PI) / 180;
  const [cos, sin] = [Math.abs(Math.cos(radians)), Math.abs(Math.sin(radians))];
  const [width, height] = [LETTER.width * cos + LETTER.height * sin, LETTER.height * cos + LETTER.width * sin];
  return Array.from({ length: lines * columns }, (_, index) => {
    const [column, line] = [(index % columns) * COLUMN_PX, Math.floor(index / columns) * LINE_PX];
    const x = column * Math.cos(radians) - line * Math.sin(radians);
    const y = column * Math.sin(radians) + line * Math.cos(radians);
    return { x0: x - width / 2, x1: x + width / 2, y0: y - height / 2, y1: y + height / 2, area: 60 };
  });
}

describe('the direction of text', () => {
  it('is found at any tilt up to 12 degrees, upright and sideways', () => {
    fc.assert(
      fc.property(fc.double({ min: -12, max: 12, noNaN: true }), fc.boolean(), (tilt, sideways) => {
        // Sideways: turned by 270, so that turning by 90 makes it level.
        const [likeliest] = textDirections(page((sideways ? 270 : 0) + tilt));
        expect(likeliest?.sideways).toBe(sideways);
        expect(Math.abs((likeliest?.tilt_deg ?? 99) - tilt)).toBeLessThan(1);
      }),
      { numRuns: 60 },
    );
  });

  it('is not confused by a grid whose columns are as sharp as its rows', () => {
    expect(textDirections(page(0, 60, 20))[0]).toMatchObject({ sideways: false, tilt_deg: 0, letter_height_px: 12 });
  });

  it('is not guessed from a few specks', () => {
    expect(textDirections(page(0, 1, 19))).toEqual([]);
  });
});

describe('ink', () => {
  it('that touches is one component, also around a corner; paper that darkens slowly is none', async () => {
    const picture = ['.##...#.', '.#....#.', '.##..#..', '........', '......#.'];
    const pixels = Uint8Array.from(picture.join(''), (dot) => (dot === '#' ? 40 : 200));
    const components = await inkComponents({ pixels, width: 8, height: 5 });
    expect(components).toEqual([
      { x0: 1, y0: 0, x1: 3, y1: 3, area: 5 },
      { x0: 5, y0: 0, x1: 7, y1: 3, area: 3 },
      { x0: 6, y0: 4, x1: 7, y1: 5, area: 1 },
    ]);
    const slope = Uint8Array.from({ length: 200 * 20 }, (_, index) => 250 - (index % 200));
    expect(await inkComponents({ pixels: slope, width: 200, height: 20 })).toEqual([]);
  });
});
