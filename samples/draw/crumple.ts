/** A fold across the paper: where it runs, how far it shifts what is printed, how it catches the light. */
interface Fold {
  readonly x: number;
  readonly y: number;
  /** Unit vector across the fold. */
  readonly across_x: number;
  readonly across_y: number;
  readonly shift_px: number;
  readonly shade: number;
}

export interface Surface {
  readonly dx: number;
  readonly dy: number;
  /** Added to the paper's brightness, of 1. */
  readonly shade: number;
}

/** Half of the width of a fold. */
const FOLD_PX = 26;
const SHIFT_PX_MAX = 5;
const SHADE_MAX = 0.14;

/** The relief of paper that was crumpled and smoothed out again, by `folds` straight creases. */
export function crumple(
  folds: number,
  width: number,
  height: number,
  random: () => number,
): (u: number, v: number) => Surface {
  const creases = Array.from({ length: folds }, (): Fold => {
    const angle = random() * Math.PI;
    return {
      x: random() * width,
      y: random() * height,
      across_x: Math.cos(angle),
      across_y: Math.sin(angle),
      shift_px: (random() - 0.5) * 2 * SHIFT_PX_MAX,
      shade: (random() - 0.5) * 2 * SHADE_MAX,
    };
  });
  return (u, v) => {
    let dx = 0;
    let dy = 0;
    let shade = 0;
    for (const fold of creases) {
      const distance = ((u - fold.x) * fold.across_x + (v - fold.y) * fold.across_y) / FOLD_PX;
      if (Math.abs(distance) > 4) continue;
      const bump = Math.exp(-distance * distance);
      dx += fold.shift_px * bump * fold.across_x;
      dy += fold.shift_px * bump * fold.across_y;
      shade += fold.shade * bump * Math.sign(distance);
    }
    return { dx, dy, shade };
  };
}
