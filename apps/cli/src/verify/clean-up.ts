import { rawKey, recordKeys, type StoredRecord } from '@slipstream/shared';
import type { AwsStore } from '@slipstream/store-aws';

const PAGE_ROWS = 200;
/** Folders that have a folder for each image. */
const ARTIFACT_FOLDERS = ['ocr', 'receipts', 'reviews'];

/** Removes an image with all that was made of it, as if it had never been sent. Safe to repeat. */
export async function removeImage(store: AwsStore, imageId: string): Promise<{ records: number; objects: number }> {
  const records = await recordsOf(store, imageId);
  const callers = records.filter(({ type }) => type === 'UPLOAD').map(({ uploaded_by }) => String(uploaded_by));
  const receipts = records.filter(({ type }) => type === 'RECEIPT');
  const links = callers.flatMap((caller) => receipts.map((receipt) => linkOf(caller, receipt)));
  for (const key of [...links, ...records.map(({ pk, sk }) => ({ pk, sk }))]) {
    await store.records.write({ kind: 'delete', key });
  }
  let objects = 1;
  await store.raw.delete(rawKey(imageId));
  for (const folder of ARTIFACT_FOLDERS) objects += await removeFolder(store, `${folder}/${imageId}/`);
  return { records: records.length + links.length, objects };
}

async function recordsOf(store: AwsStore, imageId: string): Promise<readonly StoredRecord[]> {
  const records: StoredRecord[] = [];
  let cursor: string | null = null;
  do {
    const query = { partition: recordKeys.image(imageId).pk, limit: PAGE_ROWS, cursor };
    const page: Awaited<ReturnType<typeof store.records.query>> = await store.records.query(query);
    records.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== null);
  return records;
}

function linkOf(caller: string, { date, image_id, receipt_id }: StoredRecord) {
  const day = typeof date === 'string' ? date : undefined;
  return recordKeys.callerReceipt(caller, day, String(image_id), String(receipt_id));
}

async function removeFolder(store: AwsStore, prefix: string): Promise<number> {
  let removed = 0;
  for (;;) {
    const { items } = await store.artifacts.list({ prefix, limit: PAGE_ROWS });
    for (const { key } of items) await store.artifacts.delete(key);
    removed += items.length;
    if (items.length < PAGE_ROWS) return removed;
  }
}
