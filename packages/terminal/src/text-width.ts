import stringWidth from 'string-width';

/** Where a terminal does not say how wide it is (`script` without a window, some CI consoles). */
const COLUMNS_DEFAULT = 80;
/** One SGR sequence, as `textColours` writes them. */
const COLOUR_CODE = /\p{Cc}\[[\d;]*m/u;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** How many columns a terminal has; null where the stream is none, and nothing is to be cut or wrapped. */
export function terminalColumns(stream: NodeJS.WriteStream): number | null {
  if (stream.isTTY !== true) return null;
  return stream.columns > 0 ? stream.columns : COLUMNS_DEFAULT;
}

/** Columns that a text takes on a terminal: wide letters two, colour codes none. */
export const textWidth = (text: string): number => stringWidth(text);

/** At most so many columns, with an ellipsis where something was cut. Colours end as they would have. */
export function cutText(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  let left = Math.max(0, columns - 1);
  let isCut = false;
  return text
    .split(new RegExp(`(${COLOUR_CODE.source})`, 'u'))
    .map((part) => {
      if (COLOUR_CODE.test(part)) return part;
      let kept = '';
      for (const { segment } of graphemes.segment(part)) {
        if (isCut) break;
        const width = textWidth(segment);
        isCut = width > left;
        if (!isCut) left -= width;
        kept += isCut ? '…' : segment;
      }
      return kept;
    })
    .join('');
}

export function padText(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const blanks = ' '.repeat(Math.max(0, columns - textWidth(text)));
  return align === 'right' ? blanks + text : text + blanks;
}

/**
 * Lines of at most so many columns, broken between words; those after the first are indented as the first is. A word
 * that is longer than a line (an address, a path) stays whole, so that it can be copied.
 */
export function wrapText(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  const indent = /^ */.exec(text)?.[0] ?? '';
  const lines: string[] = [];
  let line = '';
  for (const part of text.split(/( +)/)) {
    const isBlank = /^ *$/.test(part);
    if (!isBlank && line.trim() !== '' && textWidth(line + part) > columns) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += part;
  }
  return [...lines, line.trimEnd()].join('\n');
}
