import {
  type BatchResultErrorEntry,
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
} from '@aws-sdk/client-sqs';
import { SlipstreamError } from '@slipstream/shared';
import { BatchedCalls } from '../batched-calls.ts';
import type { SqsCallOptions, SqsConnection, SqsSend } from './sqs-connection.ts';

/** SQS takes this many entries in one request. */
const ENTRIES_MAX = 10;
/** Deletes and extensions wait this long for others: ten of them cost what one costs. Far below any visibility timeout. */
const LINGER_MS = 500;

export interface VisibilityChange {
  readonly handle: string;
  readonly visibility_s: number;
}

/** One queue's requests. */
export class SqsCalls {
  readonly url: string;
  readonly #connection: SqsConnection;
  readonly #deletes: BatchedCalls<string>;
  readonly #visibilities: BatchedCalls<VisibilityChange>;

  constructor(url: string, connection: SqsConnection) {
    this.url = url;
    this.#connection = connection;
    const batch = { clock: connection.clock, linger_ms: LINGER_MS, entries_max: ENTRIES_MAX };
    this.#deletes = new BatchedCalls({ ...batch, send: (handles) => this.#sendDeletes(handles) });
    this.#visibilities = new BatchedCalls({ ...batch, send: (changes) => this.#sendVisibilities(changes) });
  }

  /** Of the same account and credentials. */
  another(url: string): SqsCalls {
    return new SqsCalls(url, this.#connection);
  }

  delete(handle: string): Promise<void> {
    return this.#deletes.call(handle);
  }

  changeVisibility(change: VisibilityChange): Promise<void> {
    return this.#visibilities.call(change);
  }

  /** Makes a request; what it throws is one of our errors. */
  request<T>(what: string, send: SqsSend<T>, options: SqsCallOptions = {}): Promise<T> {
    return this.#connection.request(this.url, what, send, options);
  }

  async #sendDeletes(handles: readonly string[]) {
    const Entries = handles.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
    const { Failed } = await this.request('deleting messages', (client, { signal }) =>
      client.send(new DeleteMessageBatchCommand({ QueueUrl: this.url, Entries }), { abortSignal: signal }),
    );
    return this.#failures(Failed);
  }

  async #sendVisibilities(changes: readonly VisibilityChange[]) {
    const Entries = changes.map(({ handle, visibility_s }, index) => ({
      Id: String(index),
      ReceiptHandle: handle,
      VisibilityTimeout: visibility_s,
    }));
    const { Failed } = await this.request('changing visibilities', (client, { signal }) =>
      client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: this.url, Entries }), { abortSignal: signal }),
    );
    return this.#failures(Failed);
  }

  /** A batch that succeeded can hold entries that did not. Those at our fault name a receipt that is no longer ours. */
  #failures(failed: readonly BatchResultErrorEntry[] = []): ReadonlyMap<number, SlipstreamError> {
    return new Map(failed.map((entry) => [Number(entry.Id), this.#failure(entry)]));
  }

  #failure({ Code = '', Message = '', SenderFault }: BatchResultErrorEntry): SlipstreamError {
    const details = { aws_error: Code };
    return SenderFault
      ? new SlipstreamError('LEASE_LOST', `The message belongs to another worker by now (${Code}).`, { details })
      : new SlipstreamError('STORE_UNAVAILABLE', `SQS failed for one message: ${Code} ${Message}`, { details });
  }
}
