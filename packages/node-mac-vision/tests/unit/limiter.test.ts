import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Limiter } from '../../src/limiter.ts';

function gate() {
  return Promise.withResolvers<void>();
}

describe('a limiter', () => {
  it('never runs more at once than it may, and runs all in their order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(fc.integer({ min: 0, max: 3 })), async (max, turns) => {
        const limiter = new Limiter(max);
        const begun: number[] = [];
        let running = 0;
        const tasks = turns.map((count, i) =>
          limiter.run(async () => {
            begun.push(i);
            running++;
            expect(running).toBeLessThanOrEqual(max);
            for (let t = 0; t < count; t++) await turn();
            running--;
          }),
        );
        await Promise.all(tasks);
        expect(begun).toEqual(turns.map((_, i) => i));
        expect(limiter.running).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('gives the place on after a failure', async () => {
    const limiter = new Limiter(1);
    await expect(limiter.run(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    await expect(limiter.run(async () => 'next')).resolves.toBe('next');
  });

  it('one that gives up waiting leaves the line, and the others keep their turn', async () => {
    const limiter = new Limiter(1);
    const hold = gate();
    const first = limiter.run(() => hold.promise);
    const stop = new AbortController();
    const second = limiter.run(async () => 'second', stop.signal);
    const third = limiter.run(async () => 'third');
    stop.abort(new Error('gave up'));
    await expect(second).rejects.toThrow('gave up');
    hold.resolve();
    await first;
    await expect(third).resolves.toBe('third');
    expect(limiter.running).toBe(0);
  });

  it('a signal that has fired before takes no place', async () => {
    const limiter = new Limiter(1);
    await expect(limiter.run(async () => 'never', AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
    await expect(limiter.run(async () => 'next')).resolves.toBe('next');
  });
});
