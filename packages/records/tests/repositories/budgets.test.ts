import { type RecordWrite, recordKeys } from '@slipstream/shared';
import { FakeClock, MemoryRecordStore, VirtualTime } from '@slipstream/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { Budgets, type Spending } from '../../src/repositories/budgets.ts';

let records: MemoryRecordStore;
let time: VirtualTime;
let clock: FakeClock;
let budgets: Budgets;
beforeEach(() => {
  records = new MemoryRecordStore();
  time = new VirtualTime();
  clock = new FakeClock(time);
  budgets = new Budgets(records, clock);
});

const calls = (amount: number, limit = 3): Spending => ({ name: 'calls', amount, limit });
const tokens = (amount: number, limit = 1_000): Spending => ({ name: 'tokens', amount, limit });
const DAY_MS = 86_400_000;

describe('a budget', () => {
  it('holds its limit and not one more', async () => {
    for (const _ of [1, 2, 3]) expect(await budgets.spend([calls(1)])).toMatchObject({ kind: 'spent' });
    expect(await budgets.spend([calls(1)])).toEqual({ kind: 'exhausted', name: 'calls' });
    expect(await budgets.used('calls')).toBe(3);
  });

  it('begins anew each day', async () => {
    await budgets.spend([calls(3)]);
    clock.wall_step_ms += DAY_MS;
    expect(await budgets.used('calls')).toBe(0);
    expect(await budgets.spend([calls(1)])).toMatchObject({ kind: 'spent' });
  });

  it('is spent together with the others or not at all', async () => {
    expect(await budgets.spend([calls(1), tokens(1_001)])).toEqual({ kind: 'exhausted', name: 'tokens' });
    expect(await budgets.used('calls')).toBe(0);
  });

  it('is spent only with the write beside it', async () => {
    const write: RecordWrite = {
      kind: 'put',
      record: { pk: 'A', sk: 'A', type: 'TEST', revision: 1 },
      condition: { ifAbsent: true },
    };
    expect(await budgets.spend([calls(1)], [write])).toMatchObject({ kind: 'spent' });
    expect(await budgets.spend([calls(1)], [write])).toEqual({ kind: 'refused' });
    expect(await budgets.used('calls')).toBe(1);
  });

  it('is corrected by what was really used', async () => {
    const spent = await budgets.spend([tokens(900)]);
    if (spent.kind !== 'spent') throw new Error('not spent');
    await budgets.correct(spent.day, 'tokens', -650);
    expect(await budgets.used('tokens')).toBe(250);
    expect(await budgets.spend([tokens(800)])).toEqual({ kind: 'exhausted', name: 'tokens' });
  });

  it('is forgotten by the store after some weeks', async () => {
    const spent = await budgets.spend([calls(1)]);
    if (spent.kind !== 'spent') throw new Error('not spent');
    const record = await records.get(recordKeys.budget(spent.day, 'calls'));
    expect(Number(record?.ttl) * 1_000 - clock.now()).toBeGreaterThan(30 * DAY_MS);
  });

  it('holds its limit against many who spend at the same moment', async () => {
    // Everybody reads before anybody writes: the worst order there is.
    const spending = Array.from({ length: 6 }, () => budgets.spend([calls(1)]));
    let isDone = false;
    const all = Promise.all(spending).finally(() => {
      isDone = true;
    });
    await time.runWhile(() => !isDone);
    const outcomes = await all;
    expect(outcomes.filter(({ kind }) => kind === 'spent')).toHaveLength(3);
    expect(outcomes.filter(({ kind }) => kind === 'exhausted')).toHaveLength(3);
    expect(await budgets.used('calls')).toBe(3);
  });
});
