import { realignMessages } from '../queues/realign-messages.ts';
import { type ClaimPorts, claimFiles } from './claim-files.ts';
import { purgeChanges, purgeExpiredRecords } from './purge.ts';
import { removeDiscarded } from './remove-discarded.ts';

export interface MaintenanceReport {
  /** Messages whose times were moved back with a clock that was set back. */
  readonly messages_realigned: number;
  readonly changes_purged: number;
  readonly records_expired: number;
  /** Files of objects that were replaced or deleted, and second copies of originals. */
  readonly files_removed: number;
  /** Originals whose row was missing: they have one again, and are on their way. */
  readonly originals_adopted: number;
  /** Files that puts left behind when their process died, and documents without a row: now in `lost+found`. */
  readonly files_set_aside: number;
}

/** A put takes seconds; what is older and has no row belongs to a process that died, or to a row that was lost. */
export const UNCLAIMED_AGE_MS = 3_600_000;

/** Removes what has had its time. Everything in it is safe to repeat and to run in several processes. */
export class Maintenance {
  readonly #ports: ClaimPorts;
  /** Files older than this were looked at before: the first run looks at all of them, later ones at what came since. */
  #lookedAtUntil = 0;

  constructor(ports: ClaimPorts) {
    this.#ports = ports;
  }

  async run(): Promise<MaintenanceReport> {
    const { connection, writer, clock, rawBucket, artifactsBucket } = this.#ports;
    const nowMs = clock.now();
    const realigned = await this.#realign(nowMs);
    const changesPurged = await purgeChanges(writer, nowMs);
    const recordsExpired = await purgeExpiredRecords(writer, nowMs);
    let filesRemoved = 0;
    for (const bucket of [rawBucket, artifactsBucket]) filesRemoved += await removeDiscarded(this.#ports, bucket);
    const claimed = await this.#claimFiles(nowMs - UNCLAIMED_AGE_MS);
    // Copies the WAL into the database without waiting for anybody, so that it starts over and stays short.
    await connection.read((open) => open.sql('PRAGMA wal_checkpoint(PASSIVE)').get());
    return {
      messages_realigned: realigned,
      changes_purged: changesPurged,
      records_expired: recordsExpired,
      files_removed: filesRemoved,
      originals_adopted: claimed.adopted.length,
      files_set_aside: claimed.set_aside,
    };
  }

  async #realign(nowMs: number): Promise<number> {
    const moved = await this.#ports.writer.run((open) => realignMessages(open, nowMs));
    if (moved > 0) this.#ports.onRealigned();
    return moved;
  }

  async #claimFiles(before: number) {
    // A clock that was set back would hide for as long what comes now.
    const since = Math.min(this.#lookedAtUntil, before);
    const claimed = await claimFiles(this.#ports, { since, before });
    this.#lookedAtUntil = before;
    return claimed;
  }
}
