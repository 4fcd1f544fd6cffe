/**
 * How old a delta may be when it is merged: a message's life (7 days), its dead letter's (14) and the redriven message's
 * (7). The bucket keeps deltas for longer; tombstones are kept until no delta can come any more that they keep out.
 */
export const DELTA_LIFETIME_DAYS = 28;
