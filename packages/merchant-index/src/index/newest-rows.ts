/** What decides which of several copies of a row holds. */
export interface Revised {
  readonly id: string;
  readonly revision: number;
}

/** One row an id: the one with the highest revision. Of equal revisions the first stays: order them where it matters. */
export function newestRows<R extends Revised>(rows: Iterable<R>): Map<string, R> {
  const newest = new Map<string, R>();
  for (const row of rows) {
    const known = newest.get(row.id);
    if (known === undefined || row.revision > known.revision) newest.set(row.id, row);
  }
  return newest;
}
