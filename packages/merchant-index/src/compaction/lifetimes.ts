import { DELTA_LIFETIME_DAYS } from '@slipstream/shared';

const DAY_MS = 86_400_000;

export const DELTA_LIFETIME_MS = DELTA_LIFETIME_DAYS * DAY_MS;

/** A tombstone stays until no delta that it has to keep out can come any more. */
export const TOMBSTONE_LIFETIME_MS = DELTA_LIFETIME_MS + DAY_MS;

/** A version is kept for readers that opened it; they look for a newer one each second. */
export const VERSION_GRACE_MS = 600_000;
