import { isSlipstreamError } from '@slipstream/shared';
import { openEmbeddedStore } from '../../src/index.ts';

/**
 * One of several processes that do the same work on the same folder: `hammer.ts DATA_DIR NAME ROUNDS`. Writes one line of
 * JSON with what it did.
 */
const [dataDir = '', name = '', rounds = ''] = process.argv.slice(2);
const COUNTER = { pk: 'COUNTER', sk: 'COUNTER' };
const store = await openEmbeddedStore({ dataDir });
const queue = store.queue('work-queue');
const received: string[] = [];
const createdObjects: string[] = [];
let conflicts = 0;

await store.records
  .write({
    kind: 'put',
    record: { ...COUNTER, type: 'COUNTER', revision: 1, added: 0, compared: 0 },
    condition: { ifAbsent: true },
  })
  .catch(ignoreConflict);
for (let round = 0; round < Number(rounds); round += 1) {
  await Promise.all([
    store.records.write({ kind: 'update', key: COUNTER, add: { added: 1 } }),
    queue.send({ from: name, round }),
    createObject(`shared/${round}`),
  ]);
  await compareAndSet();
  const deliveries = await queue.receive({ max: 3, waitMs: 0, visibilityMs: 600_000 });
  for (const delivery of deliveries) {
    await delivery.ack();
    received.push(delivery.body);
  }
}
await store.close();
console.log(JSON.stringify({ received, createdObjects, conflicts }));

async function createObject(key: string): Promise<void> {
  const { created } = await store.raw.put(key, new TextEncoder().encode(name), { ifAbsent: true });
  if (created) createdObjects.push(key);
}

/** Reads the counter and writes it plus one, until nobody came in between. */
async function compareAndSet(): Promise<void> {
  for (;;) {
    const before = await store.records.get(COUNTER);
    if (before === null) throw new Error('the counter is gone');
    const set = { compared: Number(before.compared) + 1 };
    const condition = { ifRevision: before.revision };
    const after = await store.records.write({ kind: 'update', key: COUNTER, set, condition }).catch(ignoreConflict);
    if (after !== null) return;
    conflicts += 1;
  }
}

function ignoreConflict(thrown: unknown): null {
  if (isSlipstreamError(thrown, 'CONDITION_FAILED')) return null;
  throw thrown;
}
