import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Jobs that one transaction adds: keeps the WAL short. */
const STEP_JOBS = 5_000;

/**
 * Makes the store as full as `jobs` finished jobs make it: their records, changes and objects' rows, under random ids, as
 * real ones are. Without the objects' files, which nothing but their own reader looks at.
 */
export function prefill(dataDir: string, jobs: number): void {
  const database = new DatabaseSync(join(dataDir, 'slipstream.db'));
  database.exec('PRAGMA synchronous = OFF; CREATE TEMP TABLE ids (id TEXT)');
  for (let done = 0; done < jobs; done += STEP_JOBS) {
    database.exec(
      `
      BEGIN;
      DELETE FROM ids;
      INSERT INTO ids SELECT lower(hex(randomblob(16))) FROM generated LIMIT ${Math.min(STEP_JOBS, jobs - done)};
      ${records('IMAGE', 'IMAGE', "'2026-01-01T00:00:00.000Z'")}
      ${records('OCR_JOB#1', 'OCR_JOB#COMPLETED', "'2026-01-01T00:00:00.000Z'")}
      ${records('RECEIPT#00001', 'RECEIPT', "'2026-01-01#' || id")}
      ${objects('slipstream-raw', "'raw/' || id")}
      ${objects('slipstream-artifacts', "'ocr/' || id || '/1/1.json.gz'")}
      ${objects('slipstream-artifacts', "'receipts/' || id || '/00001/1.json.gz'")}
      COMMIT;
    `.replace(
        'FROM generated',
        'FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT i FROM n)',
      ),
    );
  }
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}

function records(sk: string, gsi1pk: string, gsi1sk: string): string {
  const body = `json_object('pk', 'IMAGE#' || id, 'sk', '${sk}', 'type', '${gsi1pk}', 'revision', 1, 'gsi1pk', '${gsi1pk}',
    'gsi1sk', ${gsi1sk}, 'note', hex(zeroblob(300)))`;
  return `
    INSERT INTO records (pk, sk, gsi1pk, gsi1sk, body) SELECT 'IMAGE#' || id, '${sk}', '${gsi1pk}', ${gsi1sk}, ${body} FROM ids;
    INSERT INTO changes (at_ms, pk, sk, before, after) SELECT 0, 'IMAGE#' || id, '${sk}', NULL, ${body} FROM ids;`;
}

function objects(bucket: string, key: string): string {
  return `
    INSERT INTO objects (bucket, key, blob, size, modified_at_ms)
      SELECT '${bucket}', ${key}, lower(hex(randomblob(16))), 3000, 0 FROM ids;`;
}
