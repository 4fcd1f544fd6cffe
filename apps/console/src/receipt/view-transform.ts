/** How the picture lies in its frame: turned by quarters, enlarged, and moved by this many pixels of the screen. */
export interface ViewTransform {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
  /** Degrees, clockwise. */
  readonly turn: 0 | 90 | 180 | 270;
}

export const WHOLE: ViewTransform = { scale: 1, x: 0, y: 0, turn: 0 };
const SCALE_MAX = 12;

/** Enlarged by `factor` around a point of the frame, which stays where it is; `from`: the frame's middle. */
export function zoomed(
  view: ViewTransform,
  factor: number,
  at: { readonly x: number; readonly y: number },
): ViewTransform {
  const scale = Math.min(SCALE_MAX, Math.max(1, view.scale * factor));
  if (scale === 1) return { ...view, scale, x: 0, y: 0 };
  const ratio = scale / view.scale;
  return { ...view, scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio };
}

export function moved(view: ViewTransform, dx: number, dy: number): ViewTransform {
  return { ...view, x: view.x + dx, y: view.y + dy };
}

export function turned(view: ViewTransform): ViewTransform {
  return { ...WHOLE, turn: ((view.turn + 90) % 360) as ViewTransform['turn'] };
}

/** Shows a place of the picture in the frame's middle: for a field that is looked at. */
export function centredOn(
  view: ViewTransform,
  place: { readonly x: number; readonly y: number },
  size: { readonly width: number; readonly height: number },
  scale: number,
): ViewTransform {
  const dx = (place.x - 0.5) * size.width * scale;
  const dy = (place.y - 0.5) * size.height * scale;
  const [x, y] =
    view.turn === 90 ? [-dy, dx] : view.turn === 180 ? [-dx, -dy] : view.turn === 270 ? [dy, -dx] : [dx, dy];
  return { ...view, scale, x: -x, y: -y };
}
