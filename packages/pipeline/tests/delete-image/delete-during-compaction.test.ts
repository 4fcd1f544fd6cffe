import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seededRandom } from '@slipstream/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createCompaction } from '../../src/compaction/compaction.ts';
import { deleteImage, finishDeletion } from '../../src/delete-image/index.ts';
import { createProcessOcrResults } from '../../src/process-ocr-results/process-ocr-results.ts';
import { createStreamProcessor } from '../../src/stream-processor/stream-processor.ts';
import { openEmbeddedMemoryHome, resultMessage } from '../../testing/memory-home.ts';
import { HARBOUR, receiptLines } from '../../testing/shops.ts';
import { context } from '../../testing/test-home.ts';

const MARK = 'MARKEDZEBRA';

let home: Awaited<ReturnType<typeof openEmbeddedMemoryHome>>;
beforeEach(async () => {
  home = await openEmbeddedMemoryHome();
});
afterEach(() => home.close());

/** Its rows go one by one into files of the index. */
async function completed(number: number, mark: string): Promise<string> {
  const { ports } = home;
  const ids = await home.read([...receiptLines(HARBOUR, number), `${mark} thanks you`]);
  await ports.uploads.note({ image_id: ids.image_id, uploaded_by: 'local', owner_id: 'default', file_name: 'a.png' });
  expect(await createProcessOcrResults(ports)([resultMessage(ids)], context())).toEqual({ retry: [] });
  return ids.image_id;
}
async function drainCompaction(version_grace_ms = 0): Promise<void> {
  const queue = home.ports.queues['compaction-queue'];
  const handler = createCompaction(home.ports, { version_grace_ms });
  for (;;) {
    const deliveries = await queue.receive({ max: 10, waitMs: 0, visibilityMs: 30_000 });
    if (deliveries.length === 0) return;
    const { retry } = await handler(deliveries, context(120_000));
    await Promise.all(
      deliveries.map((delivery) => (retry.includes(delivery.id) ? delivery.release(0) : delivery.ack())),
    );
  }
}
async function stream(): Promise<void> {
  const changes = await home.changes();
  await createStreamProcessor(home.ports, { collections: ['lines'] })(changes, context());
}
async function deleted(image_id: string): Promise<void> {
  const outcome = await deleteImage(home.ports, 'local', image_id);
  if (outcome.kind === 'deleting') await finishDeletion(home.ports, outcome.deletion, { againAfterMs: 0 });
}
async function filesWith(text: string): Promise<readonly string[]> {
  const entries = await readdir(home.folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const held = await Promise.all(files.map(async (file) => (await readFile(file)).includes(text)));
  return files.filter((_, index) => held[index]);
}
async function rowsOf(image_id: string): Promise<readonly string[]> {
  const reader = await (await home.ports.merchantMemory())?.reader('lines');
  const rows = reader ? await Array.fromAsync(reader.rows()) : [];
  return rows.filter((row) => row.image_id === image_id && !row.deleted).map(({ text }) => text);
}

/** For a newer version, each second. */
const untilReadersLook = () => new Promise((resolve) => setTimeout(resolve, 1_100));

it('no file of the index holds a row of a deleted image, and others’ rows stay', async () => {
  const kept = [];
  for (let number = 1; number <= 3; number += 1) kept.push(await completed(number, `number ${number}`));
  const image_id = await completed(4, MARK);
  await stream();
  await drainCompaction();
  expect((await filesWith(MARK)).length).toBeGreaterThan(0);
  await untilReadersLook();
  expect((await rowsOf(image_id)).join(' ')).toContain(MARK);
  const before = await rowsOf(kept[0] ?? '');
  await deleted(image_id);
  await stream();
  await drainCompaction();
  await untilReadersLook();
  expect(await rowsOf(image_id)).toEqual([]);
  expect(await filesWith(MARK)).toEqual([]);
  expect(await rowsOf(kept[0] ?? '')).toEqual(before);
});

const SEED = Number(process.env.DELETE_SEED ?? Date.now() % 1_000_000);
it(`a deletion at any moment of a compaction leaves no row (seed ${SEED})`, async () => {
  const random = seededRandom(SEED);
  const gone: string[] = [];
  const stay: string[] = [];
  for (let round = 0; round < 8; round += 1) {
    const image_id = await completed(round, `round ${round}`);
    const other = await completed(round + 100, `other ${round}`);
    await stream();
    const pause = () => new Promise((resolve) => setTimeout(resolve, random() * 60));
    await Promise.all([drainCompaction(), pause().then(() => deleted(image_id)), pause().then(stream)]);
    gone.push(image_id);
    stay.push(other);
  }
  await stream();
  await drainCompaction();
  await untilReadersLook();
  for (const image_id of gone) expect(await rowsOf(image_id)).toEqual([]);
  for (const image_id of stay) expect((await rowsOf(image_id)).length).toBeGreaterThan(3);
}, 120_000);
