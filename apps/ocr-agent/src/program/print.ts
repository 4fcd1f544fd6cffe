import {
  printableJson,
  SlipstreamError,
  type StyledText,
  styled,
  type TextPart,
  terminalText,
  textColours,
} from '@slipstream/shared';

const colour = (stream: NodeJS.WriteStream) => textColours(stream.isTTY === true && !process.env.NO_COLOR);

/** One line. A string is taken as outside text: what is not text in it is replaced. */
export function printLine(line: TextPart = ''): void {
  process.stdout.write(`${terminalText(line)}\n`);
}

/** On standard error, for what is no result. */
export function printNote(line: TextPart): void {
  process.stderr.write(`${terminalText(line)}\n`);
}

export function printJson(value: unknown): void {
  process.stdout.write(`${printableJson(JSON.stringify(value, null, 2))}\n`);
}

/** On standard error, with what fixes it. */
export function printError(thrown: unknown, json: boolean): void {
  const { code, message, details } = SlipstreamError.from(thrown);
  if (json) process.stderr.write(`${printableJson(JSON.stringify({ error: { code, message, details } }))}\n`);
  else process.stderr.write(`${terminalText(styled`${colour(process.stderr).red('error')} ${message} (${code})`)}\n`);
}

/** Two columns; names are padded to the longest. */
export function printPairs(pairs: readonly (readonly [name: string, value: string])[]): void {
  const width = Math.max(...pairs.map(([name]) => name.length));
  for (const [name, value] of pairs) printLine(`${name.padEnd(width)}  ${value}`);
}

export function bold(text: TextPart): StyledText {
  return colour(process.stdout).bold(text);
}
