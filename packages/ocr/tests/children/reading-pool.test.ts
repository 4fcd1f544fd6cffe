import { afterEach, describe, expect, it } from 'vitest';
import { ReadingPool } from '../../src/children/reading-pool.ts';
import { ReadingProcess } from '../../src/children/reading-process.ts';
import type { Task } from '../../src/children/tasks.ts';
import { NEVER } from '../engines/sample-images.ts';

const CHILD = new URL('./test-child.ts', import.meta.url);

describe('a pool of reading processes', () => {
  const pools: ReadingPool[] = [];
  afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())));

  function poolOf(size: number, timeoutMs = 20_000): ReadingPool {
    const pool = new ReadingPool({ size, timeoutMs }, () => new ReadingProcess(CHILD));
    pools.push(pool);
    return pool;
  }

  const order = (text: string): Task => ({
    kind: 'read',
    script: 'latin',
    image: {
      image_id: text,
      bytes: new TextEncoder().encode(text),
      sha256: '0'.repeat(64),
      type: 'jpeg',
      width: 1,
      height: 1,
      orientation: 1,
    },
  });

  it('keeps a process for the next image', async () => {
    const pool = poolOf(1);
    const first = await pool.run(order('read'), NEVER);
    expect(await pool.run(order('read'), NEVER)).toEqual(first);
    expect(pool.pids).toHaveLength(1);
  });

  it.each([
    ['crash', 'ENGINE_FAILED', /SIGABRT/],
    ['exit', 'ENGINE_FAILED', /exit code 3/],
  ])(
    'a picture that makes it %s costs itself: the next one is read by another process',
    async (what, code, message) => {
      const pool = poolOf(1);
      const before = await pool.run(order('read'), NEVER);
      await expect(pool.run(order(what), NEVER)).rejects.toMatchObject({
        code,
        message: expect.stringMatching(message),
      });
      expect(await pool.run(order('read'), NEVER)).not.toEqual(before);
    },
  );

  it('an image that takes too long is ended, with its process', async () => {
    const pool = poolOf(1, 1_500);
    await expect(pool.run(order('hang'), NEVER)).rejects.toMatchObject({
      code: 'ENGINE_FAILED',
      message: expect.stringContaining('1.5 s'),
    });
    await expect(pool.run(order('read'), NEVER)).resolves.toMatchObject({ kind: 'read' });
  });

  it('one that is called off ends ABORTED at once, though the process does not listen', async () => {
    const pool = poolOf(1);
    await pool.warm({ kind: 'warm', script: 'latin' });
    const abort = new AbortController();
    const reading = pool.run(order('hang'), abort.signal);
    setTimeout(() => abort.abort(), 100);
    await expect(reading).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it('SIGKILL of a process in the middle of an image fails that image alone', async () => {
    const pool = poolOf(1);
    await pool.warm({ kind: 'warm', script: 'latin' });
    const reading = pool.run(order('hang'), NEVER);
    setTimeout(() => {
      for (const pid of pool.pids) process.kill(pid, 'SIGKILL');
    }, 100);
    await expect(reading).rejects.toMatchObject({ code: 'ENGINE_FAILED', message: expect.stringContaining('SIGKILL') });
    await expect(pool.run(order('read'), NEVER)).resolves.toMatchObject({ kind: 'read' });
  });

  it('hands on what the process says is wrong, and the process stays', async () => {
    const pool = poolOf(1);
    await expect(pool.run(order('damaged'), NEVER)).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' });
    expect(pool.pids).toHaveLength(1);
  });

  it('lets those go that wait: called off, or closed', async () => {
    const pool = poolOf(1);
    const busy = pool.run(order('hang'), NEVER).catch((error: unknown) => error);
    const abort = new AbortController();
    const waiting = pool.run(order('read'), abort.signal);
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'ABORTED' });
    const last = pool.run(order('read'), NEVER).catch((error: unknown) => error);
    await pool.close();
    expect(await busy).toMatchObject({ code: 'ABORTED' });
    expect(await last).toMatchObject({ code: 'ABORTED' });
  });
});
