import type { CompactionMessage } from '@slipstream/shared';
import type { DynamoDBRecord } from 'aws-lambda';

export interface WaitingMessage {
  readonly message: CompactionMessage;
  /** The first change that it stands for: while it is not sent, the stream has to come again from there. */
  readonly since: DynamoDBRecord;
}

/**
 * Refreshes and deletes of a partition's receipts, coalesced: the index is brought to what the records say when it is
 * merged, so that of several changes of a receipt the last one's message is enough.
 */
export class ChangedReceipts {
  readonly #waiting = new Map<string, WaitingMessage>();

  add(message: CompactionMessage, change: DynamoDBRecord): void {
    const key = `${message.receipt_id}#${message.collection}`;
    this.#waiting.set(key, { message, since: this.#waiting.get(key)?.since ?? change });
  }

  /** Sends what waits, in the order of the first changes. The change from which on it is unsent; null when nothing is. */
  async tell(send: (waiting: WaitingMessage) => Promise<boolean>): Promise<DynamoDBRecord | null> {
    for (const [key, waiting] of this.#waiting) {
      if (!(await send(waiting))) return waiting.since;
      this.#waiting.delete(key);
    }
    return null;
  }
}
