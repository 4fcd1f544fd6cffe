import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import type { ImageText } from '../api/api.ts';
import { TEXTS } from '../texts.ts';
import { wordKey } from './leaves.ts';
import { moved, turned, type ViewTransform, WHOLE, zoomed } from './view-transform.ts';

const text = TEXTS.receipt;

declare module 'react' {
  interface CSSProperties {
    /** Width by height of the picture. */
    '--ratio'?: number | undefined;
  }
}
const ZOOM_STEP = 1.4;
const MOVE_STEP_PX = 60;
/** From here on a press is a drag. */
const DRAG_PX = 4;

export interface PictureProps {
  readonly imageId: string;
  readonly text: ImageText | null;
  readonly page: number;
  /** Words to light, by `wordKey`. */
  readonly lit: ReadonlySet<string>;
  /** Words that a field was made of. */
  readonly used: ReadonlySet<string>;
  onWord(key: string | null): void;
  onChoose?(key: string): void;
}

/** The upright picture with a box for each word: wheel or pinch zooms, dragging moves, keys do both. */
export function Picture({ imageId, text: read, page, lit, used, onWord, onChoose }: PictureProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<ViewTransform>(WHOLE);
  const [isMissing, setMissing] = useState(false);
  const pointers = useRef(new Map<number, { x: number; y: number }>());
  const size = read?.pages[page] ?? null;

  // React listens to wheels passively: the page would scroll along.
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      setView((old) => zoomed(old, Math.exp(-event.deltaY / 400), fromMiddle(element, event)));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, []);

  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const before = pointers.current.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const isDragged = event.currentTarget.hasPointerCapture(event.pointerId);
    // A click with a hand that shakes a little is a click on a word.
    if (!isDragged && distance(now, before) < DRAG_PX) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const others = [...pointers.current].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    pointers.current.set(event.pointerId, now);
    const [other] = others;
    if (!other) setView((old) => moved(old, now.x - before.x, now.y - before.y));
    else {
      const factor = distance(now, other) / Math.max(1, distance(before, other));
      const middle = { clientX: (now.x + other.x) / 2, clientY: (now.y + other.y) / 2 };
      setView((old) => zoomed(old, factor, fromMiddle(event.currentTarget, middle)));
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = keyed(view, event.key);
    if (!next) return;
    event.preventDefault();
    setView(next);
  };
  const middle = { x: 0, y: 0 };
  return (
    <div className="picture">
      <div
        ref={frame}
        className="frame"
        // Moved and enlarged by keys, which no element of HTML is for.
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: as the role says
        tabIndex={0}
        aria-label={text.picture}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
        }}
        onPointerMove={onPointerMove}
        onPointerUp={(event) => pointers.current.delete(event.pointerId)}
        onPointerCancel={(event) => pointers.current.delete(event.pointerId)}
      >
        {isMissing ? <p className="empty">{text.noPicture}</p> : null}
        <div
          className="paper"
          hidden={isMissing}
          style={{
            '--ratio': size ? size.width / size.height : undefined,
            transform: `translate(${view.x}px, ${view.y}px) rotate(${view.turn}deg) scale(${view.scale})`,
          }}
        >
          <img
            key={page}
            src={`/images/${imageId}/pages/${page}`}
            alt={text.picture}
            draggable={false}
            onError={() => setMissing(true)}
            onLoad={() => setMissing(false)}
          />
          {read && size ? (
            <svg viewBox={`0 0 ${size.width} ${size.height}`} preserveAspectRatio="none" aria-hidden="true">
              {read.lines.map((line, lineIndex) =>
                line.page === page
                  ? line.words.map((word, wordIndex) => {
                      const key = wordKey(lineIndex, wordIndex);
                      const state = `${lit.has(key) ? 'lit' : ''} ${used.has(key) ? 'used' : ''}`;
                      return (
                        // biome-ignore lint/a11y/noStaticElementInteractions: the fields are reached by keys
                        <polygon
                          key={key}
                          className={state}
                          data-word={key}
                          points={word.quad.map(([x = 0, y = 0]) => `${x * size.width},${y * size.height}`).join(' ')}
                          onPointerEnter={() => onWord(key)}
                          onPointerLeave={() => onWord(null)}
                          onClick={() => onChoose?.(key)}
                        />
                      );
                    })
                  : null,
              )}
            </svg>
          ) : null}
        </div>
      </div>
      <div className="tools">
        <button type="button" onClick={() => setView(zoomed(view, ZOOM_STEP, middle))}>
          {text.zoomIn}
        </button>
        <button type="button" onClick={() => setView(zoomed(view, 1 / ZOOM_STEP, middle))}>
          {text.zoomOut}
        </button>
        <button type="button" onClick={() => setView(WHOLE)}>
          {text.fit}
        </button>
        <button type="button" onClick={() => setView(turned(view))}>
          {text.rotate}
        </button>
        <a href={`/images/${imageId}/original`} target="_blank" rel="noreferrer">
          {text.original}
        </a>
      </div>
    </div>
  );
}

function keyed(view: ViewTransform, key: string): ViewTransform | null {
  switch (key) {
    case '+':
    case '=':
      return zoomed(view, ZOOM_STEP, { x: 0, y: 0 });
    case '-':
      return zoomed(view, 1 / ZOOM_STEP, { x: 0, y: 0 });
    case '0':
      return WHOLE;
    case 'r':
      return turned(view);
    case 'ArrowLeft':
      return moved(view, MOVE_STEP_PX, 0);
    case 'ArrowRight':
      return moved(view, -MOVE_STEP_PX, 0);
    case 'ArrowUp':
      return moved(view, 0, MOVE_STEP_PX);
    case 'ArrowDown':
      return moved(view, 0, -MOVE_STEP_PX);
    default:
      return null;
  }
}

function fromMiddle(element: Element, at: { readonly clientX: number; readonly clientY: number }) {
  const box = element.getBoundingClientRect();
  return { x: at.clientX - box.left - box.width / 2, y: at.clientY - box.top - box.height / 2 };
}

function distance(a: { x: number; y: number }, b: { x: number; y: number }): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
