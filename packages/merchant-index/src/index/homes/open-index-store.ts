import { hash } from 'node:crypto';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Logger } from '@slipstream/runtime';
import { withinTime } from '@slipstream/runtime';
import { type ObjectStore, SlipstreamError } from '@slipstream/shared';
import { openLanceStore } from '../lance/lance-store.ts';
import type { VectorStore } from '../vector-index.ts';
import { COPY_ANSWERS_WITHIN_MS, CopyingStore } from './copying-store.ts';
import { HomesStore } from './homes-store.ts';
import { folderTableFiles, objectTableFiles } from './table-files.ts';

export type StorageMode = 's3' | 'efs' | 'auto';

export interface IndexStoreOptions {
  /** Chooses the home of collections that are made from now on; those that exist stay where SNAPSHOT says. */
  readonly mode: StorageMode;
  /** The artifacts bucket: the home on S3, and what copies are fetched through. */
  readonly objects: ObjectStore;
  /** For LanceDB's own requests to that bucket; on AWS none are needed. */
  readonly storageOptions?: Readonly<Record<string, string>>;
  /** Where EFS is mounted in this process; null where it is not. */
  readonly mount: string | null;
  /** A folder on this machine's disk for copies; null keeps none. */
  readonly copies: string | null;
  /** SNAPSHOT's `uri` of a table; null before it was published. */
  readonly publishedUri: (table: string) => Promise<string | null>;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
}

/**
 * The merchant index on AWS, wherever each collection lives.
 *
 * | mode | home of a new collection | readers |
 * |---|---|---|
 * | s3 | the artifacts bucket | a copy on the function's own disk |
 * | efs | the mount | a copy on the function's own disk |
 * | auto | the artifacts bucket | a copy on the mount, where this function has one |
 *
 * The mode never moves a collection: its SNAPSHOT names the home, every writer writes there or fails, and functions may
 * have different modes. A reader whose copy does not answer within a second reads the home.
 */
export function openIndexStore(options: IndexStoreOptions): VectorStore {
  const bucketRoot = `s3://${options.objects.bucket}`;
  const mountRoot = options.mount === null ? null : pathToFileURL(options.mount).href;
  if (options.mode === 'efs' && mountRoot === null) {
    throw new SlipstreamError(
      'CONFIGURATION_INVALID',
      'VECTOR_STORAGE_MODE is efs, and this process has no mount: set INDEX_MOUNT_PATH, or the mode s3.',
    );
  }
  const newRoot = options.mode === 'efs' && mountRoot !== null ? mountRoot : bucketRoot;
  return new HomesStore({
    newRoot,
    publishedUri: options.publishedUri,
    openRoot: (root) => openRoot(root, options),
  });
}

async function openRoot(root: string, options: IndexStoreOptions): Promise<VectorStore> {
  const { objects, mode, mount, logger } = options;
  if (root.startsWith('s3://')) {
    const prefix = root
      .slice('s3://'.length)
      .split('/')
      .slice(1)
      .map((part) => `${part}/`)
      .join('');
    const home = openLanceStore({
      uri: root,
      ...(options.storageOptions && { storageOptions: options.storageOptions }),
    });
    const copies = mode === 'auto' && mount !== null ? join(mount, 'copies') : options.copies;
    const filesOf = (table: string) => objectTableFiles(objects, `${prefix}index/${table}.lance/`);
    // Another bucket than the one that this process may read is read in place.
    const isOurs = root.split('/')[2] === objects.bucket;
    return copies === null || !isOurs
      ? home
      : new CopyingStore({ home, filesOf, folder: folderOf(copies, root), logger });
  }
  const path = fileURLToPath(root);
  await assertReachable(path);
  const home = openLanceStore({ uri: path });
  const filesOf = (table: string) => folderTableFiles(join(path, 'index', `${table}.lance`));
  return options.copies === null
    ? home
    : new CopyingStore({ home, filesOf, folder: folderOf(options.copies, root), logger });
}

/** Each home's copies apart: a table that was moved counts its versions anew, so that two homes have one of the same number. */
function folderOf(copies: string, root: string): string {
  return join(copies, hash('sha256', root).slice(0, 16));
}

/** A mount that is not there must not look like an empty one. */
async function assertReachable(path: string): Promise<void> {
  try {
    await withinTime(access(path), COPY_ANSWERS_WITHIN_MS);
  } catch (cause) {
    throw new SlipstreamError(
      'INDEX_UNAVAILABLE',
      `The index lives at ${path}, which this process cannot reach. Mount it here, or move the index: slipstream index move.`,
      { cause, details: { path } },
    );
  }
}
