import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { end, spawnSlipstream } from './dev-process.ts';

/** More lines than a pipe holds (64 KiB on Linux). */
const REQUESTS = 1_500;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipstream-unread-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('dev goes on while its log is not read', { timeout: 60_000 }, async () => {
  const args = ['--json', '--data', folder, '--port', '0', '--no-token', '--engine', 'null'];
  const child = spawnSlipstream(['dev', ...args, '--log-level', 'trace', '--log-format', 'json']);
  try {
    // Nothing listens to its standard error: the pipe fills and stays full.
    const url = await new Promise<string>((resolve, reject) => {
      let out = '';
      child.stdout?.on('data', (chunk) => {
        out += chunk;
        const found = /"url": "([^"]+)"/.exec(out)?.[1];
        if (found) resolve(found);
      });
      child.once('exit', (code) => reject(new Error(`slipstream dev ended with ${code}`)));
    });
    for (let sent = 0; sent < REQUESTS; sent += 50)
      await Promise.all(
        Array.from({ length: 50 }, async () => {
          const answer = await fetch(`${url}/receipts`, { signal: AbortSignal.timeout(5_000) });
          await answer.arrayBuffer();
        }),
      );
    const health = await fetch(`${url}/health`, { signal: AbortSignal.timeout(5_000) });
    expect(health.status).toBe(200);
  } finally {
    expect(await end(child, 'SIGTERM')).toBe(0);
  }
});
