import { openEmbeddedStore } from '../../src/index.ts';

/**
 * Writes until it is killed: `endless-writer.ts DATA_DIR FIRST`. After each round, when all of it was acknowledged, one
 * line with the round's number.
 */
const [dataDir = '', first = ''] = process.argv.slice(2);
const store = await openEmbeddedStore({ dataDir });
const [work, done] = [store.queue('work-queue'), store.queue('done-queue')];
const [A, B] = [
  { pk: 'BALANCE', sk: 'A' },
  { pk: 'BALANCE', sk: 'B' },
];

for (const key of [A, B]) {
  if ((await store.records.get(key)) === null) {
    await store.records.write({ kind: 'put', record: { ...key, type: 'BALANCE', revision: 1, balance: 0 } });
  }
}
for (let round = Number(first); ; round += 1) {
  await Promise.all([
    store.records.transact([
      { kind: 'update', key: A, add: { balance: 1 } },
      { kind: 'update', key: B, add: { balance: -1 } },
      { kind: 'put', record: { pk: 'ROUND', sk: String(round), type: 'ROUND', revision: 1 } },
    ]),
    store.raw.put(`raw/${round}`, new Uint8Array(40_000).fill(round % 256)),
    work.send({ round }),
  ]);
  const [delivery] = await work.receive({ max: 1, waitMs: 0, visibilityMs: 1 });
  await done.send(delivery === undefined ? null : JSON.parse(delivery.body));
  console.log(round);
}
