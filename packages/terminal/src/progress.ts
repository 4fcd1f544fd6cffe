import { printable, type TextPart } from '@slipstream/shared';
import { printNote } from './print.ts';
import { cutText, terminalColumns } from './text-width.ts';

export interface Progress {
  update(done: number, note: string): void;
  /** A line above the bar, which stays. */
  line(text: TextPart): void;
  stop(): void;
}

const BAR_COLUMNS = 20;
const TICK_MS = 1_000;
/** Back to the line's first column, and the line erased (ECMA-48, 8.3.41). */
const ERASE_LINE = '\r\u001b[2K';

/** A bar on a terminal; elsewhere only its lines, so that logs and pipes stay readable. */
export function startProgress(total: number, what: string): Progress {
  const { stderr } = process;
  if (stderr.isTTY !== true) return { update: () => {}, line: printNote, stop: () => {} };
  const startedAt = performance.now();
  let state = { done: 0, note: '' };
  const draw = () => {
    const filled = total === 0 ? BAR_COLUMNS : Math.round((BAR_COLUMNS * state.done) / total);
    const bar = '█'.repeat(filled).padEnd(BAR_COLUMNS, '░');
    const text = `${what} ${bar} ${state.done}/${total}  ${duration(performance.now() - startedAt)}  ${state.note}`;
    // One column is left free: a full line would already be followed by the next.
    stderr.write(`${ERASE_LINE}${cutText(text.trimEnd(), (terminalColumns(stderr) ?? 0) - 1)}`);
  };
  const ticking = setInterval(draw, TICK_MS);
  ticking.unref();
  draw();
  return {
    update: (done, note) => {
      state = { done, note: printable(note) };
      draw();
    },
    line: (text) => {
      stderr.write(ERASE_LINE);
      printNote(text);
      draw();
    },
    stop: () => {
      clearInterval(ticking);
      stderr.write(ERASE_LINE);
    },
  };
}

function duration(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
