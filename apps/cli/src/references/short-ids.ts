import { terminalColumns } from '@slipstream/terminal';

const SHORT_LENGTH = 8;

/**
 * Ids as a list shows them: on a terminal so much of each that no two of them are alike, elsewhere whole, for programs.
 */
export function shortIds(ids: readonly string[], columns = terminalColumns(process.stdout)): (id: string) => string {
  if (columns === null) return (id) => id;
  const all = new Set(ids);
  let length = SHORT_LENGTH;
  while (length < 36 && new Set([...all].map((id) => id.slice(0, length))).size < all.size) length += 1;
  return (id) => id.slice(0, length);
}
