import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { closeToOthers, type Logger, makePrivateFolder } from '@slipstream/runtime';
import {
  type ChangeFeed,
  type Clock,
  messageBody,
  type ObjectStore,
  type Queue,
  type QueueMessage,
  type QueueName,
  type RecordStore,
  SlipstreamError,
  systemClock,
} from '@slipstream/shared';
import { Connection } from './database/connection.ts';
import { isBlank, migrate } from './database/migrate.ts';
import { isNoDatabase, toStoreError } from './database/sqlite-errors.ts';
import { Writer } from './database/writer.ts';
import { type DataFolder, databaseLost, dataFolderAt, objectsLost, openDataFolder } from './folder/data-folder.ts';
import { FolderGuard } from './folder/folder-guard.ts';
import { identifyFolder, isIdLost } from './folder/folder-identity.ts';
import { backUpDatabase } from './maintenance/back-up.ts';
import type { ClaimPorts } from './maintenance/claim-files.ts';
import { eraseHistory } from './maintenance/erase-history.ts';
import { Maintenance, type MaintenanceReport, UNCLAIMED_AGE_MS } from './maintenance/maintenance.ts';
import { ALWAYS, unclaimedFiles } from './maintenance/unclaimed-files.ts';
import { type UnknownOriginals, unknownOriginals } from './maintenance/unknown-originals.ts';
import { acceptUpload } from './objects/accept-upload.ts';
import { BlobFiles } from './objects/blob-files.ts';
import { EmbeddedObjectStore } from './objects/embedded-object-store.ts';
import { holdsDays, holdsObjects } from './objects/folder-contents.ts';
import { objectCreatedEvent, UPLOADS_QUEUE } from './objects/object-created.ts';
import { hasObject, hasObjectInFile } from './objects/object-table.ts';
import { PresignedUploads, type UploadRequest } from './objects/presigned-uploads.ts';
import { Arrivals } from './queues/arrivals.ts';
import { EmbeddedQueue, type QueueOptions } from './queues/embedded-queue.ts';
import { insertMessage } from './queues/message-table.ts';
import { realignMessages } from './queues/realign-messages.ts';
import { EmbeddedRecords } from './records/embedded-records.ts';
import { hasRecord } from './records/record-table.ts';
import { readOrCreateSecret } from './upload-secret.ts';

/** What DESIGN's queues have on AWS: a lid that is closed often is no failure, so the count is generous. */
const RECEIVE_COUNT_MAX_DEFAULT = 100;

export interface EmbeddedStoreOptions {
  readonly dataDir: string;
  readonly clock?: Clock;
  readonly rawBucket?: string;
  readonly artifactsBucket?: string;
  /** Where it says that a folder of an earlier release was migrated, and where its copy lies. */
  readonly logger?: Pick<Logger, 'info'>;
  /** Absolute; where whoever serves HTTP hands PUT requests to `acceptUpload`. Without it no upload can be signed. */
  readonly uploadBaseUrl?: string | (() => string);
}

/** The ports on one machine. Any number of processes may have the same folder open. */
export interface EmbeddedStore {
  readonly records: RecordStore & ChangeFeed;
  /** Objects put here are announced on `uploads-queue`. */
  readonly raw: ObjectStore;
  readonly artifacts: ObjectStore;
  /** Its messages are those of the table of queues. */
  queue<N extends QueueName>(name: N, options?: QueueOptions): Queue<QueueMessage<N>>;
  queue<M>(name: string, options?: QueueOptions): Queue<M>;
  /** For a PUT to a URL of `presignPut`: `REQUEST_INVALID` when it was not signed so, `CONDITION_FAILED` when the key is taken. */
  acceptUpload(request: UploadRequest): Promise<void>;
  /** The folder's own name, which a copy of it shares and no other has. */
  readonly folderId: string;
  /** Resolves when the folder was removed or exchanged while it is open: from then on everything fails with this. */
  readonly lost: Promise<SlipstreamError>;
  /**
   * Removes what the folder itself keeps of a partition's records that were deleted: see `eraseHistory`. False where
   * something is left for another time.
   */
  eraseHistory(partition: string): Promise<boolean>;
  /** Whether the database is older than the originals beside it; cheap, and remembered for some seconds. */
  unknownOriginals(): Promise<UnknownOriginals>;
  /** Removes what has had its time; to be called every few minutes by one process or by all. */
  maintain(): Promise<MaintenanceReport>;
  /** Ends waiting receives with an empty list, lets running writes finish, then closes. Harmless when repeated. */
  close(): Promise<void>;
}

