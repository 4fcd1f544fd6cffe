import type { DeletionTiming } from '@slipstream/pipeline/delete-image';

/** Readers in this program look for a newer version of the index each second. */
export const VERSION_GRACE_MS = 15_000;
/** Here the one agent's claim is known to end, and nothing is far away. */
export const HOME_DELETION_TIMING: DeletionTiming = { againAfterMs: 20_000 };
