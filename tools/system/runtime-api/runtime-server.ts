import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import type { Outcome } from './invocation.ts';

/** Every path of the Runtime API begins with its version; it has been this one since Lambda takes custom runtimes. */
const RUNTIME = '/2018-06-01/runtime';

export interface Task {
  readonly request_id: string;
  readonly event: string;
  /** Epoch milliseconds. */
  readonly deadline: number;
  readonly function_arn: string;
}

interface RunningTask {
  readonly request_id: string;
  readonly settle: (outcome: Outcome) => void;
}

/**
 * The side of one execution environment that the runtime talks to: it asks for the `next` invocation, and posts its
 * response or error.
 *
 *   starting ──next──► waiting ──invoke──► running ──response, error──► ending ──next──► waiting …
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeServer {
  /** The runtime has asked for work and there is none: the moment at which Lambda freezes it. */
  onWaiting: () => void = () => {};
  onInitError: (outcome: Outcome) => void = () => {};
  readonly #server: Server;
  #next: ServerResponse | null = null;
  #running: RunningTask | null = null;

  constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error) => {
        response.writeHead(400).end(JSON.stringify({ errorType: 'InvalidRequest', errorMessage: String(error) }));
      });
    });
    // `next` is answered when there is work, were it in an hour; and a frozen runtime keeps its connection.
    this.#server.requestTimeout = 0;
    this.#server.keepAliveTimeout = 0;
    this.#server.timeout = 0;
  }

  /** host:port, as `AWS_LAMBDA_RUNTIME_API` holds it. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    if (typeof address !== 'object' || address === null) throw new Error('The runtime API has no port.');
    return `127.0.0.1:${address.port}`;
  }

  get isWaiting(): boolean {
    return this.#next !== null;
  }

  /** Hands the task to the waiting runtime; resolves with what it posts. `abandon` ends the wait from outside. */
  run(task: Task): Promise<Outcome> {
    const next = this.#next;
    if (next === null) throw new Error('The runtime does not wait for work.');
    this.#next = null;
    return new Promise((settle) => {
      this.#running = { request_id: task.request_id, settle };
      next
        .writeHead(200, {
          'content-type': 'application/json',
          'lambda-runtime-aws-request-id': task.request_id,
          'lambda-runtime-deadline-ms': String(task.deadline),
          'lambda-runtime-invoked-function-arn': task.function_arn,
        })
        .end(task.event);
    });
  }

  /** Ends the running task, if there is one, with this outcome. */
  abandon(outcome: Outcome): void {
    this.#running?.settle(outcome);
    this.#running = null;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = '' } = request;
    if (method === 'GET' && url === `${RUNTIME}/invocation/next`) {
      this.#next = response;
      this.onWaiting();
      return;
    }
    const body = await json(request);
    if (method === 'POST' && url === `${RUNTIME}/init/error`) {
      accept(response);
      this.onInitError(failure('init', body));
      return;
    }
    const posted = new RegExp(`^${RUNTIME}/invocation/([^/]+)/(response|error)$`).exec(url);
    const running = this.#running;
    if (method !== 'POST' || !posted || running === null || running.request_id !== posted[1]) {
      // A response that comes after its time-out, or to nothing that was asked.
      response.writeHead(posted ? 400 : 404).end(JSON.stringify({ errorType: 'InvalidRequestID' }));
      return;
    }
    accept(response);
    this.#running = null;
    running.settle(posted[2] === 'response' ? { kind: 'returned', payload: body } : failure('invoke', body));
  }
}

function accept(response: ServerResponse): void {
  response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
}

function failure(phase: 'init' | 'invoke', body: unknown): Outcome {
  const { errorType, errorMessage } = Object(body);
  return { kind: 'failed', phase, error_type: String(errorType), message: String(errorMessage) };
}
