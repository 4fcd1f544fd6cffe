import { createHash } from 'node:crypto';
import { type Clock, imageIdOf, type ObjectHead, rawKey } from '@slipstream/shared';
import type { Connection } from '../database/connection.ts';
import type { Writer } from '../database/writer.ts';
import { isMissing } from '../file-errors.ts';
import type { BlobFiles, WrittenBlob } from '../objects/blob-files.ts';
import { discardBlob, isDiscarded } from '../objects/discarded-blobs.ts';
import { deleteMetadata } from '../objects/object-metadata.ts';
import { isBlobInUse, type ObjectRow, putObject, selectObject } from '../objects/object-table.ts';
import { deleteSmallBlob, selectSmallBlob } from '../objects/small-blobs.ts';
import { type Period, type UnclaimedFile, unclaimedFiles } from './unclaimed-files.ts';

export interface ClaimPorts {
  readonly connection: Connection;
  readonly writer: Writer;
  readonly clock: Clock;
  readonly files: BlobFiles;
  readonly rawBucket: string;
  readonly artifactsBucket: string;
  /** As a put announces its object, in the same transaction. */
  readonly announce: (connection: Connection, object: ObjectHead) => void;
  readonly announced: () => void;
  /** Receivers that wait have to look again. */
  readonly onRealigned: () => void;
}

export interface ClaimedFiles {
  /** Keys of originals that have a row again. */
  readonly adopted: readonly string[];
  /** Files of originals whose bytes another file holds as well: removed. */
  readonly duplicates: number;
  /** Half-written files, and documents that nothing names: moved to `lost+found`. */
  readonly set_aside: number;
  /** Files that could not be read; left where they are. */
  readonly unreadable: number;
}

/** Adopted keys that a report names; the others are only counted in the log line of each run. */
const ADOPTED_NAMED_MAX = 10_000;

/**
 * What becomes of files that no row names. The database is the less durable of the two: it may be an older copy, or have
 * lost its last pages. So no file is removed for want of a row. An original's id is the hash of its bytes: it gets its row
 * and its event again. Everything else is moved to `lost+found`, for a person to look at.
 */
export async function claimFiles(ports: ClaimPorts, period: Period): Promise<ClaimedFiles> {
  const adopted: string[] = [];
  const counts = { duplicates: 0, set_aside: 0, unreadable: 0 };
  for (const bucket of [ports.rawBucket, ports.artifactsBucket]) {
    for await (const file of unclaimedFiles(ports, bucket, period)) {
      if (!file.isFinished || bucket !== ports.rawBucket) {
        if (await setAside(ports, bucket, file)) counts.set_aside += 1;
        continue;
      }
      const claim = await claimOriginal(ports, file);
      if (claim.kind === 'adopted') {
        if (adopted.length < ADOPTED_NAMED_MAX) adopted.push(claim.key);
      } else if (claim.kind === 'duplicate') counts.duplicates += 1;
      else if (claim.kind === 'unreadable') counts.unreadable += 1;
    }
  }
  if (adopted.length > 0) ports.announced();
  return { adopted, ...counts };
}

type Claim =
  | { readonly kind: 'adopted'; readonly key: string }
  | { readonly kind: 'duplicate' | 'unreadable' | 'claimed' };

async function claimOriginal(ports: ClaimPorts, { blob }: UnclaimedFile): Promise<Claim> {
  const { connection, writer, files, rawBucket } = ports;
  const hashed = await hashOf(ports, blob);
  if (hashed === null) return { kind: 'unreadable' };
  const key = rawKey(imageIdOf(hashed.sha256));
  const present = await connection.read((open) => selectObject(open, rawBucket, key));
  const isDuplicate = present !== null && (await holdsBytes(ports, present, hashed.sha256));
  const claim = await writer.run((open): Claim => {
    const isTaken = isBlobInUse(open, blob) || isDiscarded(open, rawBucket, blob);
    if (isTaken || !files.isWholeSync(rawBucket, { blob, size: hashed.size })) return { kind: 'claimed' };
    const now = selectObject(open, rawBucket, key);
    if (now?.blob !== present?.blob) return { kind: 'claimed' }; // changed meanwhile: the next run looks again
    if (isDuplicate) {
      discardBlob(open, rawBucket, blob);
      return { kind: 'duplicate' };
    }
    if (present !== null) {
      deleteSmallBlob(open, present.blob);
      deleteMetadata(open, present.blob);
    }
    const object = { key, blob, size: hashed.size, modifiedAt: ports.clock.now() };
    putObject(open, rawBucket, { ...object, contentType: null });
    ports.announce(open, object);
    return { kind: 'adopted', key };
  });
  // Its row named a file with other bytes: these are of no image.
  if (claim.kind === 'adopted' && present !== null) await setDamagedAside(ports, present.blob);
  return claim;
}

async function setDamagedAside({ files, rawBucket }: ClaimPorts, blob: string): Promise<void> {
  await files.setAside(rawBucket, blob, blob).catch((thrown) => {
    if (!isMissing(thrown)) throw thrown;
  });
}

/** A row's bytes are read and compared before another copy of them is let go of. */
async function holdsBytes(ports: ClaimPorts, row: ObjectRow, sha256: string): Promise<boolean> {
  const small = await ports.connection.read((open) => selectSmallBlob(open, row.blob));
  if (small !== null) return createHash('sha256').update(small).digest('hex') === sha256;
  return (await hashOf(ports, row.blob))?.sha256 === sha256;
}

async function hashOf(ports: ClaimPorts, blob: string): Promise<(WrittenBlob & { readonly sha256: string }) | null> {
  try {
    const handle = await ports.files.open(ports.rawBucket, blob);
    const hash = createHash('sha256');
    let size = 0;
    // The stream closes the file.
    for await (const chunk of handle.createReadStream()) {
      hash.update(chunk);
      size += chunk.byteLength;
    }
    return { blob, size, sha256: hash.digest('hex') };
  } catch {
    return null; // said in the report; the file stays where it is
  }
}

/** A half-written file that a row names after all lost only its name, in a power cut. */
async function setAside(ports: ClaimPorts, bucket: string, { blob, fileName }: UnclaimedFile): Promise<boolean> {
  const isClaimed = await ports.writer.run((open) => isBlobInUse(open, blob));
  if (isClaimed) return false;
  await ports.files.setAside(bucket, fileName, blob);
  return true;
}
