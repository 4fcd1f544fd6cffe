import type { Point } from '@slipstream/shared';

/** A rectangle at any angle: its middle, its half axes as vectors, in pixels. `along` points with the text. */
export interface TextBox {
  readonly centre: Point;
  readonly along: Point;
  readonly down: Point;
}

export function cornersOf({ centre: [x, y], along: [ax, ay], down: [dx, dy] }: TextBox): [Point, Point, Point, Point] {
  return [
    [x - ax - dx, y - ay - dy],
    [x + ax - dx, y + ay - dy],
    [x + ax + dx, y + ay + dy],
    [x - ax + dx, y - ay + dy],
  ];
}

export function widthOf({ along }: TextBox): number {
  return 2 * Math.hypot(...along);
}

export function heightOf({ down }: TextBox): number {
  return 2 * Math.hypot(...down);
}

/** The same rectangle read after `turns` quarter turns clockwise. */
export function turned(box: TextBox, turns: number): TextBox {
  let { along, down } = box;
  for (let turn = 0; turn < turns; turn += 1) [along, down] = [down, [-along[0], -along[1]]];
  return { centre: box.centre, along, down };
}

export function scaled(box: TextBox, x: number, y: number): TextBox {
  const scale = ([px, py]: Point): Point => [px * x, py * y];
  return { centre: scale(box.centre), along: scale(box.along), down: scale(box.down) };
}
