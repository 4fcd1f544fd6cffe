/** What is embedded for each visual row: the row above, itself, the row below, a line each. Empty where there is none. */
export function rowTexts(rows: readonly string[]): readonly string[] {
  return rows.map((row, i) => [rows[i - 1] ?? '', row, rows[i + 1] ?? ''].map(oneLine).join('\n'));
}

function oneLine(row: string): string {
  return row.replace(/\s+/g, ' ').trim();
}
