import { createServer, type IncomingMessage, type ServerResponse, request as sendOn } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** A request to AWS on its way. */
export interface Passing {
  readonly service: 's3' | 'dynamodb' | 'sqs' | 'sts';
  /** `GetItem`, `SendMessage`; of S3 the HTTP method. */
  readonly operation: string;
  readonly path: string;
  /** The access key that it is signed with, by which the programs are told apart. */
  readonly caller: string;
  /** When its sender believes it is; null where it does not say. */
  readonly signed_at: number | null;
  readonly request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>;
  readonly body: Buffer;
}

/** What happens to it. */
export type Fault =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body: string;
    }
  | { readonly kind: 'delay'; readonly ms: number }
  /** It has its effect, and the connection breaks before the answer. */
  | { readonly kind: 'lose_answer' };

/** Stands between the programs and the server. By itself it changes nothing. */
export class FaultProxy {
  /** Decides about each request; null lets it pass. */
  decide: (passing: Passing) => Fault | null = () => null;
  /** Told after a request has had its effect, before it is answered. */
  onEffect: (passing: Passing) => void = () => {};
  readonly faults: Fault['kind'][] = [];
  readonly #target: URL;
  readonly #server = createServer((request, response) => {
    this.#pass(request, response).catch(() => response.destroy());
  });
  #url = '';

  constructor(target: string) {
    this.#target = new URL(target);
  }

  get url(): string {
    return this.#url;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    this.#url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const passing = passingOf(request, body);
    const fault = this.decide(passing);
    if (fault !== null) this.faults.push(fault.kind);
    if (fault?.kind === 'answer') {
      response.writeHead(fault.status, fault.headers).end(fault.body);
      return;
    }
    if (fault?.kind === 'delay') await sleep(fault.ms);
    if (response.destroyed) return;
    const answer = await this.#forward(request, body);
    this.onEffect(passing);
    if (fault?.kind === 'lose_answer') {
      response.destroy();
      return;
    }
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  #forward(
    request: IncomingMessage,
    body: Buffer,
  ): Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }> {
    const { method, url: path, headers } = request;
    const { hostname, port } = this.#target;
    return new Promise((resolve, reject) => {
      const onward = sendOn(
        { hostname, port, method, path, headers: { ...headers, connection: 'close' } },
        (answer) => {
          buffer(answer).then((received) => {
            // The bytes are sent as they came, by a connection of our own.
            const { connection: _, 'transfer-encoding': __, ...kept } = answer.headers;
            resolve({ status: answer.statusCode ?? 502, headers: kept, body: received });
          }, reject);
        },
      );
      onward.on('error', reject);
      onward.end(body);
    });
  }
}

function passingOf(request: IncomingMessage, body: Buffer): Passing {
  const { method = '', url = '', headers } = request;
  const [target = '', operation = ''] = String(headers['x-amz-target'] ?? '').split('.');
  // STS speaks AWS's older protocol: a form.
  const isForm = String(headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const service = target.startsWith('DynamoDB') ? 'dynamodb' : target === 'AmazonSQS' ? 'sqs' : isForm ? 'sts' : 's3';
  const credential = /Credential=([^/]+)/.exec(headers.authorization ?? url)?.[1] ?? '';
  return {
    service,
    operation: operation || method,
    path: url,
    caller: credential,
    signed_at: instantOf(String(headers['x-amz-date'] ?? '')),
    request: { method, url, headers },
    body,
  };
}

/** Of 20260101T120000Z. */
function instantOf(date: string): number | null {
  const iso = date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  const at = Date.parse(iso);
  return Number.isNaN(at) ? null : at;
}
