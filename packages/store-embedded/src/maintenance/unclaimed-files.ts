import { join } from 'node:path';
import type { Connection } from '../database/connection.ts';
import type { BlobFiles } from '../objects/blob-files.ts';
import { type BlobFileName, blobTime, parseBlobFileName } from '../objects/blob-name.ts';
import { isDiscarded } from '../objects/discarded-blobs.ts';
import { entriesIn } from '../objects/folder-contents.ts';
import { isBlobInUse } from '../objects/object-table.ts';

/** A file of a bucket that no row of the database names. */
export interface UnclaimedFile extends BlobFileName {
  readonly fileName: string;
}

/** When the files were begun, as their names say: epoch milliseconds. */
export interface Period {
  readonly since: number;
  readonly before: number;
}

export const ALWAYS: Period = { since: 0, before: Number.POSITIVE_INFINITY };

const DAY_MS = 86_400_000;

/** The files of a bucket begun in the period that no row names, one day's folder at a time. */
export async function* unclaimedFiles(
  { files, connection }: { readonly files: BlobFiles; readonly connection: Connection },
  bucket: string,
  period: Period,
): AsyncGenerator<UnclaimedFile> {
  const directory = files.bucketDirectory(bucket);
  for (const day of await entriesIn(directory)) {
    if (!day.isDirectory() || !mayHold(day.name, period)) continue;
    for (const entry of await entriesIn(join(directory, day.name))) {
      const file = parseBlobFileName(entry.name);
      if (file === null || !isWithin(file, period) || !entry.isFile()) continue;
      // A name from another day's folder would not be found by it again.
      if (join(directory, day.name, file.blob) !== files.pathOf(bucket, file.blob)) continue;
      const isClaimed = await connection.read(
        (open) => isBlobInUse(open, file.blob) || isDiscarded(open, bucket, file.blob),
      );
      if (!isClaimed) yield { ...file, fileName: entry.name };
    }
  }
}

function isWithin({ blob }: BlobFileName, { since, before }: Period): boolean {
  const beganAt = blobTime(blob);
  return beganAt >= since && beganAt < before;
}

function mayHold(day: string, { since, before }: Period): boolean {
  const startsAt = Date.parse(day);
  return startsAt < before && startsAt + DAY_MS > since;
}
