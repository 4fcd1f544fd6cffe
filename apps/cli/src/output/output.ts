import { SlipstreamError } from '@slipstream/shared';
import Table from 'cli-table3';
import pc from 'picocolors';

/** Colour only where a person looks at a terminal. */
const isTerminal = process.stdout.isTTY === true && !process.env.NO_COLOR;
export const colour = pc.createColors(isTerminal);

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

export function printLine(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** A table for people: no frames, so that it can be copied and piped. */
export function printTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  rightAligned: readonly number[] = [],
): void {
  const table = new Table({
    head: head.map((title) => colour.bold(title)),
    colAligns: head.map((_, index) => (rightAligned.includes(index) ? 'right' : 'left')),
    chars: Object.fromEntries(FRAME_PARTS.map((part) => [part, part === 'middle' ? '  ' : ''])),
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  });
  table.push(...rows.map((row) => row.map(printable)));
  printLine(table.toString());
}

const FRAME_PARTS = [
  'top',
  'top-mid',
  'top-left',
  'top-right',
  'bottom',
  'bottom-mid',
  'bottom-left',
  'bottom-right',
  'left',
  'left-mid',
  'mid',
  'mid-mid',
  'right',
  'right-mid',
  'middle',
];

/** What stands on a receipt or in a file name must not steer the terminal. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out; our own colours stay
  return text.replace(/[\u0000-\u001a\u001c-\u001f\u007f-\u009f]|\u001b(?!\[\d+m)/g, '�');
}

export function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** On standard error, with what mends it; the exit code says the same to a script. */
export function printError(thrown: unknown, json: boolean): void {
  const error = SlipstreamError.from(thrown);
  if (json)
    process.stderr.write(
      `${JSON.stringify({ error: { code: error.code, message: error.message, details: error.details } })}\n`,
    );
  else
    process.stderr.write(
      `${pc.createColors(process.stderr.isTTY === true && !process.env.NO_COLOR).red('error')} ${error.message} (${error.code})\n`,
    );
  if (error.code === 'INTERNAL' && error.cause instanceof Error && process.env.LOG_LEVEL === 'debug')
    process.stderr.write(`${error.cause.stack}\n`);
}
