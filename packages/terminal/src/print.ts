import { printableJson, SlipstreamError, styled, type TextPart, terminalText, textColours } from '@slipstream/shared';
import { refusedBySystem } from './refused-by-system.ts';
import { padText, terminalColumns, textWidth, wrapText } from './text-width.ts';

/** Colour only where a person looks at a terminal that has it (https://no-color.org). */
const isColoured = (stream: NodeJS.WriteStream) =>
  stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
export const colour = textColours(isColoured(process.stdout));
export const errorColour = textColours(isColoured(process.stderr));

export function printJson(value: unknown): void {
  process.stdout.write(`${printableJson(JSON.stringify(value, null, 2))}\n`);
}

/** One line. A string is taken as outside text: what is not text in it is replaced; colours come from `styled`. */
export function printLine(line: TextPart = ''): void {
  write(process.stdout, line);
}

/** On standard error, for what is no result. */
export function printNote(line: TextPart): void {
  write(process.stderr, line);
}

/** On a terminal broken between words; elsewhere a line stays one, for programs that read it. */
function write(stream: NodeJS.WriteStream, line: TextPart): void {
  const text = terminalText(line);
  const columns = terminalColumns(stream);
  stream.write(`${columns === null ? text : wrapText(text, columns)}\n`);
}

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
export function printPairs(pairs: readonly (readonly [name: string, value: TextPart])[]): void {
  const width = Math.max(...pairs.map(([name]) => textWidth(name)));
  for (const [name, value] of pairs) printLine(styled`${padText(name, width)}  ${value}`);
}
