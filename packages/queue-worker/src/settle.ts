import { backoffMs } from '@slipstream/runtime';
import { type Clock, isSlipstreamError, SlipstreamError } from '@slipstream/shared';
import type { Lease, LeaseEnd } from './lease.ts';
import type { Handled, Settlement } from './settlement.ts';

/** A dead letter that is not written would leave a failed job without one, so it is tried again while the lease holds. */
const SETTLE_ATTEMPTS_MAX = 5;
const SETTLE_BACKOFF = { firstMs: 200, lastMs: 5_000 };
const RELEASE_BACKOFF = { firstMs: 2_000, lastMs: 900_000 };

/** After these the message may be in somebody else's hands already, and changing its visibility could take it from them. */
const NOT_OURS: ReadonlySet<LeaseEnd> = new Set(['refused', 'unextended']);

/** Carries a settlement out. Returns the error that was left in the end; null when it is settled, or not ours to settle. */
export async function settle(
  lease: Lease,
  settlement: Settlement,
  clock: Clock,
  random: () => number,
): Promise<SlipstreamError | null> {
  for (let attempt = 1; ; attempt += 1) {
    if (settlement.kind === 'release' && !isOursToRelease(lease)) return null;
    try {
      await carryOut(lease, settlement);
      return null;
    } catch (error) {
      if (isSlipstreamError(error, 'LEASE_LOST')) return null;
      if (lease.lost !== null || attempt >= SETTLE_ATTEMPTS_MAX) return SlipstreamError.from(error);
    }
    await clock.sleep(backoffMs(attempt, SETTLE_BACKOFF, random), lease.signal);
  }
}

function isOursToRelease(lease: Lease): boolean {
  return lease.lost === null || (!NOT_OURS.has(lease.lost) && lease.isSure);
}

async function carryOut({ delivery }: Lease, settlement: Settlement): Promise<void> {
  switch (settlement.kind) {
    case 'ack':
      return delivery.ack();
    case 'release':
      return delivery.release(settlement.delay_ms);
    case 'reject':
      return delivery.reject(settlement.reason);
  }
}

/** For an error that the handler did not settle itself: its class decides. */
export function settlementOfError(thrown: unknown, lease: Lease, random: () => number): Handled {
  const error = SlipstreamError.from(thrown);
  if (lease.lost !== null) return { settlement: { kind: 'release', delay_ms: 0 }, outcome: 'called-off' };
  if (error.retry === 'never') {
    const { code, message, details } = error;
    return { settlement: { kind: 'reject', reason: { code, message, details } }, outcome: 'failed', error };
  }
  const delay_ms = error.retry === 'now' ? 0 : backoffMs(lease.delivery.receiveCount, RELEASE_BACKOFF, random);
  return { settlement: { kind: 'release', delay_ms }, outcome: 'retried', error };
}
