import { styled, type TextPart } from '@slipstream/shared';
import { errorColour, printNote } from './print.ts';

interface LogRecord {
  readonly level?: unknown;
  readonly time?: unknown;
  readonly msg?: unknown;
  readonly error?: { readonly message?: unknown; readonly code?: unknown };
}

const LEVELS: Readonly<Record<string, TextPart>> = {
  warn: errorColour.yellow('warning'),
  error: errorColour.red('error'),
  fatal: errorColour.red('error'),
};

/** Where a logger writes for people: a line a record, with its time and its error. Ids and durations are in JSON. */
export const textLog = {
  write(line: string): void {
    const record = parsed(line);
    if (record === null) {
      printNote(line.trimEnd());
      return;
    }
    const { level, time, msg, error } = record;
    const clock = typeof time === 'string' ? new Date(time).toTimeString().slice(0, 8) : '';
    const why = error?.message === undefined ? '' : `: ${error.message}${error.code ? ` (${error.code})` : ''}`;
    printNote(styled`${errorColour.dim(clock)} ${LEVELS[String(level)] ?? String(level)}  ${String(msg ?? '')}${why}`);
  },
};

function parsed(line: string): LogRecord | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null; // not a record of ours: printed as it is
  }
}
