import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Jobs } from '@slipstream/records';
import { DEFAULT_OWNER, imageRecordSchema, recordKeys, systemClock } from '@slipstream/shared';
import { type EmbeddedStore, openEmbeddedStore } from '@slipstream/store-embedded';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { removeImage } from '../src/verify/clean-up.ts';

const IMAGE_ID = '00000000-0000-5000-8000-000000000001';
const END = { code: 'ABORTED', message: 'a test' };

let folder: string;
let store: EmbeddedStore;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipstream-remove-'));
  store = await openEmbeddedStore({ dataDir: folder });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

it('what is removed outweighs its rows in the merchant index, whose revision no record knows any more', async () => {
  const jobs = new Jobs(store.records, systemClock);
  const image = {
    image_id: IMAGE_ID,
    owner_id: DEFAULT_OWNER,
    s3_bucket: store.raw.bucket,
    s3_key: `raw/${IMAGE_ID}`,
    size: 0,
  };
  const { job } = await jobs.create(image, IMAGE_ID, END);
  await jobs.fail(job, END);
  const key = recordKeys.receipt(IMAGE_ID, '00001');
  const now = new Date().toISOString();
  await store.records.write({
    kind: 'put',
    record: {
      ...key,
      type: 'RECEIPT',
      image_id: IMAGE_ID,
      receipt_id: '00001',
      job_id: job.job_id,
      status: 'NEW',
      object_key: 'receipts/none',
      confidence: 1,
      checks_ok: 0,
      checks_total: 0,
      item_count: 0,
      revision: 4,
      created_at: now,
      updated_at: now,
    },
  });
  expect(await removeImage(store, systemClock, IMAGE_ID)).toBe(true);
  expect(await store.records.get(key)).toBeNull();
  const { receipt_revision_floor } = imageRecordSchema.parse(await store.records.get(recordKeys.image(IMAGE_ID)));
  expect(receipt_revision_floor).toBeGreaterThan(4);
});