/**
 * `DATA_FOLDER_INVALID` or `DATA_FOLDER_NEWER` when the folder cannot be used, which is then left as it was;
 * `CONFIGURATION_INVALID` for a bucket's name that S3 would not take.
 */
export async function openEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  return (await openParts(options)).store;
}

/** A store, and what works on it from below. */
export interface StoreParts {
  readonly store: EmbeddedStore;
  readonly claims: ClaimPorts;
}

/** `isNew`: objects without a database are what is expected. `mayLackObjects`: so is a database without its objects. */
export async function openParts(
  options: EmbeddedStoreOptions,
  { isNew = false, mayLackObjects = false } = {},
): Promise<StoreParts> {
  const { clock = systemClock, rawBucket = 'slipstream-raw', artifactsBucket = 'slipstream-artifacts' } = options;
  assertBucketNames(rawBucket, artifactsBucket);
  const folder = isNew ? dataFolderAt(options.dataDir) : await openDataFolder(options.dataDir);
  // Older versions, and a folder that was made by hand, leave receipts open to every user of the machine.
  makePrivateFolder(options.dataDir);
  const connection = await openDatabase(folder, isNew, options.logger);
  const files = new BlobFiles(folder.objects, clock);
  if (!isNew) await assertNotEmptied({ folder, connection, files, rawBucket, nowMs: clock.now() });
  if (!mayLackObjects) await assertObjects(folder, connection, rawBucket);
  const opened = await prepare(folder, connection, clock, [rawBucket, artifactsBucket]);
  const { writer, guard, folderId } = opened;
  const arrivals = new Arrivals(connection);
  const secret = await readOrCreateSecret(folder.uploadSecret);
  const { uploadBaseUrl = null } = options;
  const baseUrl = typeof uploadBaseUrl === 'string' ? () => uploadBaseUrl : uploadBaseUrl;
  const uploads = new PresignedUploads(secret, baseUrl, clock);
  const bucketHome = { connection, writer, clock, files, uploads, announce: null, announced: () => {} };
  const announce = announcer(rawBucket, clock);
  const announced = () => arrivals.notify(UPLOADS_QUEUE);
  const raw = new EmbeddedObjectStore({
    ...bucketHome,
    bucket: rawBucket,
    keepsSmallInDatabase: false,
    announce,
    announced,
  });
  const artifacts = new EmbeddedObjectStore({ ...bucketHome, bucket: artifactsBucket, keepsSmallInDatabase: true });
  const stores = [raw, artifacts];
  const claims = {
    connection,
    writer,
    clock,
    files,
    rawBucket,
    artifactsBucket,
    announce,
    announced,
    onRealigned: () => arrivals.notifyAll(),
  };
  const maintenance = new Maintenance(claims);

  const store: EmbeddedStore = {
    folderId,
    lost: guard.lost,
    records: new EmbeddedRecords(connection, writer, clock),
    raw,
    artifacts,
    queue: <M>(name: string, queueOptions: QueueOptions = {}) =>
      new EmbeddedQueue<M>(
        { queue: name, connection, writer, arrivals, clock },
        queueOptions.maxReceiveCount ?? RECEIVE_COUNT_MAX_DEFAULT,
      ),
    acceptUpload: (request) => acceptUpload(request, uploads, stores),
    eraseHistory: (partition) =>
      eraseHistory(
        { connection, writer, files, buckets: [rawBucket, artifactsBucket], now: () => clock.now() },
        partition,
      ),
    unknownOriginals: remembered(clock, () => unknownOriginals({ files, connection, clock }, rawBucket)),
    maintain: () => maintenance.run(),
    close: async () => {
      arrivals.close();
      await writer.settled();
      guard.close();
      connection.close();
    },
  };
  return { store, claims };
}

/** What a database needs before it is used: a folder that is its own, and times that this clock can reach. */
async function prepare(folder: DataFolder, connection: Connection, clock: Clock, buckets: readonly string[]) {
  try {
    const folderId = await identifyFolder(folder, new Writer(connection));
    for (const bucket of buckets) await mkdir(join(folder.objects, bucket), { recursive: true, mode: 0o700 });
    const guard = new FolderGuard(folder, buckets, (error) => connection.fail(error));
    const writer = new Writer(connection, guard.assertInPlace);
    await writer.run((open) => realignMessages(open, clock.now()));
    return { writer, guard, folderId };
  } catch (thrown) {
    connection.close();
    throw thrown;
  }
}

