import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'tsup';
import { openLanceStore } from '../src/index.ts';
import { startDistantStore } from '../testing/object-server/distant-store.ts';
import { type BenchRow, median } from './bench-row.ts';
import { BENCH_IDENTITY, queryVectors } from './bench-rows.ts';
import { benchTable } from './bench-tables.ts';
import { type ColdAnswer, type ColdQuestion, coldAnswerSchema } from './cold-question.ts';
import { exactNearest } from './exact-nearest.ts';
import { predecessorLookup } from './predecessor.ts';

const QUERIES = 21;
/** Chroma takes a quarter of an hour to be filled with a million rows; its snapshot would be 1.5 GB. */
const PREDECESSOR_ROWS_MAX = 100_000;
/** A million rows are copied in 30 s, behind the look-ups. */
const COPY_MS = 240_000;

export interface ColdSize {
  readonly rows: number;
  readonly at_most_s: number;
}

/** A look-up in a new process, straight from S3, with a copy made first or behind as the table's size decides. */
export async function measureColdLookup(
  folder: string,
  options: { readonly sizes: readonly ColdSize[]; readonly runs: number },
): Promise<BenchRow[]> {
  const report: BenchRow[] = [];
  const distant = await startDistantStore({ folder });
  try {
    for (const { rows, at_most_s } of options.sizes) {
      const local = await benchTable(distant.bucketFolder, rows);
      const version = await versionOf(local);
      const answers: ColdAnswer[] = [];
      let traffic = await distant.takeTraffic();
      for (let run = 0; run < options.runs; run++) {
        const copies = await mkdtemp(join(tmpdir(), 'slipstream-copy-'));
        const endpoint = distant.url.replace('/bench', '');
        answers.push(
          await askNewProcess({
            root: `s3://bench/rows-${rows}`,
            storageOptions: distant.storageOptions,
            version,
            rows,
            queries: QUERIES,
            copy: { folder: copies, endpoint, bucket: 'bench' },
            copy_ms: rows > 30_000 ? COPY_MS : 0,
          }),
        );
        traffic = await distant.takeTraffic();
        await rm(copies, { recursive: true });
      }
      const process_s = median(answers.map((answer) => answer.process_s));
      const what = `${rows.toLocaleString('en')} rows`;
      const truth = await exactNearest(local, version, queryVectors(QUERIES, rows).slice(1));
      const right = answers[0]?.nearest.filter((id, at) => id === truth[at]).length ?? 0;
      const requests = Object.values(traffic.requests).reduce((one, other) => one + other, 0);
      report.push(
        {
          what: `${what}: cold`,
          value: median(answers.map(({ lookup_s }) => lookup_s)),
          unit: 's',
          at_most: at_most_s,
        },
        {
          what: '  with the start of the process',
          value: median(answers.map(({ process_s }) => process_s)),
          unit: 's',
        },
        {
          what: '  warm, each another query',
          value: median(answers.flatMap(({ warm_ms }) => warm_ms)),
          unit: 'ms',
          at_most: 30,
        },
        { what: '  memory', value: Math.max(...answers.map(({ memory_mb }) => memory_mb)), unit: 'MB', at_most: 400 },
        {
          what: '  nearest row is the true one',
          value: right / truth.length,
          unit: '',
          at_least: 0.95,
          note: 'recall@1',
        },
        {
          what: '  until warm: copied behind the look-ups',
          value: median(answers.map(({ copy_s }) => copy_s)),
          unit: 's',
        },
        { what: '  read, copy included', value: traffic.bytes_read / 1e6, unit: 'MB', note: `${requests} requests` },
      );
      if (rows > PREDECESSOR_ROWS_MAX) continue;
      const before_s = await predecessorLookup({ folder: distant.bucketFolder, url: distant.url }, rows).catch(
        (error: unknown) => console.error(`The predecessor was not measured (Python 3 with venv is needed): ${error}`),
      );
      if (before_s === undefined) continue;
      report.push(
        { what: '  the predecessor: fetch tar.gz, unpack, open, ask', value: before_s, unit: 's' },
        {
          what: '  the predecessor ÷ this, both with the start of the process',
          value: before_s / process_s,
          unit: '×',
        },
      );
    }
  } finally {
    await distant.close();
  }
  return report;
}

/**
 * The same on EFS: a loopback object server that takes 5 ms for an operation stands for NFS (FUSE is not to be had
 * everywhere). Read in place, and copied to this machine's disk first.
 */
export async function measureOnMount(folder: string, rows: number): Promise<BenchRow[]> {
  const distant = await startDistantStore({ folder, latency_ms: 5, bytes_per_s: 300_000_000 });
  const copies = await mkdtemp(join(tmpdir(), 'slipstream-copy-'));
  try {
    const version = await versionOf(await benchTable(distant.bucketFolder, rows));
    const { storageOptions } = distant;
    const question = { root: `s3://bench/rows-${rows}`, storageOptions, version, rows, queries: QUERIES, copy_ms: 0 };
    const endpoint = distant.url.replace('/bench', '');
    const inPlace = await askNewProcess({ ...question, copy: null });
    const copied = await askNewProcess({ ...question, copy: { folder: copies, endpoint, bucket: 'bench' } });
    const what = `${rows.toLocaleString('en')} rows`;
    return [
      { what: `${what}: opened in place`, value: inPlace.lookup_s, unit: 's' },
      { what: '  warm', value: median(inPlace.warm_ms), unit: 'ms' },
      { what: `${what}: copied first (the default)`, value: copied.lookup_s, unit: 's' },
      { what: '  warm', value: median(copied.warm_ms), unit: 'ms', at_most: 30 },
    ];
  } finally {
    await distant.close();
    await rm(copies, { recursive: true, force: true });
  }
}

async function versionOf(root: string): Promise<number> {
  const store = openLanceStore({ uri: root });
  const writer = await store.openWriter('lines', BENCH_IDENTITY);
  const version = await writer.version();
  await store.close();
  return version;
}

/** As functions are deployed: one file, and LanceDB beside it. */
async function bundledProbe(): Promise<string> {
  const outDir = join(import.meta.dirname, '../node_modules/.cache/bench');
  const entry = { 'cold-probe': join(import.meta.dirname, 'cold-probe.ts') };
  await build({
    entry,
    outDir,
    config: false,
    silent: true,
    format: 'esm',
    target: 'node24',
    platform: 'node',
    external: ['@lancedb/lancedb', 'apache-arrow'],
    noExternal: [/./],
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
    minify: true,
  });
  return join(outDir, 'cold-probe.js');
}

async function askNewProcess(question: ColdQuestion): Promise<ColdAnswer> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    await bundledProbe(),
    JSON.stringify(question),
  ]);
  if (stderr !== '') console.error(stderr.trimEnd());
  return coldAnswerSchema.parse(JSON.parse(stdout));
}
