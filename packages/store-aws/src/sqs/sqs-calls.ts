import {
  type BatchResultErrorEntry,
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  SQSClient,
  type SQSClientConfig,
} from '@aws-sdk/client-sqs';
import { type Clock, SlipstreamError } from '@slipstream/shared';
import { type AwsOptions, REQUEST_HANDLER } from '../aws-options.ts';
import { BatchedCalls } from '../batched-calls.ts';
import { toStoreError } from '../to-store-error.ts';

/** SQS takes this many entries in one request. */
const ENTRIES_MAX = 10;
/** Deletes and extensions wait this long for others: ten of them cost what one costs. */
const LINGER_MS = 250;

export interface VisibilityChange {
  readonly handle: string;
  readonly visibility_s: number;
}

/** One queue's requests. The client is made with the first of them, and kept. */
export class SqsCalls {
  readonly url: string;
  readonly #options: AwsOptions;
  readonly #deletes: BatchedCalls<string>;
  readonly #visibilities: BatchedCalls<VisibilityChange>;
  #client: SQSClient | null;

  constructor(url: string, options: AwsOptions, clock: Clock, client: SQSClient | null = null) {
    this.url = url;
    this.#options = options;
    this.#client = client;
    const batch = { clock, linger_ms: LINGER_MS, entries_max: ENTRIES_MAX };
    this.#deletes = new BatchedCalls({ ...batch, send: (handles) => this.#sendDeletes(handles) });
    this.#visibilities = new BatchedCalls({ ...batch, send: (changes) => this.#sendVisibilities(changes) });
  }

  /** Of the same account and credentials. */
  another(url: string, clock: Clock): SqsCalls {
    return new SqsCalls(url, this.#options, clock, this.client);
  }

  get client(): SQSClient {
    this.#client ??= new SQSClient(clientConfig(this.#options));
    return this.#client;
  }

  delete(handle: string): Promise<void> {
    return this.#deletes.call(handle);
  }

  changeVisibility(change: VisibilityChange): Promise<void> {
    return this.#visibilities.call(change);
  }

  /** Makes a request; what it throws is one of our errors. */
  async request<T>(what: string, send: (client: SQSClient) => Promise<T>): Promise<T> {
    try {
      return await send(this.client);
    } catch (thrown) {
      throw toStoreError(thrown, `${what} of ${this.url} failed`, this.#options.profile);
    }
  }

  async #sendDeletes(handles: readonly string[]) {
    const Entries = handles.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
    const { Failed } = await this.request('deleting messages', (client) =>
      client.send(new DeleteMessageBatchCommand({ QueueUrl: this.url, Entries })),
    );
    return this.#failures(Failed);
  }

  async #sendVisibilities(changes: readonly VisibilityChange[]) {
    const Entries = changes.map(({ handle, visibility_s }, index) => ({
      Id: String(index),
      ReceiptHandle: handle,
      VisibilityTimeout: visibility_s,
    }));
    const { Failed } = await this.request('changing visibilities', (client) =>
      client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: this.url, Entries })),
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
      ? new SlipstreamError('LEASE_LOST', `The message belongs to somebody else by now (${Code}).`, { details })
      : new SlipstreamError('STORE_UNAVAILABLE', `SQS failed for one message: ${Code} ${Message}`, { details });
  }
}

function clientConfig({ region, profile, endpoint }: AwsOptions): SQSClientConfig {
  return {
    requestHandler: REQUEST_HANDLER,
    ...(region ? { region } : {}),
    ...(profile ? { profile } : {}),
    ...(endpoint ? { endpoint } : {}),
  };
}
