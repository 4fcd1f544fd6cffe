import { type TextPart, terminalText } from '@slipstream/shared';
import { colour, printLine } from './print.ts';
import { cutText, padText, terminalColumns, textWidth } from './text-width.ts';

/** How a column gives way where a terminal is too narrow. A plain string is a title whose column never does. */
export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Its cells may be cut, to no fewer columns than this. Figures, days and ids have none: half of one is a wrong one. */
  readonly min?: number;
  /** It may be left out; the highest goes first. */
  readonly dispensable?: number;
}

/** A column of figures. */
export const figures = (title: string): Column => ({ title, align: 'right' });

interface SizedColumn extends Column {
  readonly index: number;
  readonly natural: number;
  width: number;
}

const GAP = '  ';

/**
 * A table for people: no frames, so that it can be copied and piped. On a terminal a row is one line: texts are cut,
 * then the columns that matter least are left out, and what was left out is named. Elsewhere everything is printed.
 */
export function printTable(columns: readonly (string | Column)[], rows: readonly (readonly TextPart[])[]): void {
  const cells = rows.map((row) => row.map((cell) => terminalText(cell).replaceAll('\n', ' ')));
  const all = columns.map((column, index): SizedColumn => {
    const given = typeof column === 'string' ? { title: column } : column;
    const natural = Math.max(textWidth(given.title), ...cells.map((row) => textWidth(row[index] ?? '')));
    return { ...given, index, natural, width: natural };
  });
  const screen = terminalColumns(process.stdout);
  const shown = screen === null ? all : fit(all, screen);
  const line = (texts: readonly string[]) =>
    shown
      .map(({ index, width, align }) => padText(cutText(texts[index] ?? '', width), width, align))
      .join(GAP)
      .trimEnd();
  const head = line(all.map(({ title }) => title));
  const lines = [colour.bold(head).codes, ...cells.map(line)];
  process.stdout.write(`${lines.join('\n')}\n`);
  const leftOut = all.filter((column) => !shown.includes(column)).map(({ title }) => title.trim());
  if (leftOut.length > 0) printLine(colour.dim(`(not shown for want of width: ${leftOut.join(', ')}; see --json)`));
}

/** The columns that a screen holds, with the widths that they get there. */
function fit(all: readonly SizedColumn[], screen: number): readonly SizedColumn[] {
  let shown = all;
  for (;;) {
    for (const column of shown) column.width = column.natural;
    let over = shown.reduce((sum, { width }) => sum + width + GAP.length, -GAP.length) - screen;
    // The widest text gives first, so that short ones stay whole.
    while (over > 0) {
      const [widest] = shown
        .filter(({ width, min }) => min !== undefined && width > min)
        .sort((one, other) => other.width - one.width);
      if (!widest) break;
      widest.width -= 1;
      over -= 1;
    }
    if (over <= 0) return shown;
    const [least] = shown
      .filter(({ dispensable }) => dispensable !== undefined)
      .sort((one, other) => (other.dispensable ?? 0) - (one.dispensable ?? 0));
    if (!least) return shown; // nothing gives any more: the terminal wraps, and no figure is lost
    shown = shown.filter((column) => column !== least);
  }
}
