import type { OcrLine, Quad } from '@slipstream/shared';
import { describe, expect, it } from 'vitest';
import { arrangePage } from '../../src/layout/arrange-page.ts';
import { mapLine } from '../../src/layout/page.ts';
import { lineOf, rectangle } from './painted.ts';

const SIZE = { width: 2000, height: 2000 };
const ROW = 0.03;
const TYPE = 0.02;

/** A receipt with words at the left and prices at the right of the same rows. */
function receipt(name: string, left: number, top: number, width: number, rows: number): OcrLine[] {
  return Array.from({ length: rows }, (_, i) => [
    lineOf(`${name} item ${i}`, rectangle(left, top + i * ROW, width * 0.6, TYPE)),
    lineOf(`${i}.50`, rectangle(left + width * 0.85, top + i * ROW + 0.001, width * 0.15, TYPE)),
  ]).flat();
}

const texts = (lines: readonly OcrLine[]) => lines.map(({ text }) => text);
const shuffled = (lines: readonly OcrLine[]) => lines.toSorted((a, b) => (a.text < b.text ? 1 : -1));

function turned(lines: readonly OcrLine[], degrees: number): OcrLine[] {
  const radians = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return lines.map((line) =>
    mapLine(line, ([x, y]) => [0.5 + (x - 0.5) * cos - (y - 0.5) * sin, 0.5 + (x - 0.5) * sin + (y - 0.5) * cos]),
  );
}

describe('arranging a page', () => {
  it('one receipt has no regions, and its rows run from left to right', () => {
    const lines = receipt('shop', 0.3, 0.1, 0.4, 8);
    const page = arrangePage(shuffled(lines), SIZE);
    expect(page.regions).toEqual([]);
    expect(texts(page.lines)).toEqual(texts(lines));
  });

  it.each([-20, 7, 90, 180])('rows stay rows when the paper lies turned by %i degrees', (degrees) => {
    const lines = receipt('shop', 0.3, 0.2, 0.4, 8);
    expect(texts(arrangePage(shuffled(turned(lines, degrees)), SIZE).lines)).toEqual(texts(lines));
  });

  it('a column of prices is no receipt of its own, however wide the gutter', () => {
    const lines = receipt('shop', 0.05, 0.1, 0.9, 20);
    expect(arrangePage(lines, SIZE).regions).toEqual([]);
  });

  it('two receipts side by side become two regions, each in its own order', () => {
    const left = receipt('left', 0.05, 0.1, 0.35, 12);
    // The other paper lies a little lower and has another spacing, as papers do.
    const right = receipt('right', 0.6, 0.113, 0.35, 9).map((line) =>
      mapLine(line, ([x, y]) => [x, 0.113 + (y - 0.113) * 1.23]),
    );
    const page = arrangePage(shuffled([...left, ...right]), SIZE);
    expect(page.regions.map(({ lines }) => lines)).toEqual([
      [0, 24],
      [24, 42],
    ]);
    expect(texts(page.lines)).toEqual([...texts(left), ...texts(right)]);
    const expected: Quad = rectangle(0.05, 0.1, 0.35, 0.351);
    expect(page.regions[0]?.quad.flat()).toEqual(expected.flat().map((value) => expect.closeTo(value, 9)));
  });

  it('two receipts one below the other become two regions', () => {
    const upper = receipt('upper', 0.1, 0.05, 0.3, 8);
    const lower = receipt('lower', 0.2, 0.6, 0.35, 8);
    const page = arrangePage([...lower, ...upper], SIZE);
    expect(page.regions.map(({ lines }) => lines)).toEqual([
      [0, 16],
      [16, 32],
    ]);
    expect(texts(page.lines)).toEqual([...texts(upper), ...texts(lower)]);
  });

  it('four receipts, two by two', () => {
    const papers = [
      receipt('one', 0.03, 0.02, 0.33, 9),
      receipt('two', 0.6, 0.031, 0.33, 7).map((line) => mapLine(line, ([x, y]) => [x, 0.031 + (y - 0.031) * 1.21])),
      receipt('three', 0.05, 0.6, 0.33, 8),
      receipt('four', 0.62, 0.615, 0.33, 9).map((line) => mapLine(line, ([x, y]) => [x, 0.615 + (y - 0.615) * 1.21])),
    ];
    const page = arrangePage(papers.flat(), SIZE);
    expect(page.regions).toHaveLength(4);
    const starts = page.regions.map(({ lines: [from] }) => page.lines[from]?.text.split(' ')[0]);
    expect(new Set(starts)).toEqual(new Set(['one', 'two', 'three', 'four']));
  });

  it('nothing read is an empty page', () => {
    expect(arrangePage([], SIZE)).toEqual({ lines: [], regions: [] });
  });
});
