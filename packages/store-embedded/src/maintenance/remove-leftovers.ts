import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writer } from '../database/writer.ts';
import { isMissing } from '../file-errors.ts';
import { type BlobFiles, blobTime } from '../objects/blob-files.ts';
import { isBlobInUse } from '../objects/object-table.ts';

/** A put takes seconds; what is older and unfinished belongs to a process that died. */
export const LEFTOVER_AGE_MS = 3_600_000;

/** Files that one transaction looks up. */
const STEP_FILES = 200;

/**
 * Removes files that no object names, begun from `since` to `before`; returns how many. Under the write lock, so that a
 * put which was only slow finds out and does not commit a row without its file.
 */
export async function removeUnusedBlobs(
  { files, writer, bucket }: { readonly files: BlobFiles; readonly writer: Writer; readonly bucket: string },
  { since, before }: { readonly since: number; readonly before: number },
): Promise<number> {
  let removed = 0;
  for (const day of await namesIn(files.bucketDirectory(bucket))) {
    if (!mayHold(day, since, before)) continue;
    const names = await namesIn(join(files.bucketDirectory(bucket), day));
    const old = names.filter((name) => blobTime(name) >= since && blobTime(name) < before);
    for (let first = 0; first < old.length; first += STEP_FILES) {
      const step = old.slice(first, first + STEP_FILES);
      removed += await writer.run((connection) => {
        const unused = step.filter((blob) => !isBlobInUse(connection, blob));
        for (const blob of unused) files.removeSync(bucket, blob);
        return unused.length;
      });
    }
  }
  return removed;
}

const DAY_MS = 86_400_000;

function mayHold(day: string, since: number, before: number): boolean {
  const startsAt = Date.parse(day);
  return startsAt < before && startsAt + DAY_MS > since;
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (thrown) {
    // Nothing was put yet.
    if (isMissing(thrown)) return [];
    throw thrown;
  }
}
