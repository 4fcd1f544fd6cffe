/** Columns that everything is printed for. */
export const WIDTH = 80;

/** Lines of at most 80 columns, each behind so many blanks; a word that is longer (an address, a path) stays whole. */
export function wrapped(text: string, blanks: number): string {
  const pad = ' '.repeat(blanks);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > WIDTH - blanks) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => `${pad}${printable(each)}`).join('\n');
}

/** Paragraphs, each wrapped by itself. */
export function wrappedText(text: string): string {
  return text
    .split('\n')
    .map((line) => (line.length > WIDTH ? wrapped(line, 0) : printable(line)))
    .join('\n');
}

/** A name before each text, which is wrapped behind the names. */
export function wrappedRows(rows: readonly (readonly [name: string, text: string])[]): string {
  const width = Math.max(0, ...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, text]) => `${printable(name).padEnd(width)}${wrapped(text, width).trimStart()}`).join('\n');
}

/** What stands in a log or a name must not steer the terminal. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');
}

/** Columns as wide as their widest cell, two blanks between, nothing at the end. */
export function columns(table: readonly (readonly string[])[]): string {
  const widths = (table[0] ?? []).map((_, at) => Math.max(...table.map((row) => row[at]?.length ?? 0)));
  return table
    .map((row) =>
      row
        .map((cell, at) => printable(cell).padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
