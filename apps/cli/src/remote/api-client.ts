import { problemSchema } from '@slipstream/api-contract';
import { createClient, type SlipstreamClient } from '@slipstream/api-contract/client';
import { backoffMs } from '@slipstream/runtime';
import { type Clock, type ErrorCode, isErrorCode, SlipstreamError } from '@slipstream/shared';
import type { z } from 'zod';

export interface ApiClientOptions {
  readonly url: string;
  /** The caller's token; a renewed one where the last was refused. */
  readonly token: (refused: string | null) => Promise<string>;
  readonly clock: Clock;
  /** Of one request. */
  readonly timeout_ms?: number;
}

/** What the typed client resolves to. */
interface Asked {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

const TIMEOUT_MS = 40_000;
const TRIES_MAX = 4;
const BACKOFF = { firstMs: 250, lastMs: 5_000 };
/** The gateway throttles with 429; the others say that nothing was done, or that it may be done again. */
const RETRIED = new Set([429, 502, 503, 504]);

/** The HTTP API as a person who is signed in. Every route is safe to repeat, so what breaks off is tried again. */
export class ApiClient {
  readonly #options: ApiClientOptions;
  readonly #client: SlipstreamClient;

  constructor(options: ApiClientOptions) {
    this.#options = options;
    this.#client = createClient({ baseUrl: options.url, fetch: (request) => this.#authorized(request) });
  }

  /** The answer, checked. A problem becomes the error that it names; a server that cannot be reached `STORE_UNAVAILABLE`. */
  async call<T>(schema: z.ZodType<T>, ask: (client: SlipstreamClient) => Promise<Asked>): Promise<T> {
    const { data, error, response } = await ask(this.#client).catch((thrown: unknown) => {
      // The client parses what it is answered: no JSON is no answer of ours.
      if (thrown instanceof SyntaxError) throw this.#notAgreed(thrown);
      throw thrown;
    });
    if (!response.ok) throw problemError(response, error);
    const parsed = schema.safeParse(data);
    if (parsed.success) return parsed.data;
    throw this.#notAgreed(parsed.error);
  }

  #notAgreed(cause: unknown): SlipstreamError {
    return new SlipstreamError(
      'DOCUMENT_INVALID',
      `${this.#options.url} answered with something else than was agreed: is it the api_url of the outputs, and is this program as new as the stack?`,
      { cause },
    );
  }

  /** The original of an image of so many bytes, in as many answers as it takes. */
  async download(image_id: string, size: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (let received = 0; received < size; ) {
      const { data, error, response } = await this.#client.GET('/images/{image_id}/original', {
        params: { path: { image_id }, header: { range: `bytes=${received}-` } },
        parseAs: 'arrayBuffer',
      });
      if (!response.ok) throw problemError(response, error);
      const part = new Uint8Array(data ?? new ArrayBuffer());
      if (part.byteLength === 0)
        throw new SlipstreamError('STORE_UNAVAILABLE', `The original of ${image_id} broke off; repeat it.`);
      parts.push(part);
      received += part.byteLength;
    }
    return Buffer.concat(parts);
  }

  async #authorized(request: Request): Promise<Response> {
    const token = await this.#options.token(null);
    const answer = await this.#patiently(request, token);
    if (answer.status !== 401) return answer;
    await answer.body?.cancel();
    return this.#patiently(request, await this.#options.token(token));
  }

  async #patiently(request: Request, token: string): Promise<Response> {
    for (let tries = 1; ; tries += 1) {
      const answer = await this.#send(request, token);
      const isLast = tries === TRIES_MAX;
      if (answer instanceof Response && (isLast || !RETRIED.has(answer.status))) return answer;
      if (!(answer instanceof Response) && isLast) throw answer;
      if (answer instanceof Response) await answer.body?.cancel();
      await this.#options.clock.sleep(backoffMs(tries, BACKOFF));
    }
  }

  /** A copy of the request: its body can be read once. */
  async #send(request: Request, token: string): Promise<Response | SlipstreamError> {
    const { url, timeout_ms = TIMEOUT_MS } = this.#options;
    const sent = request.clone();
    sent.headers.set('authorization', `Bearer ${token}`);
    try {
      return await fetch(sent, { signal: AbortSignal.timeout(timeout_ms) });
    } catch (cause) {
      return new SlipstreamError('STORE_UNAVAILABLE', `${url} cannot be reached: is the network there?`, { cause });
    }
  }
}

function problemError({ status, url }: Response, answer: unknown): SlipstreamError {
  if (status === 401) {
    return new SlipstreamError('CALLER_UNKNOWN', 'The API does not know you (any more): slipstream login signs in.');
  }
  const problem = problemSchema.safeParse(answer);
  if (problem.success && isErrorCode(problem.data.code)) {
    return new SlipstreamError(problem.data.code, problem.data.detail);
  }
  // The gateway's own answers are no problems of ours.
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer ?? '');
  const path = URL.canParse(url) ? new URL(url).pathname : 'The request';
  return new SlipstreamError(codeOf(status), `${path} was answered with ${status}: ${text.slice(0, 200)}`);
}

function codeOf(status: number): ErrorCode {
  if (status === 403) return 'ACCESS_DENIED';
  if (status === 404) return 'NOT_FOUND';
  if (status === 413) return 'LIMIT_EXCEEDED';
  if (status === 429 || status >= 500) return 'STORE_BUSY';
  return 'REQUEST_INVALID';
}
