import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { blobTime } from '../src/objects/blob-name.ts';

/** What holds in every data folder at every moment, whatever happened to it; the sentences that do not. */
export function invariantFaults(dataDir: string, objectsDir = join(dataDir, 'objects')): string[] {
  const database = new DatabaseSync(join(dataDir, 'slipstream.db'));
  try {
    const faults: string[] = [];
    for (const row of database.prepare('PRAGMA integrity_check').all()) {
      if (row.integrity_check !== 'ok') faults.push(`integrity: ${row.integrity_check}`);
    }
    for (const row of database.prepare(MISCOUNTED).all()) faults.push(`miscounted: ${JSON.stringify(row)}`);
    for (const row of database.prepare(RECORD_WITHOUT_CHANGE).all())
      faults.push(`no change tells of ${JSON.stringify(row)}`);
    for (const row of database.prepare(UNUSED_BYTES).all())
      faults.push(`no object has the bytes ${JSON.stringify(row)}`);
    for (const row of database.prepare(UNUSED_METADATA).all())
      faults.push(`no object has the metadata ${JSON.stringify(row)}`);
    for (const row of database.prepare(OBJECTS).all()) {
      const { bucket, key, blob, size, size_small } = row;
      if (size_small === size) continue;
      const day = new Date(blobTime(String(blob))).toISOString().slice(0, 10);
      const file = join(objectsDir, String(bucket), day, String(blob));
      if (!existsSync(file) || statSync(file).size !== size) faults.push(`object ${key} of ${bucket} lacks its bytes`);
    }
    return faults;
  } finally {
    database.close();
  }
}

const OBJECTS = `
  SELECT bucket, key, o.blob, size, length(s.bytes) AS size_small FROM objects o LEFT JOIN small_blobs s ON s.blob = o.blob`;

const UNUSED_BYTES = 'SELECT blob FROM small_blobs WHERE blob NOT IN (SELECT blob FROM objects)';

const UNUSED_METADATA = 'SELECT blob FROM object_metadata WHERE blob NOT IN (SELECT blob FROM objects)';

const MISCOUNTED = `
  SELECT queue, live, dead, live_counted, dead_counted FROM (
    SELECT queue, live, dead,
      (SELECT count(*) FROM messages m WHERE m.queue = q.queue) AS live_counted,
      (SELECT count(*) FROM dead_letters d WHERE d.queue = q.queue) AS dead_counted
    FROM (SELECT queue FROM messages UNION SELECT queue FROM dead_letters UNION SELECT queue FROM queue_counts) AS names
    LEFT JOIN queue_counts q USING (queue)
  ) WHERE live IS NOT live_counted OR dead IS NOT dead_counted`;

/** Where nothing was purged, the newest change of a record tells exactly what the record is. */
const RECORD_WITHOUT_CHANGE = `
  SELECT pk, sk FROM records r
  WHERE r.body IS NOT (SELECT after FROM changes c WHERE c.pk = r.pk AND c.sk = r.sk ORDER BY sequence DESC LIMIT 1)`;
