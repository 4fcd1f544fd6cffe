import type { Quad, Recognition } from '../../src/index.ts';
import { type DrawnLine, LINES, SHEET } from './draw.ts';

class CheckFailed extends Error {
  override readonly name = 'CheckFailed';
}

export function check(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new CheckFailed(otherwise);
}

/** Letters as they are compared: Vision may choose another dash or space. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}.]/gu, '');
}

export function checkTexts(recognition: Recognition, lines: readonly DrawnLine[] = LINES): void {
  const read = recognition.lines.map(({ text }) => plain(text)).join('\n');
  for (const { text } of lines) check(read.includes(plain(text)), `"${text}" was not read; read was:\n${read}`);
}

/** Of the type's height; Vision's boxes have margins of their own. */
const PLACE_TOLERANCE = 0.9;

/** Each line stands where it was drawn, and its words stand in it, from left to right. */
export function checkPlaces(recognition: Recognition, lines: readonly DrawnLine[] = LINES): void {
  const { width, height } = recognition;
  check(width === SHEET.width && height === SHEET.height, `the upright image is ${width} × ${height}`);
  for (const { text, x, y, size } of lines) {
    const line = recognition.lines.find((candidate) => plain(candidate.text).includes(plain(text).slice(0, 5)));
    check(line !== undefined, `"${text}" was not read`);
    const [topLeft, topRight, , bottomLeft] = line.quad;
    checkNear(`left end of "${text}"`, bottomLeft[0] * width, x, size * PLACE_TOLERANCE);
    checkNear(`baseline of "${text}"`, bottomLeft[1] * height, y, size * PLACE_TOLERANCE);
    check(topLeft[1] < bottomLeft[1] && topLeft[0] < topRight[0], `"${text}" stands on its head`);
    const lefts = line.words.map(({ quad }) => quad[0][0]);
    check(
      lefts.every((left, i) => i === 0 || left > (lefts[i - 1] ?? 0)),
      `the words of "${text}" are not in order`,
    );
  }
}

export function checkCorners(found: Quad | undefined, expected: Quad, tolerance: number): void {
  check(found !== undefined, 'no sheet of paper was found');
  for (const [i, [x, y]] of expected.entries()) {
    checkNear(`x of corner ${i}`, found[i]?.[0] ?? Number.NaN, x, tolerance);
    checkNear(`y of corner ${i}`, found[i]?.[1] ?? Number.NaN, y, tolerance);
  }
}

function checkNear(what: string, actual: number, expected: number, tolerance: number): void {
  const message = `${what} is ${actual.toFixed(3)} and should be ${expected.toFixed(3)} ± ${tolerance.toFixed(3)}`;
  check(Math.abs(actual - expected) <= tolerance, message);
}
