import type { Connection } from '../database/connection.ts';
import { buryMessage } from './dead-letter-table.ts';
import { type MessageRow, selectMessage, selectReceivable, updateMessage } from './message-table.ts';

export interface Taking {
  readonly queue: string;
  readonly max: number;
  readonly visibilityMs: number;
  readonly receiveCountMax: number;
  readonly nowMs: number;
}

/** Looks into the queue that one take needs at most, when it keeps finding used-up messages; the next take goes on. */
const LOOKS_MAX = 20;

/**
 * Takes up to `max` messages into flight. What was received `receiveCountMax` times before is moved to the dead letters
 * instead, without a reason, as SQS does it. Inside a transaction.
 */
export function takeMessages(connection: Connection, taking: Taking): MessageRow[] {
  const { queue, max, visibilityMs, receiveCountMax, nowMs } = taking;
  const taken: MessageRow[] = [];
  for (let look = 0; look < LOOKS_MAX && taken.length < max; look += 1) {
    const rows = selectReceivable(connection, queue, nowMs, max - taken.length);
    if (rows.length === 0) break;
    const [usedUp, fresh] = partition(rows, (row) => row.receiveCount >= receiveCountMax);
    for (const message of usedUp) buryMessage(connection, { message, reason: null, deadAt: nowMs });
    for (const row of fresh) {
      const receiveCount = row.receiveCount + 1;
      const inFlight = { ...row, receiveCount, receivedAt: nowMs, visibleAt: nowMs + visibilityMs, scheduledAt: nowMs };
      updateMessage(connection, inFlight);
      taken.push(inFlight);
    }
    if (usedUp.length === 0) break;
  }
  return taken;
}

function partition<T>(values: readonly T[], isFirst: (value: T) => boolean): readonly [T[], T[]] {
  return [values.filter(isFirst), values.filter((value) => !isFirst(value))];
}

/** Makes a take undone that nobody learned of: ready again, and not counted. Inside a transaction. */
export function untakeMessages(connection: Connection, taken: readonly MessageRow[], nowMs: number): void {
  for (const { queue, sequence, receiveCount } of taken) {
    const row = selectMessage(connection, queue, sequence);
    if (row === null || row.receiveCount !== receiveCount) continue;
    updateMessage(connection, {
      ...row,
      receiveCount: receiveCount - 1,
      receivedAt: null,
      visibleAt: nowMs,
      scheduledAt: nowMs,
    });
  }
}