/** A disk that is not mounted, or a copy of the database alone: every original would be reported lost, one by one. */
async function assertObjects(folder: DataFolder, connection: Connection, rawBucket: string): Promise<void> {
  try {
    if (await holdsDays(join(folder.objects, rawBucket))) return;
    if (await connection.read((open) => hasObjectInFile(open, rawBucket))) throw objectsLost(folder);
  } catch (thrown) {
    connection.close();
    throw thrown;
  }
}

/**
 * A database that has its tables and nothing on them, beside originals that it must have known: rows were deleted, or
 * it is new and was put there. A put that was killed before its row leaves the same behind in a folder that is new: then
 * the folder's id is there, and housekeeping takes the original up within the hour.
 */
async function assertNotEmptied(found: {
  readonly folder: DataFolder;
  readonly connection: Connection;
  readonly files: BlobFiles;
  readonly rawBucket: string;
  readonly nowMs: number;
}): Promise<void> {
  const { folder, connection, files, rawBucket, nowMs } = found;
  try {
    if (await connection.read((open) => hasObject(open) || hasRecord(open))) return;
    const before = nowMs - UNCLAIMED_AGE_MS;
    const period = (await isIdLost(folder, connection)) ? ALWAYS : { since: 0, before };
    for await (const file of unclaimedFiles({ files, connection }, rawBucket, period)) {
      if (file.isFinished) throw databaseLost(folder);
    }
  } catch (thrown) {
    connection.close();
    throw thrown;
  }
}

async function openDatabase(
  folder: DataFolder,
  isNew: boolean,
  logger: EmbeddedStoreOptions['logger'],
): Promise<Connection> {
  try {
    const connection = await Connection.open(folder.database);
    try {
      if (!isNew && isBlank(connection) && (await holdsObjects(folder.objects))) throw databaseLost(folder);
      const migration = await migrate(connection, (version) => backUpDatabase(folder.database, version));
      if (migration)
        logger?.info(migration, 'the data folder was brought to a newer version; a copy of its database was kept');
      // SQLite gives what it puts beside the database the database's mode.
      for (const suffix of ['', '-wal', '-shm']) closeToOthers(`${folder.database}${suffix}`);
    } catch (thrown) {
      connection.close();
      throw thrown;
    }
    return connection;
  } catch (cause) {
    if (!isNoDatabase(cause)) throw toStoreError(cause);
    const message = `${folder.database} is no database of Slipstream, or cannot be opened; put back a copy, name another folder, or run slipstream recover, which makes the records again from the originals.`;
    throw new SlipstreamError('DATA_FOLDER_INVALID', message, { cause });
  }
}

const REMEMBERED_MS = 10_000;

function remembered<T>(clock: Clock, work: () => Promise<T>): () => Promise<T> {
  let last: { readonly at: number; readonly result: Promise<T> } | null = null;
  return () => {
    if (last === null || clock.monotonic() - last.at > REMEMBERED_MS) last = { at: clock.monotonic(), result: work() };
    return last.result;
  };
}

/** S3's rules, without those on names that look like addresses. The names are folders here. */
const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

function assertBucketNames(...names: readonly string[]): void {
  const wrong = names.find((name) => !BUCKET_NAME.test(name) || name.includes('..'));
  if (wrong !== undefined) {
    throw new SlipstreamError(
      'CONFIGURATION_INVALID',
      `${wrong} is no name for a bucket; use 3 to 63 lower-case letters, digits, dots and hyphens.`,
    );
  }
  if (new Set(names).size < names.length) {
    throw new SlipstreamError('CONFIGURATION_INVALID', 'Both buckets have the same name; give each its own.');
  }
}

function announcer(bucket: string, clock: Clock): ClaimPorts['announce'] {
  return (connection, { key, size }) => {
    const nowMs = clock.now();
    const body = messageBody(objectCreatedEvent(bucket, key, size, nowMs));
    insertMessage(connection, { queue: UPLOADS_QUEUE, body, correlationId: null, sentAt: nowMs, visibleAt: nowMs });
  };
}
