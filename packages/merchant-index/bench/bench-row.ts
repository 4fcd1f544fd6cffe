/** One line of the bench's table. */
export interface BenchRow {
  readonly what: string;
  readonly value: number;
  readonly unit: 's' | 'ms' | 'MB' | 'KB' | '×' | '';
  /** The bar, when it is one. */
  readonly at_most?: number;
  readonly at_least?: number;
  readonly note?: string;
}

export function isMet({ value, at_most, at_least }: BenchRow): boolean {
  return (at_most === undefined || value <= at_most) && (at_least === undefined || value >= at_least);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function printRows(title: string, rows: readonly BenchRow[]): void {
  console.log(`\n${title}`);
  const width = Math.max(...rows.map(({ what }) => what.length));
  for (const row of rows) {
    const bar = row.at_most !== undefined ? `≤ ${row.at_most}` : row.at_least !== undefined ? `≥ ${row.at_least}` : '';
    const verdict = bar === '' ? ' ' : isMet(row) ? '✓' : '✗';
    const value = `${row.value.toFixed(row.unit === 'ms' || row.unit === 'KB' ? 0 : 2)} ${row.unit}`;
    console.log(
      `  ${verdict} ${row.what.padEnd(width)}  ${value.padStart(12)}  ${bar.padEnd(7)} ${row.note ?? ''}`.trimEnd(),
    );
  }
}
