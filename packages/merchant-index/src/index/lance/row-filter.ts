/** A deletion's filter is kept in its commit: not longer than this many keys. */
export const COPIES_PER_DELETION = 10_000;

/**
 * Exactly these copies, by what names them: their write, key and id. Never by their place: LanceDB tries a deletion
 * again on a newer version when another writer came between, and places change there.
 */
export function copiesFilter(write: number, copies: readonly { readonly key: number; readonly id: string }[]): string {
  const keys = new Set(copies.map((copy) => copy.key));
  return `write = ${write} AND key IN (${[...keys].join(',')}) AND id IN (${copies.map(({ id }) => quoted(id)).join(',')})`;
}

/** SQL knows one escape in a string: a quote is written twice. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}
