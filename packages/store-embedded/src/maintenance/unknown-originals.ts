import { join } from 'node:path';
import type { Clock } from '@slipstream/shared';
import type { Connection } from '../database/connection.ts';
import type { BlobFiles } from '../objects/blob-files.ts';
import { blobTime, parseBlobFileName } from '../objects/blob-name.ts';
import { isDiscarded } from '../objects/discarded-blobs.ts';
import { entriesIn } from '../objects/folder-contents.ts';
import { isBlobInUse } from '../objects/object-table.ts';

/** Files that are looked at, the newest: an older copy of the database lacks just those. */
const LOOKED_AT_MAX = 1_000;
/** A put has its row within milliseconds of its whole file. */
const ON_ITS_WAY_MS = 1_000;

export interface UnknownOriginals {
  /** Of the newest files of originals, those that no row names. */
  readonly count: number;
  /** The oldest of them, epoch milliseconds; null where there is none. */
  readonly oldest_ms: number | null;
  /** There may be more: all that were looked at are unknown. */
  readonly isAtLeast: boolean;
}

/**
 * Whether the database is older than the originals beside it: a look that is cheap enough for each start. Housekeeping,
 * which looks at all of them, takes up what is older than an hour; `recover` takes up all of it at once.
 */
export async function unknownOriginals(
  { files, connection, clock }: { readonly files: BlobFiles; readonly connection: Connection; readonly clock: Clock },
  bucket: string,
): Promise<UnknownOriginals> {
  const isUnknown = (blob: string) =>
    connection.read((open) => !isBlobInUse(open, blob) && !isDiscarded(open, bucket, blob));
  let lookedAt = 0;
  const suspects: string[] = [];
  for await (const blob of newestFirst(files.bucketDirectory(bucket))) {
    if (lookedAt === LOOKED_AT_MAX) break;
    lookedAt += 1;
    if (await isUnknown(blob)) suspects.push(blob);
  }
  if (suspects.length > 0) await clock.sleep(ON_ITS_WAY_MS);
  const unknown: number[] = [];
  for (const blob of suspects) if (await isUnknown(blob)) unknown.push(blobTime(blob));
  return {
    count: unknown.length,
    oldest_ms: unknown.length === 0 ? null : Math.min(...unknown),
    isAtLeast: unknown.length === LOOKED_AT_MAX,
  };
}

/** The blobs of a bucket that are whole, by the time in their names; one day's folder at a time. */
async function* newestFirst(directory: string): AsyncGenerator<string> {
  const days = (await entriesIn(directory)).filter((day) => day.isDirectory()).map(({ name }) => name);
  for (const day of days.sort().reverse()) {
    const names = (await entriesIn(join(directory, day))).filter((entry) => entry.isFile()).map(({ name }) => name);
    for (const name of names.sort().reverse()) {
      const file = parseBlobFileName(name);
      if (file?.isFinished) yield file.blob;
    }
  }
}
