import { type Clock, instant, type SnapshotRecord } from '@slipstream/shared';
import type { CollectionSession } from './collection-session.ts';
import type { CompactionPorts } from './compaction-ports.ts';
import { TOMBSTONE_LIFETIME_MS, VERSION_GRACE_MS } from './lifetimes.ts';

/** Each merge leaves a fragment that every look-up has to read besides the indexes. */
const MERGES_MAX = 20;
/** A quiet collection is put in order too, for its tombstones and old versions. */
const IDLE_MS = 3_600_000;

export function isMaintenanceDue({ merges, optimised_at }: SnapshotRecord, clock: Clock): boolean {
  if (merges === 0) return false;
  return merges >= MERGES_MAX || Date.parse(optimised_at) + IDLE_MS <= clock.now();
}

export interface MaintenanceOptions {
  /** Files are rewritten without the rows that are gone, whatever that costs: somebody deleted what they say. */
  readonly mustErase?: boolean;
  /** How long a version with such rows is kept for the readers that opened it. */
  readonly version_grace_ms?: number;
}

/** Duplicates, old tombstones and old versions go, fragments are joined, the indexes brought up to date; then published. */
export async function maintain(
  ports: CompactionPorts,
  session: CollectionSession,
  { mustErase = false, version_grace_ms = VERSION_GRACE_MS }: MaintenanceOptions = {},
): Promise<void> {
  const { clock, logger } = ports;
  const startedAt = clock.monotonic();
  await session.assertHeld();
  const purged = await session.writer.purgeTombstones(clock.now() - TOMBSTONE_LIFETIME_MS);
  await session.assertHeld();
  const grace_ms = mustErase ? version_grace_ms : VERSION_GRACE_MS;
  let { version } = await session.writer.optimise({ pruneBefore: pruneBefore(clock, grace_ms), mustErase });
  // Optimising commits versions on its way that need the old files still: without a grace they go now, or they would
  // stay until the next time.
  if (mustErase && clock.monotonic() - startedAt >= grace_ms) {
    await session.assertHeld();
    ({ version } = await session.writer.optimise({ pruneBefore: pruneBefore(clock, grace_ms), mustErase }));
  }
  await session.published(version, instant(clock));
  const { collection, rows } = session.snapshot;
  const duration_ms = Math.round(clock.monotonic() - startedAt);
  logger.info(
    { collection, version, rows, tombstones_purged: purged.removed, duration_ms },
    'the index was put in order',
  );
}

/** Epoch milliseconds. A version of the same millisecond counts as older: versions are dated more finely than the clock. */
function pruneBefore(clock: Clock, grace_ms: number): number {
  return clock.now() + 1 - grace_ms;
}
