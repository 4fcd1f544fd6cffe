import type { Point } from '@slipstream/shared';

/** A box in 0..1 of the page. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Quarter turns clockwise by which a page's text lies on it: 1 runs down, 2 to the left, 3 up. */
export type TextTurn = 0 | 1 | 2 | 3;

/** Which way most letters follow one another; `boxes` in the text's order. A page may be shown turned though its text is not. */
export function textTurn(boxes: readonly Box[], { width, height }: { width: number; height: number }): TextTurn {
  const runs: [number, number, number, number] = [0, 0, 0, 0];
  for (const [i, box] of boxes.entries()) {
    const next = boxes[i + 1];
    if (next === undefined) break;
    const dx = ((next.left + next.right - box.left - box.right) / 2) * width;
    const dy = ((next.top + next.bottom - box.top - box.bottom) / 2) * height;
    const size = Math.max((box.right - box.left) * width, (box.bottom - box.top) * height);
    // To the next line or column it is further.
    if (Math.hypot(dx, dy) > 2 * size) continue;
    if (Math.abs(dx) >= Math.abs(dy)) runs[dx >= 0 ? 0 : 2] += 1;
    else runs[dy >= 0 ? 1 : 3] += 1;
  }
  const best = runs.indexOf(Math.max(...runs));
  return best === 1 || best === 2 || best === 3 ? best : 0;
}

/** The box on the page turned back, so that its text is level. */
export function levelled(box: Box, turn: TextTurn): Box {
  const { left, top, right, bottom } = box;
  switch (turn) {
    case 0:
      return box;
    case 1:
      return { left: top, right: bottom, top: 1 - right, bottom: 1 - left };
    case 2:
      return { left: 1 - right, right: 1 - left, top: 1 - bottom, bottom: 1 - top };
    case 3:
      return { left: 1 - bottom, right: 1 - top, top: left, bottom: right };
  }
}

/** A point of the levelled page on the page as it is. */
export function turnedBack([x, y]: Point, turn: TextTurn): Point {
  switch (turn) {
    case 0:
      return [x, y];
    case 1:
      return [1 - y, x];
    case 2:
      return [1 - x, 1 - y];
    case 3:
      return [y, 1 - x];
  }
}
