import type { Clock } from '@slipstream/shared';
import type { Connection } from '../database/connection.ts';
import type { Writer } from '../database/writer.ts';
import type { BlobFiles } from '../objects/blob-files.ts';
import { purgeChanges, purgeExpiredRecords } from './purge.ts';
import { LEFTOVER_AGE_MS, removeUnusedBlobs } from './remove-leftovers.ts';

export interface MaintenanceReport {
  readonly changes_purged: number;
  readonly records_expired: number;
  /** Files that puts left behind when their process died. */
  readonly files_removed: number;
}

export interface MaintenanceHome {
  readonly connection: Connection;
  readonly writer: Writer;
  readonly clock: Clock;
  readonly files: BlobFiles;
  readonly buckets: readonly string[];
}

/** Removes what has had its time. Everything in it is safe to repeat and to run in several processes. */
export class Maintenance {
  readonly #home: MaintenanceHome;
  /** Files older than this were looked at before: the first run looks at all of them, later ones at what came since. */
  #lookedAtUntil = 0;

  constructor(home: MaintenanceHome) {
    this.#home = home;
  }

  async run(): Promise<MaintenanceReport> {
    const { connection, writer, clock } = this.#home;
    const nowMs = clock.now();
    const changesPurged = await purgeChanges(writer, nowMs);
    const recordsExpired = await purgeExpiredRecords(writer, nowMs);
    const filesRemoved = await this.#removeLeftovers(nowMs - LEFTOVER_AGE_MS);
    // Copies the WAL into the database without waiting for anybody, so that it starts over and stays short.
    await connection.read((open) => open.sql('PRAGMA wal_checkpoint(PASSIVE)').get());
    return { changes_purged: changesPurged, records_expired: recordsExpired, files_removed: filesRemoved };
  }

  async #removeLeftovers(before: number): Promise<number> {
    const { files, writer, buckets } = this.#home;
    const period = { since: this.#lookedAtUntil, before };
    let removed = 0;
    for (const bucket of buckets) removed += await removeUnusedBlobs({ files, writer, bucket }, period);
    this.#lookedAtUntil = Math.max(this.#lookedAtUntil, before);
    return removed;
  }
}
