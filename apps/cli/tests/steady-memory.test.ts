import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { end, startDevWith } from './dev-process.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipstream-memory-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What a process was begun with; empty once it is gone. */
const environmentOf = ({ pid }: ChildProcess) =>
  Object.fromEntries(
    readFileSync(`/proc/${pid}/environ`, 'utf8')
      .split('\0')
      .map((each) => each.split('=', 2)),
  );

describe.skipIf(process.platform !== 'linux')('slipstream dev', () => {
  it('has an allocator that gives memory back, as the process that was started', async () => {
    const { child } = await startDevWith({}, folder);
    expect(environmentOf(child)).toMatchObject({ MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072' });
    expect(await end(child, 'SIGTERM')).toBe(0);
  });

  it('leaves settings of somebody’s own alone', async () => {
    const { child } = await startDevWith({ MALLOC_ARENA_MAX: '7' }, folder);
    const environment = environmentOf(child);
    expect(environment.MALLOC_ARENA_MAX).toBe('7');
    expect(environment.MALLOC_MMAP_THRESHOLD_).toBeUndefined();
    expect(await end(child, 'SIGTERM')).toBe(0);
  });
});
