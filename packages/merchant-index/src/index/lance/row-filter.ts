/** A deletion's filter is kept in its commit: not longer than this many copies. */
export const COPIES_PER_DELETION = 10_000;
const RECEIPTS_PER_QUERY = 1_000;
/** Of three values or fewer the planner makes comparisons joined by OR, each of which opens the index; no receipt has these. */
const NO_RECEIPT = [-1, -2, -3, -4];

/** Expressions that find the rows of receipts with these numbers. Of none, one that finds nothing. */
export function receiptsFilter(keys: Iterable<number>): string[] {
  const chunks = chunksOf([...new Set(keys)], RECEIPTS_PER_QUERY);
  return (chunks.length === 0 ? [[]] : chunks).map((some) => `key IN (${[...some, ...NO_RECEIPT].join(',')})`);
}

/**
 * Exactly these copies, by what names them: their write and id (the key is for the index). Never by their place: LanceDB
 * tries a deletion again on a newer version when another writer came between, and places change there.
 */
export function copiesFilter(write: number, copies: readonly { readonly key: number; readonly id: string }[]): string {
  const keys = [...new Set(copies.map((copy) => copy.key)), ...NO_RECEIPT].join(',');
  return `write = ${write} AND key IN (${keys}) AND id IN (${copies.map(({ id }) => quoted(id)).join(',')})`;
}

/** SQL knows one escape in a string: a quote is written twice. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}
