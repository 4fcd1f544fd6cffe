import {
  Agent,
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  request as send,
} from 'node:http';
import { Transform } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

export interface Traffic {
  readonly requests: Readonly<Record<string, number>>;
  /** Bodies of answers. */
  readonly bytes_read: number;
  /** Bodies of requests. */
  readonly bytes_written: number;
}

export interface SlowProxyOptions {
  /** Of the object server, on loopback. */
  readonly port: number;
  readonly latency_ms: number;
  /** Of all connections together, each way. */
  readonly bytes_per_s: number;
}

/** Puts the distance to S3 before an object server: time before each request is passed on, and a line of limited width. */
export class SlowProxy {
  readonly server: Server;
  readonly #options: SlowProxyOptions;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 512 });
  #latency_ms: number;
  #requests: Record<string, number> = {};
  #log: string[] = [];
  #read = 0;
  #written = 0;
  /** Until when (performance.now) the line is taken, each way. */
  readonly #taken = { down: 0, up: 0 };

  constructor(options: SlowProxyOptions) {
    this.#options = options;
    this.#latency_ms = options.latency_ms;
    this.server = createServer((request, response) => {
      this.#pass(request, response).catch((error: unknown) =>
        response.destroy(error instanceof Error ? error : undefined),
      );
    });
  }

  /** What passed since the last call. */
  takeTraffic(): Traffic & { readonly log: readonly string[] } {
    const traffic = { requests: this.#requests, bytes_read: this.#read, bytes_written: this.#written, log: this.#log };
    this.#requests = {};
    this.#log = [];
    this.#read = 0;
    this.#written = 0;
    return traffic;
  }

  setLatency(latency_ms: number): void {
    this.#latency_ms = latency_ms;
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET';
    this.#requests[method] = (this.#requests[method] ?? 0) + 1;
    const arrived = performance.now();
    await wait(this.#latency_ms);
    const { port } = this.#options;
    const passed = send({
      port,
      host: '127.0.0.1',
      method,
      path: request.url,
      headers: request.headers,
      agent: this.#agent,
    });
    passed.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      let bytes = 0;
      const line = this.#line('down', (length) => {
        bytes += length;
        this.#read += length;
      });
      answer.pipe(line).pipe(response);
      response.on('finish', () => {
        this.#log.push(
          `${method} ${request.url} ${request.headers.range ?? ''} ${answer.statusCode} ${bytes} B ${arrived.toFixed(0)}+${(performance.now() - arrived).toFixed(0)} ms`,
        );
      });
    });
    passed.on('error', () => response.destroy());
    response.on('close', () => passed.destroy());
    const line = this.#line('up', (length) => {
      this.#written += length;
    });
    request.pipe(line).pipe(passed);
  }

  /** Holds each chunk until the line would have carried it. */
  #line(way: 'down' | 'up', count: (length: number) => void): Transform {
    return new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        count(chunk.length);
        const now = performance.now();
        this.#taken[way] = Math.max(this.#taken[way], now) + (chunk.length / this.#options.bytes_per_s) * 1000;
        const delay_ms = this.#taken[way] - now;
        if (delay_ms < 2) done(null, chunk);
        else setTimeout(() => done(null, chunk), delay_ms);
      },
    });
  }
}
