import type { Writer } from '../database/writer.ts';
import type { BlobFiles } from '../objects/blob-files.ts';
import { forgetDiscarded, selectDiscarded } from '../objects/discarded-blobs.ts';

/** Files that one transaction removes. */
const STEP_FILES = 200;

/** Removes the files that the database says it let go of; returns how many rows were struck out. */
export async function removeDiscarded(
  { files, writer }: { readonly files: BlobFiles; readonly writer: Writer },
  bucket: string,
): Promise<number> {
  let removed = 0;
  for (;;) {
    const step = await writer.run((connection) => {
      const blobs = selectDiscarded(connection, bucket, STEP_FILES);
      for (const blob of blobs) {
        files.removeSync(bucket, blob);
        forgetDiscarded(connection, bucket, blob);
      }
      return blobs.length;
    });
    removed += step;
    if (step < STEP_FILES) return removed;
  }
}
