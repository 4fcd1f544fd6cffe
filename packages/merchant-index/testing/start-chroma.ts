import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const VERSION = '1.5.9';
const START_MS = 60_000;

/** A virtual environment with Chroma from PyPI, made once: `bin/python` and `bin/chroma` are in it. */
export async function chromaEnvironment(): Promise<string> {
  const folder = process.env.CHROMA_VENV ?? join(tmpdir(), `slipstream-chroma-${VERSION}`);
  const run = promisify(execFile);
  if (!existsSync(join(folder, 'bin/chroma'))) {
    await run('python3', ['-m', 'venv', folder]);
    await run(join(folder, 'bin/pip'), ['install', '--quiet', `chromadb==${VERSION}`], { timeout: 600_000 });
  }
  return folder;
}

/** A real Chroma server on a free port of this machine. */
export async function startChroma(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const environment = await chromaEnvironment();
  const data = await mkdtemp(join(tmpdir(), 'slipstream-chroma-data-'));
  const port = await freePort();
  const server = spawn(
    join(environment, 'bin/chroma'),
    ['run', '--host', '127.0.0.1', '--port', String(port), '--path', data],
    { stdio: 'ignore', env: { ...process.env, ANONYMIZED_TELEMETRY: 'False' } },
  );
  const url = `http://127.0.0.1:${port}`;
  await untilItAnswers(url, server);
  return {
    url,
    close: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill();
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
}

async function untilItAnswers(url: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`Chroma ended with ${server.exitCode} while it started.`);
    const answers = await fetch(`${url}/api/v2/heartbeat`).then(
      (response) => response.ok,
      () => false,
    );
    if (answers) return;
    await wait(100);
  }
  throw new Error(`Chroma did not answer at ${url} within ${START_MS / 1000} s.`);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}
