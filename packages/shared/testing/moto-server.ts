import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';

/** A server on this machine that speaks AWS's protocols (moto, from PyPI: `pip install 'moto[server]'`). */
export interface MotoServer {
  readonly endpoint: string;
  /** Resident memory of the server is its own business; this ends it. */
  stop(): void;
}

/** Whether the server can be started here; tests that need it skip loudly where it cannot. */
export function hasMoto(): boolean {
  return spawnSync('moto_server', ['--help'], { stdio: 'ignore' }).status === 0;
}

const START_MS_MAX = 30_000;

/** Starts one on a free port of the loopback. Whatever credentials are sent are right. */
export async function startMoto(): Promise<MotoServer> {
  const port = await freePort();
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = () => child.kill('SIGKILL');
  process.once('exit', stop);
  await untilAnswering(endpoint, child);
  return { endpoint, stop };
}

async function untilAnswering(endpoint: string, child: ChildProcess): Promise<void> {
  const end = Date.now() + START_MS_MAX;
  while (Date.now() < end && child.exitCode === null) {
    const answer = await fetch(`${endpoint}/moto-api/`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGKILL');
  throw new Error(`moto_server did not answer on ${endpoint} within ${START_MS_MAX / 1_000} s.`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
