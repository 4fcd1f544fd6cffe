import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { JobQueue } from '../../src/job-queue.ts';

const NO_LIMITS = { signal: undefined, timeoutMs: undefined };

describe('the queue of jobs', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('time at work counts, time in the queue does not', async () => {
    const queue = new JobQueue(1);
    const slow = Promise.withResolvers<string>();
    const first = queue.run(() => slow.promise, NO_LIMITS);
    const second = queue.run(async () => 'second', { signal: undefined, timeoutMs: 100 });
    await vi.advanceTimersByTimeAsync(10_000);
    slow.resolve('first');
    await expect(first).resolves.toBe('first');
    await expect(second).resolves.toBe('second');
  });

  it('a time-out tells the caller at once and the work through its signal; the place stays taken', async () => {
    const queue = new JobQueue(1);
    const work = Promise.withResolvers<never>();
    let told: unknown;
    const late = queue.run(
      (signal) => {
        signal.addEventListener('abort', () => {
          told = signal.reason;
        });
        return work.promise;
      },
      { signal: undefined, timeoutMs: 50 },
    );
    const outcome = expect(late).rejects.toMatchObject({ code: 'timeout', message: 'Vision took longer than 50 ms' });
    let isNextRunning = false;
    const next = queue.run(async () => {
      isNextRunning = true;
    }, NO_LIMITS);
    await vi.advanceTimersByTimeAsync(60);
    await outcome;
    expect(told).toMatchObject({ code: 'timeout' });
    expect(isNextRunning).toBe(false);
    work.reject(new Error('let go at last'));
    await next;
    expect(isNextRunning).toBe(true);
  });

  it('closing waits for what was taken and refuses what comes', async () => {
    const queue = new JobQueue(1);
    const work = Promise.withResolvers<string>();
    const taken = queue.run(() => work.promise, NO_LIMITS);
    let isClosed = false;
    const closed = queue.close().then(() => {
      isClosed = true;
    });
    await expect(queue.run(async () => 'late', NO_LIMITS)).rejects.toMatchObject({ code: 'closed' });
    await vi.advanceTimersByTimeAsync(10);
    expect(isClosed).toBe(false);
    work.resolve('done');
    await expect(taken).resolves.toBe('done');
    await closed;
  });

  it.each([0, 5, 1.5, Number.NaN])('%d at once is refused', (concurrency) => {
    expect(() => new JobQueue(concurrency)).toThrow('concurrency must be a whole number from 1 to 4');
  });
});
