import { useEffect, useRef } from 'react';

export interface ReviewActions {
  undo(): void;
  approveAndNext(): void;
  next(): void;
}

/** The receipt by keys alone: fields by arrows, and one letter each for what is done with the whole. */
export function useReviewKeys(actions: ReviewActions): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      const isTyping = target?.closest('input, select, textarea, dialog, [role="application"]') != null;
      if (isTyping || event.metaKey || event.ctrlKey || event.altKey) return;
      if (!act(event.key)) return;
      event.preventDefault();
    };
    const act = (key: string): boolean => {
      if (key === 'a') latest.current.approveAndNext();
      else if (key === 'u') latest.current.undo();
      else if (key === 'n') latest.current.next();
      else if (key === 'ArrowDown' || key === 'j') return moveFocus(1);
      else if (key === 'ArrowUp' || key === 'k') return moveFocus(-1);
      else return false;
      return true;
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
}

/** To the next value in reading order; from nowhere, to the first. */
function moveFocus(step: number): boolean {
  const values = [...document.querySelectorAll<HTMLElement>('.read button.value')];
  const at = values.indexOf(document.activeElement as HTMLElement);
  const next = values[at < 0 ? 0 : Math.min(values.length - 1, Math.max(0, at + step))];
  next?.focus();
  return next !== undefined;
}

export function focusField(path: string): void {
  document.querySelector<HTMLElement>(`[data-field="${CSS.escape(path)}"] button.value`)?.focus();
}
