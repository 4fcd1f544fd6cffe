// Search, lists and sums of the SQLite catalogue in its thread, cache warm, over a drawn corpus (testing/corpus.ts).
// Prints a table; exits with 1 when a bar is missed.
//   npm run bench:catalogue -- [--receipts 10000,100000] [--json]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Catalogue, type CatalogueQuery, openSqliteCatalogue } from '../src/index.ts';
import { drawnCorpus, merchantName, wordOf } from '../testing/corpus.ts';
import { OWNER } from '../testing/drawn-receipts.ts';

const BARS = { search_p95_ms: 50, page_p95_ms: 30, months_p95_ms: 100 };
const SEED = 42;
const PAGE = 50;
const CHUNK = 500;
const ROUNDS = 20;
let upserted = 0;

const { values } = parseArgs({
  options: { receipts: { type: 'string', default: '10000,100000' }, json: { type: 'boolean', default: false } },
});
const results = [];
for (const receipts of values.receipts.split(',').map(Number)) results.push(await measure(receipts));
const missed = results.flatMap((result) =>
  (['search_p95_ms', 'page_p95_ms', 'months_p95_ms'] as const)
    .filter((name) => result[name] > BARS[name])
    .map((name) => `${name} at ${result.receipts}`),
);
if (values.json) console.log(JSON.stringify({ seed: SEED, bars: BARS, results, missed }, null, 2));
else {
  console.table(results);
  console.log(`Bars: ${JSON.stringify(BARS)}; missed: ${missed.join(', ') || 'none'}`);
}
process.exitCode = missed.length === 0 ? 0 : 1;

async function measure(receipts: number) {
  const folder = mkdtempSync(join(tmpdir(), 'slipstream-bench-catalogue-'));
  const catalogue = openSqliteCatalogue({ folder });
  try {
    const startedAt = performance.now();
    await fill(catalogue, receipts);
    const filled_s = (performance.now() - startedAt) / 1_000;
    const { words, bytes } = await catalogue.status();
    const searches = await timed(questions().map((q) => () => list(catalogue, { q })));
    const pages = await timed(await pageQuestions(catalogue));
    const months = await timed([() => catalogue.spending(OWNER, { by: 'month', limit: 100 })]);
    const groups = await timed(
      (['merchant', 'tax', 'category', 'currency'] as const).map(
        (by) => () => catalogue.spending(OWNER, { by, limit: 100 }),
      ),
    );
    const upserts = await timed(
      [...drawnCorpus({ receipts: 50, seed: SEED + 1 })].map(
        (receipt) => () => catalogue.apply([{ kind: 'receipt', receipt: { ...receipt, revision: 2 + upserted++ } }]),
      ),
    );
    return {
      receipts,
      fill_ms_each: round((filled_s * 1_000) / receipts),
      size_mb: round(bytes / 1_000_000),
      words,
      search_p50_ms: round(quantile(searches, 0.5)),
      search_p95_ms: round(quantile(searches, 0.95)),
      page_p95_ms: round(quantile(pages, 0.95)),
      months_p95_ms: round(quantile(months, 0.95)),
      other_sums_p95_ms: round(quantile(groups, 0.95)),
      upsert_p50_ms: round(quantile(upserts, 0.5)),
    };
  } finally {
    await catalogue.close();
    rmSync(folder, { recursive: true });
  }
}

async function fill(catalogue: Catalogue, receipts: number): Promise<void> {
  const build = await catalogue.rebuild();
  let chunk = [];
  for (const receipt of drawnCorpus({ receipts, seed: SEED })) {
    chunk.push({ kind: 'receipt', receipt } as const);
    if (chunk.length < CHUNK) continue;
    await build.apply(chunk);
    chunk = [];
  }
  await build.apply(chunk);
  await build.publish();
}

/** What people ask: a word that is rare, one that is everywhere, two at once, a damaged one, a part, a merchant, a number. */
function questions(): readonly string[] {
  return [0, 1, 2, 5, 9].flatMap((index) => {
    const [common, middle, rare] = [wordOf(index), wordOf(40 + index * 7), wordOf(4_000 + index * 131)];
    return [
      rare,
      middle,
      common,
      `${common} ${middle}`,
      `${middle} ${rare}`,
      `${rare.slice(0, 3)}0${rare.slice(4)}`,
      middle.slice(1, 5),
      merchantName(index * 3),
      `${10_000 + index * 977}`,
    ];
  });
}

async function pageQuestions(catalogue: Catalogue): Promise<readonly (() => Promise<unknown>)[]> {
  const asked: Partial<CatalogueQuery>[] = [
    {},
    { sort: '-total' },
    { sort: 'merchant' },
    { from: '2023-01-01', to: '2023-03-31' },
    { currency: 'CHF' },
    { min: '150' },
    { merchant: merchantName(3).slice(0, 6) },
    { merchant: merchantName(200) },
    { status: 'NEEDS_REVIEW' },
  ];
  let deep: string | null = null;
  for (let page = 0; page < 20; page += 1) {
    const { cursor } = await catalogue.list(OWNER, { sort: '-date', limit: 200, cursor: deep });
    if (cursor === null) break;
    deep = cursor;
  }
  return [...asked.map((query) => () => list(catalogue, query)), () => list(catalogue, { cursor: deep })];
}

function list(catalogue: Catalogue, query: Partial<CatalogueQuery>) {
  return catalogue.list(OWNER, { sort: '-date', limit: PAGE, cursor: null, ...query });
}

/** Milliseconds of each call, after one round that warms the cache. */
async function timed(calls: readonly (() => Promise<unknown>)[]): Promise<readonly number[]> {
  const times: number[] = [];
  for (let turn = 0; turn <= ROUNDS; turn += 1) {
    for (const call of calls) {
      const startedAt = performance.now();
      await call();
      if (turn > 0) times.push(performance.now() - startedAt);
    }
  }
  return times;
}

function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
