import { problemSchema } from '@slipstream/api-contract';
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

export interface RequestBody {
  readonly bytes: Uint8Array;
  readonly type: string;
}

type Headers = Readonly<Record<string, string>>;

const TIMEOUT_MS = 40_000;
const TRIES_MAX = 4;
const FIRST_PAUSE_MS = 250;
/** The gateway throttles with 429; the others say that nothing was done, or that it may be done again. */
const RETRIED = new Set([429, 502, 503, 504]);

/** The HTTP API as a person who is signed in. Every route is safe to repeat, so what breaks off is tried again. */
export class ApiClient {
  readonly #options: ApiClientOptions;

  constructor(options: ApiClientOptions) {
    this.#options = options;
  }

  /** The answer, checked. A problem becomes the error that it names; a server that cannot be reached `STORE_UNAVAILABLE`. */
  async call<T>(schema: z.ZodType<T>, method: 'GET' | 'POST' | 'DELETE', path: string, body?: RequestBody): Promise<T> {
    const answer = await this.#authorized(method, path, body);
    const text = await answer.text();
    if (!answer.ok) throw problemError(answer.status, text, `${method} ${path.split('?')[0]}`);
    const parsed = schema.safeParse(jsonOrNull(text));
    if (parsed.success) return parsed.data;
    throw new SlipstreamError(
      'DOCUMENT_INVALID',
      `${this.#options.url} answered ${method} ${path.split('?')[0]} with something else than was agreed: is it the api_url of the outputs, and is this program as new as the stack?`,
      { cause: parsed.error },
    );
  }

  /** A file of so many bytes, in as many answers as it takes. */
  async download(path: string, size: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (let received = 0; received < size; ) {
      const answer = await this.#authorized('GET', path, undefined, { range: `bytes=${received}-` });
      if (!answer.ok) throw problemError(answer.status, await answer.text(), `GET ${path}`);
      const part = await answer.bytes();
      if (part.byteLength === 0) throw new SlipstreamError('STORE_UNAVAILABLE', `GET ${path} broke off; repeat it.`);
      parts.push(part);
      received += part.byteLength;
    }
    return Buffer.concat(parts);
  }

  async #authorized(method: string, path: string, body?: RequestBody, more: Headers = {}): Promise<Response> {
    const token = await this.#options.token(null);
    const answer = await this.#patiently(method, path, body, { ...more, authorization: `Bearer ${token}` });
    if (answer.status !== 401) return answer;
    await answer.body?.cancel();
    const renewed = await this.#options.token(token);
    return this.#patiently(method, path, body, { ...more, authorization: `Bearer ${renewed}` });
  }

  async #patiently(method: string, path: string, body: RequestBody | undefined, given: Headers): Promise<Response> {
    for (let tries = 1; ; tries += 1) {
      const answer = await this.#send(method, path, body, given);
      const isLast = tries === TRIES_MAX;
      if (answer instanceof Response && (isLast || !RETRIED.has(answer.status))) return answer;
      if (!(answer instanceof Response) && isLast) throw answer;
      if (answer instanceof Response) await answer.body?.cancel();
      await this.#options.clock.sleep(FIRST_PAUSE_MS * 2 ** (tries - 1));
    }
  }

  async #send(
    method: string,
    path: string,
    body: RequestBody | undefined,
    given: Headers,
  ): Promise<Response | SlipstreamError> {
    const { url, timeout_ms = TIMEOUT_MS } = this.#options;
    const headers = { ...given, ...(body ? { 'content-type': body.type } : {}) };
    try {
      return await fetch(new URL(path, url), {
        method,
        headers,
        signal: AbortSignal.timeout(timeout_ms),
        // A token goes to nobody else.
        redirect: 'error',
        ...(body ? { body: new Uint8Array(body.bytes) } : {}),
      });
    } catch (cause) {
      return new SlipstreamError('STORE_UNAVAILABLE', `${url} cannot be reached: is the network there?`, { cause });
    }
  }
}

function problemError(status: number, text: string, what: string): SlipstreamError {
  if (status === 401) {
    return new SlipstreamError('CALLER_UNKNOWN', 'The API does not know you (any more): slipstream login signs in.');
  }
  const problem = problemSchema.safeParse(jsonOrNull(text));
  if (problem.success && isErrorCode(problem.data.code)) {
    return new SlipstreamError(problem.data.code, problem.data.detail);
  }
  // The gateway's own answers are no problems of ours.
  return new SlipstreamError(codeOf(status), `${what} was answered with ${status}: ${text.slice(0, 200)}`);
}

function codeOf(status: number): ErrorCode {
  if (status === 403) return 'ACCESS_DENIED';
  if (status === 404) return 'NOT_FOUND';
  if (status === 413) return 'LIMIT_EXCEEDED';
  if (status === 429 || status >= 500) return 'STORE_BUSY';
  return 'REQUEST_INVALID';
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // no JSON is no answer of ours; the schema says so
  }
}
