import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { abortable, withinTime } from '../../src/index.ts';

const NEVER = new Promise<never>(() => {});

describe('work that a signal calls off', () => {
  it('gives what it gives while nothing aborts, and leaves no listener behind', async () => {
    const { signal } = new AbortController();
    expect(await abortable(Promise.resolve(7), signal)).toBe(7);
    await expect(abortable(Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken');
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('rejects with the reason as soon as the signal aborts', async () => {
    const stop = new AbortController();
    const waiting = abortable(NEVER, stop.signal);
    stop.abort(new Error('called off'));
    await expect(waiting).rejects.toThrow('called off');
  });

  it('rejects where the signal has aborted before, though the work is done', async () => {
    await expect(abortable(Promise.resolve(7), AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  });

  it('takes a rejection that comes afterwards', async () => {
    const work = Promise.withResolvers<never>();
    await expect(abortable(work.promise, AbortSignal.abort(new Error('called off')))).rejects.toThrow('called off');
    work.reject(new Error('nobody waits for it'));
    await new Promise(setImmediate); // an unhandled rejection would fail the run
  });
});

describe('work that has a time', () => {
  it('gives what it gives in time', async () => {
    expect(await withinTime(Promise.resolve(7), 60_000)).toBe(7);
  });

  it('is TIME_EXHAUSTED after it', async () => {
    await expect(withinTime(NEVER, 1)).rejects.toMatchObject({ code: 'TIME_EXHAUSTED' });
  });
});
