import { describe, expect, it } from 'vitest';
import { mapBounded, mapInOrder, Semaphore } from '../../src/index.ts';

/** Takes a place and notes it. */
function enter(semaphore: Semaphore, name: string, entered: string[], signal?: AbortSignal): Promise<void> {
  return semaphore.acquire(signal).then(() => void entered.push(name));
}

const settle = () => new Promise(setImmediate);

describe('a semaphore', () => {
  it('lets so many in at once, the others in the order in which they came', async () => {
    const semaphore = new Semaphore(2);
    const entered: string[] = [];
    for (const name of ['a', 'b', 'c', 'd']) void enter(semaphore, name, entered);
    await settle();
    expect(entered).toEqual(['a', 'b']);
    semaphore.release();
    await settle();
    expect(entered).toEqual(['a', 'b', 'c']);
    semaphore.release();
    semaphore.release();
    await settle();
    await enter(semaphore, 'e', entered);
    expect(entered).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('lets one who is called off leave the line, without a place', async () => {
    const semaphore = new Semaphore(1);
    const entered: string[] = [];
    const stop = new AbortController();
    await enter(semaphore, 'a', entered);
    const leaving = enter(semaphore, 'b', entered, stop.signal);
    void enter(semaphore, 'c', entered);
    stop.abort(new Error('called off'));
    await expect(leaving).rejects.toThrow('called off');
    semaphore.release();
    await settle();
    expect(entered).toEqual(['a', 'c']);
  });

  it('hands on the place of one who is called off in the moment of its turn', async () => {
    const semaphore = new Semaphore(1);
    const entered: string[] = [];
    const stop = new AbortController();
    await enter(semaphore, 'a', entered);
    const leaving = enter(semaphore, 'b', entered, stop.signal);
    void enter(semaphore, 'c', entered);
    stop.abort(new Error('called off'));
    semaphore.release(); // b stands first in line still: what it was told has not arrived
    await expect(leaving).rejects.toThrow('called off');
    await settle();
    expect(entered).toEqual(['a', 'c']);
    semaphore.release();
    await enter(semaphore, 'd', entered); // no place was lost
  });

  it('lets nobody in whose signal has aborted', async () => {
    const semaphore = new Semaphore(1);
    await expect(semaphore.acquire(AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
    await semaphore.acquire();
  });
});

describe('a bounded map', () => {
  it('keeps the order and the bound', async () => {
    let atOnce = 0;
    let most = 0;
    const work = async (item: number) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      for (let turn = 0; turn < 5 - item; turn += 1) await settle();
      atOnce -= 1;
      return item * 10;
    };
    const expected = [0, 10, 20, 30, 40];
    expect(await mapBounded([0, 1, 2, 3, 4], work, { concurrency: 2 })).toEqual(expected);
    expect(most).toBe(2);
    expect(await Array.fromAsync(mapInOrder([0, 1, 2, 3, 4], work, { concurrency: 3 }))).toEqual(expected);
    expect(most).toBe(3);
  });
});
