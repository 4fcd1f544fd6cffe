import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askStatus } from '../../src/status/ask-status.ts';

const PROGRAM = fileURLToPath(new URL('../../src/receipt-ocr.ts', import.meta.url));
const TEST_MS_MAX = 120_000;
/** Of launchd's 45 s. Nothing is in hand here, so that there is nothing to wait for but a loaded machine. */
const STOP_MS_MAX = 15_000;

/** A network that takes every connection and answers nothing: what a Mac sees between two access points. */
let server: Server;
let endpoint: string;
let runDir: string;
const sockets = new Set<Socket>();

beforeEach(async () => {
  server = createServer((socket) => void socket.on('error', () => {}));
  server.on('connection', (socket) => sockets.add(socket));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  endpoint = `http://127.0.0.1:${address.port}`;
  runDir = mkdtempSync(join(tmpdir(), 'stop-'));
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
  rmSync(runDir, { recursive: true, force: true });
});

function start(...args: readonly string[]): ChildProcess {
  const flags = [
    ...['--ocr-job-queue-url', `${endpoint}/ocr-queue`, '--ocr-results-queue-url', `${endpoint}/ocr-results-queue`],
    ...['--dynamo-table-name', 'receipts', '--region', 'us-east-1', '--engine', 'null', '--continuous', ...args],
  ];
  const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  const env = { ...process.env, ...credentials, AWS_ENDPOINT_URL: endpoint, SLIPSTREAM_RUN_DIR: runDir };
  return spawn(process.execPath, [PROGRAM, ...flags], { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

async function stopped(agent: ChildProcess): Promise<number> {
  const begun = performance.now();
  agent.kill('SIGTERM');
  expect(await once(agent, 'close')).toEqual([0, null]);
  return performance.now() - begun;
}

describe('an agent whose calls nobody answers', () => {
  it(
    'tells its status, and stops in time: neither heartbeat nor first look around are waited for',
    async () => {
      const agent = start('--raw-bucket', 'the-raw', '--artifacts-bucket', 'the-artifacts');
      await vi.waitFor(async () => expect(await askStatus(runDir)).toMatchObject([{ pid: agent.pid, queue: null }]), {
        timeout: 30_000,
      });
      expect(await stopped(agent)).toBeLessThan(STOP_MS_MAX);
    },
    TEST_MS_MAX,
  );

  it(
    'stops in time also while its home is opened',
    async () => {
      const agent = start();
      await once(server, 'connection');
      expect(await stopped(agent)).toBeLessThan(STOP_MS_MAX);
    },
    TEST_MS_MAX,
  );
});
