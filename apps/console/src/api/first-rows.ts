export interface FirstRows<T> {
  readonly rows: readonly T[];
  readonly hasMore: boolean;
}

/** At least `wanted` rows, or all there are: a page of the API can be short or empty while there is a cursor. */
export async function firstRows<T>(
  wanted: number,
  page: (cursor: string | null) => Promise<{ readonly rows: readonly T[]; readonly cursor: string | null }>,
): Promise<FirstRows<T>> {
  const rows: T[] = [];
  let cursor: string | null = null;
  do {
    const next: { readonly rows: readonly T[]; readonly cursor: string | null } = await page(cursor);
    rows.push(...next.rows);
    cursor = next.cursor;
  } while (cursor !== null && rows.length < wanted);
  return { rows, hasMore: cursor !== null };
}
