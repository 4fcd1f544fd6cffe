import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@slipstream/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askStatus } from '../../src/status/ask-status.ts';
import type { ProgramStatus } from '../../src/status/program-status.ts';
import { serveStatus, socketPath } from '../../src/status/status-server.ts';

const STATUS: ProgramStatus = {
  version: '0.1.0',
  pid: process.pid,
  place: '/data',
  queue: null,
  state: 'idle',
  engine: { name: 'null', version: '1', health: null },
  concurrency: 1,
  started_at: '2026-01-01T00:00:00.000Z',
  in_hand: 0,
  counts: { done: 1, failed: 0, retried: 0, unneeded: 0, called_off: 0 },
  images_per_minute: 1,
  last_job: null,
  last_error: null,
  trouble: null,
};
const LOGGER = createLogger({ name: 'test', level: 'silent' });
const NO_PROCESS = 999_999_999;

let runDir: string;
beforeEach(() => {
  runDir = mkdtempSync(join(tmpdir(), 'run-'));
});
afterEach(() => rmSync(runDir, { recursive: true, force: true }));

describe('the status socket', () => {
  it('tells who asks what the agent does, and is gone when it is closed', async () => {
    const server = await serveStatus(runDir, async () => STATUS, LOGGER);
    expect(await askStatus(runDir)).toEqual([STATUS]);
    await server.close();
    expect(await askStatus(runDir)).toEqual([]);
  });

  it('of a killed agent is removed, and that of one that only starts is left', async () => {
    const gone = socketPath(runDir, NO_PROCESS);
    const starting = socketPath(runDir, process.pid);
    for (const path of [gone, starting]) writeFileSync(path, '');
    expect(await askStatus(runDir)).toEqual([]);
    expect([existsSync(gone), existsSync(starting)]).toEqual([false, true]);
  });

  it('is refused where its path is longer than a socket’s may be', async () => {
    const deep = join(runDir, 'x'.repeat(100));
    await expect(serveStatus(deep, async () => STATUS, LOGGER)).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
    });
  });

  it('is for this user only', async () => {
    const server = await serveStatus(runDir, async () => STATUS, LOGGER);
    expect(statSync(socketPath(runDir, process.pid)).mode & 0o777).toBe(0o600);
    await server.close();
  });

  it('is not put into a folder that others may write to, nor behind a link', async () => {
    const [open, link] = [join(runDir, 'open'), join(runDir, 'link')];
    mkdirSync(open);
    chmodSync(open, 0o777);
    symlinkSync(tmpdir(), link);
    for (const folder of [open, link]) {
      await expect(serveStatus(folder, async () => STATUS, LOGGER)).rejects.toMatchObject({
        code: 'CONFIGURATION_INVALID',
      });
    }
  });

  it('answers nothing where the status cannot be told, and lives on', async () => {
    let isBroken = true;
    const server = await serveStatus(runDir, async () => (isBroken ? Promise.reject(new Error('no')) : STATUS), LOGGER);
    expect(await askStatus(runDir)).toEqual([]);
    isBroken = false;
    expect(await askStatus(runDir)).toEqual([STATUS]);
    await server.close();
  });
});
