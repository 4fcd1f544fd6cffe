import { type JobFailure, readAll } from '@slipstream/records';
import { type CompactionRunRecord, DELTA_LIFETIME_DAYS, isSlipstreamError, SlipstreamError } from '@slipstream/shared';
import { decodeDelta } from '../deltas/decode-delta.ts';
import { DELTA_BYTES_MAX, type Delta } from '../deltas/delta.ts';
import type { CompactionPorts } from './compaction-ports.ts';
import { DELTA_LIFETIME_MS } from './lifetimes.ts';

/** What a run's delta came to. */
export type LoadedRun =
  | LoadedDelta
  /** It can never be merged, and this is why. */
  | { readonly kind: 'unusable'; readonly run: CompactionRunRecord; readonly failure: JobFailure };

export interface LoadedDelta {
  readonly kind: 'loaded';
  readonly run: CompactionRunRecord;
  readonly delta: Delta;
}

/** Reads a run's delta. Rejects only with what may be better later. */
export async function loadDelta(ports: CompactionPorts, run: CompactionRunRecord): Promise<LoadedRun> {
  if (Date.parse(run.created_at) + DELTA_LIFETIME_MS < ports.clock.now()) {
    const message = `The delta is older than ${DELTA_LIFETIME_DAYS} days, when tombstones that keep it out may be gone: reprocess the image, or run slipstream index rebuild.`;
    return { kind: 'unusable', run, failure: { code: 'DELTA_EXPIRED', message } };
  }
  try {
    const bytes = await readAll(await ports.artifacts.get(run.delta_key), DELTA_BYTES_MAX);
    const delta = decodeDelta(bytes, run.delta_sha256);
    assertFits(delta, run, ports);
    return { kind: 'loaded', run, delta };
  } catch (error) {
    if (!isSlipstreamError(error) || error.retry !== 'never') throw error;
    return { kind: 'unusable', run, failure: { code: error.code, message: error.message } };
  }
}

function assertFits({ image_id, identity }: Delta, run: CompactionRunRecord, { identity: own }: CompactionPorts): void {
  if (image_id !== run.image_id) {
    throw new SlipstreamError('DOCUMENT_INVALID', 'The delta is of another image than its run; reprocess the image.');
  }
  if (identity.provider !== own.provider || identity.dimensions !== own.dimensions) {
    throw new SlipstreamError(
      'INDEX_EMBEDDING_MISMATCH',
      `The delta was embedded by ${identity.provider} (${identity.dimensions} dimensions), the index by ${own.provider} (${own.dimensions}): reprocess the image.`,
    );
  }
}
