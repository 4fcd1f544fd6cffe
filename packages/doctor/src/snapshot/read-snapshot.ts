import { readFile } from 'node:fs/promises';
import { SlipstreamError } from '@slipstream/shared';
import { SNAPSHOT_VERSION, type Snapshot, snapshotSchema } from './snapshot.ts';

/** A snapshot that was saved: checked, and of this version. */
export async function readSnapshot(path: string): Promise<Snapshot> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new SlipstreamError(
      'NOT_FOUND',
      `${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  });
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw new SlipstreamError(
      'DOCUMENT_INVALID',
      `${path} is not JSON: a snapshot is what slipstream doctor --save writes.`,
      { cause },
    );
  }
  return parseSnapshot(document, path);
}

export function parseSnapshot(document: unknown, name: string): Snapshot {
  const version =
    typeof document === 'object' && document !== null && 'schema_version' in document
      ? document.schema_version
      : undefined;
  if (version === undefined)
    throw new SlipstreamError(
      'DOCUMENT_INVALID',
      `${name} is no snapshot: a snapshot is what slipstream doctor --save writes.`,
    );
  if (version !== SNAPSHOT_VERSION)
    throw new SlipstreamError(
      'DOCUMENT_INVALID',
      `${name} is a snapshot of version ${String(version)}; this program reads version ${SNAPSHOT_VERSION}. Collect it again with this program, or read it with the one that wrote it.`,
    );
  const parsed = snapshotSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new SlipstreamError(
    'DOCUMENT_INVALID',
    `${name} is not a valid snapshot at ${issue?.path.join('.') || 'its top'}: ${issue?.message}`,
  );
}
