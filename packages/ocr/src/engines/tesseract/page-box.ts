/** A box on the page that is read, in its pixels. */
export interface PageBox {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** The smallest box around `boxes`, of which there is at least one. */
export function boxAround(boxes: readonly PageBox[]): PageBox {
  return {
    x0: Math.min(...boxes.map((box) => box.x0)),
    y0: Math.min(...boxes.map((box) => box.y0)),
    x1: Math.max(...boxes.map((box) => box.x1)),
    y1: Math.max(...boxes.map((box) => box.y1)),
  };
}

/** How much of the lower one's height two boxes share, 0 to 1: above a half they stand in one row. */
export function sharedHeight(one: PageBox, other: PageBox): number {
  const shared = Math.min(one.y1, other.y1) - Math.max(one.y0, other.y0);
  return Math.max(0, shared) / Math.min(one.y1 - one.y0, other.y1 - other.y0);
}
