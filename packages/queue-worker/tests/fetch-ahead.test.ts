import { describe, expect, it } from 'vitest';
import { askFor, waitingMax } from '../src/fetch-ahead.ts';

const pace = (work_ms: number | null, concurrency = 10, visibility_ms = 60_000) => ({
  work_ms,
  concurrency,
  visibility_ms,
});
const nothing = { waiting: 0, working: 0, settling: 0 };

describe('fetching ahead', () => {
  it('keeps nothing waiting while the pace is unknown', () => {
    expect(waitingMax(pace(null))).toBe(0);
  });

  it('keeps no more waiting than starts within two seconds', () => {
    expect(waitingMax(pace(1_000, 2))).toBe(4);
    expect(waitingMax(pace(10_000, 2))).toBe(0);
    expect(waitingMax(pace(1, 10))).toBe(20);
  });

  it('keeps no more waiting than starts within half the visibility timeout', () => {
    expect(waitingMax(pace(1_000, 10, 1_000))).toBe(5);
  });

  it('asks for ten where there is room for ten, and waits where there is not', () => {
    expect(askFor(pace(100), nothing)).toBe(10);
    expect(askFor(pace(100), { waiting: 11, working: 10, settling: 0 })).toBe(0);
    expect(askFor(pace(100), { waiting: 10, working: 10, settling: 0 })).toBe(10);
  });

  it('asks for fewer when a slot is free and nothing waits for it', () => {
    expect(askFor(pace(60_000, 3), { waiting: 0, working: 2, settling: 0 })).toBe(1);
    expect(askFor(pace(60_000, 3), { waiting: 0, working: 3, settling: 0 })).toBe(0);
  });

  it('takes less while settling falls behind', () => {
    expect(askFor(pace(100), { waiting: 0, working: 0, settling: 100 })).toBe(0);
  });
});
