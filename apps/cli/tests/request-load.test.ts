import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@slipstream/shared';
import { afterEach, describe, expect, it } from 'vitest';
import { type Admission, admitRequests } from '../src/local/load/admit-requests.ts';
import { end, startDev } from './dev-process.ts';

const MB = 1_048_576;

describe('60 photographs of 25 MB at once', () => {
  const BODIES = 60;
  const LARGE = Buffer.alloc(25 * MB - 8, 'x');

  /** One buffer for all: each body differs in its last bytes. */
  function post(url: string, number: number): Promise<{ status: number; retryAfter: string | undefined }> {
    return new Promise((resolve, reject) => {
      const headers = { 'content-length': String(LARGE.length + 8) };
      const sent = request(`${url}/images`, { method: 'POST', headers }, (answer) => {
        answer.resume();
        answer.once('end', () =>
          resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] }),
        );
      });
      sent.on('error', reject);
      sent.write(LARGE);
      sent.end(String(number).padStart(8, '0'));
    });
  }

  it.skipIf(process.platform !== 'linux')(
    'take a bounded memory; what is not taken is told when to come again',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'slipstream-load-'));
      const dev = await startDev(folder, '--engine', 'null', '--log-level', 'error');
      try {
        const peakMb = async () => {
          const status = await readFile(`/proc/${dev.child.pid}/status`, 'utf8');
          return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1_024;
        };
        const before = await peakMb();
        const answers = await Promise.all([...Array(BODIES).keys()].map((number) => post(dev.url, number)));
        const statuses = answers.map(({ status }) => status);
        expect(statuses.every((status) => status === 202 || status === 503)).toBe(true);
        expect(statuses).toContain(202);
        for (const { status, retryAfter } of answers) if (status === 503) expect(retryAfter).toBe('5');
        // Beside the requests' 128 MB: the functions read what was stored, four photographs at a time.
        expect((await peakMb()) - before).toBeLessThan(600);
      } finally {
        await end(dev.child, 'SIGKILL');
        await rm(folder, { recursive: true, force: true });
      }
    },
    180_000,
  );
});

describe('requests beyond the memory for them', () => {
  let server: Server;
  let admission: Admission;
  afterEach(() => {
    admission.close();
    server.closeAllConnections();
    server.close();
  });

  async function serve(listener: RequestListener, options: object): Promise<number> {
    admission = admitRequests(listener, { clock: systemClock, bodyBytesMax: MB, ...options });
    server = createServer(admission.listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }
  /** Ends with what the connection received. */
  function exchange(port: number, text: string, isReading = true): Promise<string> {
    return new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(text));
      let received = '';
      socket.on('data', (chunk) => {
        received += chunk;
      });
      if (!isReading) socket.pause();
      socket.on('error', () => {});
      socket.on('close', () => resolve(received));
    });
  }
  const POST = (length: number) =>
    `POST /images HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n`;

  it('are answered with 503 and Retry-After, and taken again when the others are done', async () => {
    const held: (() => void)[] = [];
    const port = await serve((_, outgoing) => void held.push(() => outgoing.end('done')), {
      bytesMax: 1.5 * MB,
      waitMs: 50,
    });
    const first = exchange(port, POST(MB));
    await expect.poll(() => held.length).toBe(1);
    const second = await exchange(port, POST(MB) + 'x'.repeat(100));
    expect(second).toMatch(/^HTTP\/1.1 503 /);
    expect(second).toMatch(/retry-after: 5/i);
    expect(second).toContain('OVERLOADED');
    held[0]?.();
    expect(await first).toContain('done');
    const third = exchange(port, POST(MB));
    await expect.poll(() => held.length).toBe(2);
    held[1]?.();
    expect(await third).toContain('done');
  });

  it('a body without a declared length counts as the largest', async () => {
    const held: (() => void)[] = [];
    const port = await serve((_, outgoing) => void held.push(() => outgoing.end('done')), {
      bytesMax: 1.5 * MB,
      waitMs: 50,
    });
    void exchange(port, POST(MB));
    await expect.poll(() => held.length).toBe(1);
    const chunked = 'POST /images HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n';
    expect(await exchange(port, chunked)).toMatch(/^HTTP\/1.1 503 /);
  });

  it('memory of a connection that broke off is given back', async () => {
    let taken = 0;
    const port = await serve(
      () => {
        taken += 1;
      },
      { bytesMax: 1.5 * MB, waitMs: 5_000 },
    );
    const socket = connect(port, '127.0.0.1', () => socket.write(POST(MB)));
    await expect.poll(() => taken).toBe(1);
    void exchange(port, POST(MB));
    socket.destroy();
    await expect.poll(() => taken).toBe(2);
  });

  it('a sender that stops in its body is cut off', async () => {
    const port = await serve((incoming) => void incoming.resume(), {
      pace: { bytesPerSecondMin: 1_000, windowMs: 100 },
    });
    expect(await exchange(port, `${POST(MB)}only this`)).toBe('');
  });

  it('a reader that takes nothing is cut off', async () => {
    let isClosed = false;
    const port = await serve(
      (_, outgoing) => {
        outgoing.once('close', () => {
          isClosed = true;
        });
        outgoing.end(Buffer.alloc(50 * MB));
      },
      { pace: { bytesPerSecondMin: 1_000, windowMs: 100 } },
    );
    void exchange(port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', false);
    await expect.poll(() => isClosed, { timeout: 5_000 }).toBe(true);
  });

  it('a server that thinks, and a stream without news, are not the fault of the peer', async () => {
    const port = await serve(
      (_, outgoing) => {
        outgoing.write('begun ');
        setTimeout(() => outgoing.end('done'), 600);
      },
      { pace: { bytesPerSecondMin: 1_000, windowMs: 100 } },
    );
    expect(await exchange(port, 'GET /events HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toContain('done');
  });
});
