import { SlipstreamError } from '@slipstream/shared';
import pc from 'picocolors';

const colour = (stream: NodeJS.WriteStream) => pc.createColors(stream.isTTY === true && !process.env.NO_COLOR);

export function printLine(line = ''): void {
  process.stdout.write(`${line}\n`);
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** On standard error, with what mends it. */
export function printError(thrown: unknown, json: boolean): void {
  const { code, message, details } = SlipstreamError.from(thrown);
  if (json) process.stderr.write(`${JSON.stringify({ error: { code, message, details } })}\n`);
  else process.stderr.write(`${colour(process.stderr).red('error')} ${message} (${code})\n`);
}

/** Two columns; names are padded to the longest. */
export function printPairs(pairs: readonly (readonly [name: string, value: string])[]): void {
  const width = Math.max(...pairs.map(([name]) => name.length));
  for (const [name, value] of pairs) printLine(`${name.padEnd(width)}  ${value}`);
}

export function bold(text: string): string {
  return colour(process.stdout).bold(text);
}
