/**
 * Run by `make-release.ts` within the sources of a release: leaves a data folder as that release makes it, and a dump of
 * the table of a deployment with several callers. Usage: node generate-data.ts FOLDER.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { allPorts } from '@slipstream/pipeline';
import { createProcessOcrResults } from '@slipstream/pipeline/process-ocr-results';
import { createStreamProcessor } from '@slipstream/pipeline/stream-processor';
import { createSubmitJob } from '@slipstream/pipeline/submit-job';
import { CAFE, changesOf, context, png, publish, received, submit, type TestHome } from '@slipstream/pipeline/testing';
import { createValidateReceipt } from '@slipstream/pipeline/validate-receipt';
import { createLogger } from '@slipstream/runtime';
import { INDEX_ATTRIBUTES, merchantIdOfKey } from '@slipstream/shared';
import { openEmbeddedStore } from '@slipstream/store-embedded';
import { FakeClock } from '@slipstream/testing';

const SHOP = merchantIdOfKey('phone', '+441632960123');
const BAR = CAFE.map((line) =>
  line.replace('THE CORNER CAFE LTD', 'HARBOUR BAR LTD').replace('14/03/2026', '02/04/2026'),
);
const LETTER = ['Dear Anna', 'it was lovely to see you', 'kind regards'];

async function openHome(dataDir: string): Promise<TestHome> {
  const clock = new FakeClock();
  const store = await openEmbeddedStore({ dataDir, clock, uploadBaseUrl: 'http://127.0.0.1/put' });
  const logger = createLogger({ name: 'release', level: 'fatal', destination: { write: () => {} } });
  const drain: TestHome['drain'] = async (queue, handler) => {
    const deliveries = await queue.receive({ max: 10, waitMs: 0, visibilityMs: 30_000 });
    const messages = deliveries.map(({ id, body }) => received(id, body));
    const outcome = await handler(messages, context());
    for (const delivery of deliveries) await delivery.ack();
    return outcome;
  };
  return {
    ...allPorts(store, { clock, logger }),
    store,
    clock,
    logged: [],
    drain,
    close: () => store.close(),
  };
}

async function read(home: TestHome, imageId: string, lines: readonly string[]): Promise<void> {
  const { job_id } = await publish(home, imageId, lines);
  await home.queues['ocr-results-queue'].send({ image_id: imageId, job_id });
  await home.drain(home.queues['ocr-results-queue'], createProcessOcrResults(home));
  await home.clock.advance(1_000);
}

async function follow(home: TestHome): Promise<void> {
  await createStreamProcessor(home)(await changesOf(home), context());
  await home.drain(home.queues['validate-queue'], createValidateReceipt(home));
}

const take = (home: TestHome) => home.drain(home.queues['uploads-queue'], createSubmitJob(home));

/** One person's folder, with something in every state that a job and a receipt can rest in. */
async function makeFolder(dataDir: string): Promise<void> {
  const home = await openHome(dataDir);
  const [cafe, bar, letter] = [
    await submit(home, png('cafe')),
    await submit(home, png('bar')),
    await submit(home, png('letter')),
  ];
  await submit(home, Buffer.from('Dear Sir or Madam,'));
  await take(home);
  await read(home, cafe, CAFE);
  await read(home, bar, BAR);
  await read(home, letter, LETTER);
  await follow(home);
  await home.records.write({ kind: 'put', record: home.merchants.createWrite(SHOP, 'Harbour').record });
  await home.merchantChanges.assign(bar, '00001', SHOP);
  await follow(home);
  const [pending, done] = [await submit(home, png('pending')), await submit(home, png('done'))];
  await take(home);
  const { job_id } = await publish(home, done, CAFE);
  await home.queues['ocr-results-queue'].send({ image_id: done, job_id });
  await home.queues['uploads-queue'].send({ Records: 7 } as never);
  const [broken] = await home.queues['uploads-queue'].receive({ max: 1, waitMs: 0, visibilityMs: 1_000 });
  await broken?.reject({ code: 'MESSAGE_INVALID', message: 'The message is not of its schema.' });
  const release = { images: { cafe, bar, letter, pending, done }, index_attributes: INDEX_ATTRIBUTES };
  writeFileSync(join(dataDir, '..', 'release.json'), `${JSON.stringify(release, null, 2)}\n`);
  await home.close();
}

/** Two callers who sent the same receipt, and one more of the first. */
async function makeTable(folder: string): Promise<void> {
  const dataDir = join(folder, 'table-data');
  const home = await openHome(dataDir);
  const shared = await submit(home, png('shared'), 'ada');
  await home.clock.advance(1_000);
  await submit(home, png('shared'), 'bob');
  const own = await submit(home, png('own'), 'ada');
  await take(home);
  await read(home, shared, CAFE);
  await read(home, own, BAR);
  await follow(home);
  await home.close();
  writeFileSync(join(folder, 'table.json'), `${JSON.stringify(recordsIn(dataDir), null, 1)}\n`);
  rmSync(dataDir, { recursive: true });
}

function recordsIn(dataDir: string): unknown[] {
  const database = new DatabaseSync(join(dataDir, 'slipstream.db'));
  const bodies = database.prepare('SELECT body FROM records ORDER BY pk, sk').all();
  database.close();
  return bodies.map(({ body }) => JSON.parse(String(body)));
}

const folder = process.argv[2] ?? '';
const dataDir = join(folder, 'data');
mkdirSync(dataDir, { recursive: true });
await makeFolder(dataDir);
await makeTable(folder);
// Small, and without what is a secret of one folder; both are made again.
const database = new DatabaseSync(join(dataDir, 'slipstream.db'));
database.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE; VACUUM;');
database.close();
rmSync(join(dataDir, 'upload-secret'), { force: true });
