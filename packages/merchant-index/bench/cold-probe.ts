import { withinTime } from '@slipstream/runtime';
import { S3ObjectStore } from '@slipstream/store-aws';
import { CopyingStore } from '../src/index/homes/copying-store.ts';
import { folderTableFiles, objectTableFiles } from '../src/index/homes/table-files.ts';
import { openLanceStore } from '../src/index/lance/lance-store.ts';
import type { VectorStore } from '../src/index/vector-index.ts';
import { BENCH_IDENTITY, queryVectors } from './bench-rows.ts';
import { type ColdAnswer, coldQuestionSchema } from './cold-question.ts';

// A new process that asks the index once, as a function does in a new environment; then again and again.
const question = coldQuestionSchema.parse(JSON.parse(process.argv[2] ?? ''));
const loaded_ms = performance.now();
const [first, ...others] = queryVectors(question.queries, question.rows);
if (first === undefined) throw new Error('There is no query.');

const copied = Promise.withResolvers<void>();
const store = openStore();
const opened_ms = performance.now();
const reader = await store.openReader('lines', BENCH_IDENTITY, question.version);
const [hits] = await reader.search([first], { limit: 5 });
const answered_ms = performance.now();
if (hits?.[0] === undefined) throw new Error('The index found nothing.');

if (question.copy_ms > 0) await withinTime(copied.promise, question.copy_ms);
const copied_ms = performance.now();
const warm_ms: number[] = [];
const nearest: string[] = [];
for (const vector of others) {
  const started = performance.now();
  const [found] = await reader.search([vector], { limit: 5 });
  warm_ms.push(performance.now() - started);
  nearest.push(found?.[0]?.id ?? '');
}
const answer: ColdAnswer = {
  process_s: answered_ms / 1000,
  loading_s: loaded_ms / 1000,
  lookup_s: (answered_ms - opened_ms) / 1000,
  copy_s: (copied_ms - answered_ms) / 1000,
  warm_ms,
  nearest,
  memory_mb: process.resourceUsage().maxRSS / 1000,
};
console.log(JSON.stringify(answer));
await reader.close();
await store.close();

function openStore(): VectorStore {
  const { root, storageOptions, copy } = question;
  const home = openLanceStore({ uri: root, storageOptions });
  if (copy === null) return home;
  const { endpoint, bucket } = copy;
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
  const objects = endpoint === null ? null : new S3ObjectStore(bucket, { endpoint, region: 'us-east-1', credentials });
  const prefix = root.replace(`s3://${bucket}/`, '');
  return new CopyingStore({
    home,
    folder: copy.folder,
    filesOf: (collection) =>
      objects === null
        ? folderTableFiles(`${root}/index/${collection}.lance`)
        : objectTableFiles(objects, `${prefix}/index/${collection}.lance/`),
    logger: { info: () => copied.resolve(), warn: (...line: unknown[]) => console.error(...line) },
  });
}
