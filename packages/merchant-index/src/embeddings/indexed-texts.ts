import type { Collection } from '../index/index-row.ts';

/** One row of a collection: what it shows, and what its vector is made of. Its place is its place in the list. */
export interface IndexedText {
  readonly text: string;
  readonly embedded: string;
}

/** A row of print, cut: what is longer is no row, and every row is stored. */
const TEXT_LENGTH_MAX = 1_000;

/** What a receipt has in a collection. The same rows give the same texts, for a delta as for a rebuild. */
export function indexedTexts(collection: Collection, rows: readonly string[]): readonly IndexedText[] {
  const cut = rows.map((row) => row.slice(0, TEXT_LENGTH_MAX));
  switch (collection) {
    case 'lines': {
      const embedded = rowTexts(cut);
      return cut.map((text, i) => ({ text, embedded: embedded[i] ?? text }));
    }
    case 'words':
      return cut
        .flatMap((row) => row.split(/\s+/).filter((word) => word !== ''))
        .map((word) => ({ text: word, embedded: word }));
  }
}

/** What is embedded for each visual row: the row above, itself, the row below, a line each. Empty where there is none. */
function rowTexts(rows: readonly string[]): readonly string[] {
  return rows.map((row, i) => [rows[i - 1] ?? '', row, rows[i + 1] ?? ''].map(oneLine).join('\n'));
}

function oneLine(row: string): string {
  return row.replace(/\s+/g, ' ').trim();
}
