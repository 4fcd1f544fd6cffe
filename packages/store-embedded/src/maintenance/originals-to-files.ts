import { text } from '../database/columns.ts';
import { putObject, selectObject } from '../objects/object-table.ts';
import { deleteSmallBlob, selectSmallBlob } from '../objects/small-blobs.ts';
import type { ClaimPorts } from './claim-files.ts';

/** Each is a file with its flushes: the others go on in between. */
const STEP_ORIGINALS = 50;
const BYTES_MAX = 65_536;

const SELECT = `
  SELECT o.key FROM small_blobs s JOIN objects o ON o.blob = s.blob WHERE o.bucket = ? AND o.key > ?
  ORDER BY o.key LIMIT ${STEP_ORIGINALS}`;

/**
 * Earlier versions kept the bytes of small originals in the database alone, where its loss is theirs. Each gets a file;
 * returns how many. Safe to repeat: a file that was written and not yet named is a copy, which maintenance removes.
 */
export async function originalsToFiles(ports: ClaimPorts): Promise<number> {
  const { connection, rawBucket } = ports;
  let moved = 0;
  for (let after = ''; ; ) {
    const keys = await connection.read((open) =>
      open
        .sql(SELECT)
        .all(rawBucket, after)
        .map((row) => text(row, 'key')),
    );
    for (const key of keys) if (await moveToFile(ports, key)) moved += 1;
    after = keys.at(-1) ?? '';
    if (keys.length < STEP_ORIGINALS) return moved;
  }
}

async function moveToFile({ connection, writer, files, rawBucket }: ClaimPorts, key: string): Promise<boolean> {
  const found = await connection.read((open) => {
    const row = selectObject(open, rawBucket, key);
    const bytes = row && selectSmallBlob(open, row.blob);
    return row && bytes && { row, bytes };
  });
  if (found === null) return false;
  const { row, bytes } = found;
  const written = await files.write(rawBucket, [bytes], BYTES_MAX);
  const isMoved = await writer.run((open) => {
    if (selectObject(open, rawBucket, key)?.blob !== row.blob) return false;
    // The type that was sent with it is of no use to anything that reads originals: they are told by their content.
    putObject(open, rawBucket, { key, ...written, modifiedAt: row.modifiedAt, contentType: null });
    deleteSmallBlob(open, row.blob);
    return true;
  });
  if (!isMoved) await files.remove(rawBucket, written.blob);
  return isMoved;
}
