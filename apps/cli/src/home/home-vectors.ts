import { openLanceStore, type VectorStore } from '@slipstream/merchant-index';

/**
 * The embedded home's tables, beside its records. Their addresses are relative to the data folder, so that it can be
 * moved, copied or restored as a whole.
 */
export function openHomeVectors(dataDir: string): VectorStore {
  const store = openLanceStore({ uri: dataDir });
  return {
    uri: (table) => `data-folder:/index/${table}.lance`,
    create: (...args) => store.create(...args),
    openReader: (...args) => store.openReader(...args),
    openWriter: (...args) => store.openWriter(...args),
    drop: (table) => store.drop(table),
    close: () => store.close(),
  };
}
