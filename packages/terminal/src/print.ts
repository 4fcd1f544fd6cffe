import { printableJson, SlipstreamError, styled, type TextPart, terminalText, textColours } from '@slipstream/shared';
import Table from 'cli-table3';
import { refusedBySystem } from './refused-by-system.ts';

/** Colour only where a person looks at a terminal. */
const isColoured = (stream: NodeJS.WriteStream) => stream.isTTY === true && !process.env.NO_COLOR;
export const colour = textColours(isColoured(process.stdout));
const errorColour = textColours(isColoured(process.stderr));

export function printJson(value: unknown): void {
  process.stdout.write(`${printableJson(JSON.stringify(value, null, 2))}\n`);
}

/** One line. A string is taken as outside text: what is not text in it is replaced; colours come from `styled`. */
export function printLine(line: TextPart = ''): void {
  process.stdout.write(`${terminalText(line)}\n`);
}

/** On standard error, for what is no result. */
export function printNote(line: TextPart): void {
  process.stderr.write(`${terminalText(line)}\n`);
}

/** A table for people: no frames, so that it can be copied and piped. */
export function printTable(
  head: readonly string[],
  rows: readonly (readonly TextPart[])[],
  rightAligned: readonly number[] = [],
): void {
  const table = new Table({
    head: head.map((title) => colour.bold(title).codes),
    colAligns: head.map((_, index) => (rightAligned.includes(index) ? 'right' : 'left')),
    chars: Object.fromEntries(FRAME_PARTS.map((part) => [part, part === 'middle' ? '  ' : ''])),
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  });
  table.push(...rows.map((row) => row.map(terminalText)));
  process.stdout.write(`${table.toString()}\n`);
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

export function shorten(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}

/** On standard error, with what fixes it; the exit code says the same to a script. */
export function printError(thrown: unknown, json: boolean): void {
  const error = SlipstreamError.from(refusedBySystem(thrown) ?? thrown);
  const { code, message, details } = error;
  if (json) process.stderr.write(`${printableJson(JSON.stringify({ error: { code, message, details } }))}\n`);
  else printNote(styled`${errorColour.red('error')} ${message} (${code})`);
  if (code === 'INTERNAL' && error.cause instanceof Error && process.env.LOG_LEVEL === 'debug')
    for (const line of String(error.cause.stack).split('\n')) printNote(line);
}

/** Two columns; names are padded to the longest. */
export function printPairs(pairs: readonly (readonly [name: string, value: string])[]): void {
  const width = Math.max(...pairs.map(([name]) => name.length));
  for (const [name, value] of pairs) printLine(`${name.padEnd(width)}  ${value}`);
}
