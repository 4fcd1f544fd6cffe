import { createRequire } from 'node:module';

type Lance = typeof import('@lancedb/lancedb');
type Arrow = typeof import('apache-arrow');

export interface LanceModule {
  readonly lance: Lance;
  readonly arrow: Arrow;
}

/**
 * How many pages of an index are read at once. LanceDB takes one for each processor that it does not keep for itself:
 * on two processors they are read in turn, each waiting for S3 (ten receipts in a million rows: 1.0 s instead of 0.5 s).
 */
const PAGES_AT_ONCE = '8';

let loaded: LanceModule | undefined;

/**
 * LanceDB and the Arrow that it uses, loaded on first use: about 90 ms that nobody pays who does not open an index.
 * Through `require`, because LanceDB is CommonJS: an `import` of Arrow would give another instance of it, whose tables
 * LanceDB copies field by field and then refuses.
 */
export function lanceModule(): LanceModule {
  if (loaded === undefined) {
    process.env.LANCE_CPU_THREADS ??= PAGES_AT_ONCE;
    const require = createRequire(import.meta.url);
    // Its advice on training (few rows, many alike) says nothing to whoever runs this; it is read while it is loaded.
    process.env.LANCEDB_LOG ??= 'error';
    const lance: Lance = require('@lancedb/lancedb');
    const arrow: Arrow = require('apache-arrow');
    loaded = { lance, arrow };
  }
  return loaded;
}
