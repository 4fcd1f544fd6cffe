import { RECEIVE_MESSAGES_MAX } from '@slipstream/shared';

/** Messages that may wait in hand, whatever their pace: two receives' worth keeps ten at a time coming. */
const WAITING_MAX = 2 * RECEIVE_MESSAGES_MAX;
/** Waiting messages are started within this time, so that another worker that idles is not kept from them. */
const WAIT_MS_MAX = 2_000;
/** And never later than this fraction of their visibility timeout. */
export const WAIT_FRACTION_MAX = 0.5;

/** Settling takes no slot until it falls behind: ten at once are one request. */
const SETTLING_FREE = RECEIVE_MESSAGES_MAX;

export interface Pace {
  readonly concurrency: number;
  /** Mean duration of the work so far; null before the first has ended. */
  readonly work_ms: number | null;
  readonly visibility_ms: number;
}

export interface Held {
  readonly waiting: number;
  readonly working: number;
  readonly settling: number;
}

/** How many messages may wait behind those that are worked on. None until their pace is known. */
export function waitingMax(pace: Pace): number {
  if (pace.work_ms === null) return 0;
  const horizon = Math.min(WAIT_MS_MAX, pace.visibility_ms * WAIT_FRACTION_MAX);
  const startable = Math.floor((pace.concurrency * horizon) / Math.max(pace.work_ms, 1));
  return Math.min(WAITING_MAX, startable);
}

/**
 * How many messages to ask for; 0: none yet. A request costs the same for one message as for ten, so it waits until it
 * can ask for ten, unless a slot is free and nothing waits for it.
 */
export function askFor(pace: Pace, held: Held): number {
  const unsettled = Math.max(0, held.settling - SETTLING_FREE);
  const room = pace.concurrency + waitingMax(pace) - held.waiting - held.working - unsettled;
  const isStarving = held.waiting === 0 && held.working < pace.concurrency;
  if (room >= RECEIVE_MESSAGES_MAX) return RECEIVE_MESSAGES_MAX;
  return isStarving ? Math.max(room, 0) : 0;
}
