import { SQSClient } from '@aws-sdk/client-sqs';
import { type Clock, SlipstreamError, systemClock } from '@slipstream/shared';
import type { AwsOptions } from '../aws-options.ts';
import { type Attempt, type AwsCall, callAws } from '../calls/call-aws.ts';
import { clientConfig } from '../calls/client-config.ts';

export type SqsSend<T> = (client: SQSClient, attempt: Attempt) => Promise<T>;
export type SqsCallOptions = Pick<AwsCall<unknown>, 'signal' | 'isRepeatable'>;

/** One client for all queues of an account, made with the first request and kept. */
export class SqsConnection {
  readonly clock: Clock;
  readonly #options: AwsOptions;
  #made: SQSClient | null = null;

  constructor(options: AwsOptions = {}, clock: Clock = systemClock) {
    this.#options = options;
    this.clock = clock;
  }

  /** Makes a request about the queue `url`, and makes it again while its failure passes. */
  async request<T>(url: string, what: string, send: SqsSend<T>, options: SqsCallOptions = {}): Promise<T> {
    if (url === '') {
      const message = 'A queue has no URL: set the variables …_QUEUE_URL of the queues that are used here.';
      throw new SlipstreamError('CONFIGURATION_INVALID', message);
    }
    this.#made ??= new SQSClient(clientConfig(this.#options));
    const client = this.#made;
    return callAws(
      { ...options, what: `${what} of ${url}`, send: (attempt) => send(client, attempt) },
      { ...this.#options, clock: this.clock },
    );
  }

  close(): void {
    this.#made?.destroy();
    this.#made = null;
  }
}
