import { FakeClock } from '@slipstream/testing';
import { describe, expect, it } from 'vitest';
import { Lease, type LeaseLimits } from '../src/lease.ts';
import { FakeQueue, REFUSED, UNREACHABLE } from '../testing/fake-queue.ts';

const VISIBILITY_MS = 60_000;
const LIMITS: LeaseLimits = { visibility_ms: VISIBILITY_MS, extensions_max: 1_000, held_ms_max: 3_600_000 };

async function held(limits: Partial<LeaseLimits> = {}) {
  const clock = new FakeClock();
  const queue = new FakeQueue(clock);
  const [fate] = queue.put('{}');
  const [delivery] = await queue.receive({ max: 1, waitMs: 0, visibilityMs: VISIBILITY_MS });
  if (fate === undefined || delivery === undefined) throw new Error('nothing was received');
  const lease = new Lease(delivery, clock, { ...LIMITS, ...limits }, clock.monotonic());
  const kept = lease.keep();
  return { clock, fate, lease, kept };
}

const extensions = (calls: readonly string[]) => calls.filter((call) => call === 'extend').length;

describe('a lease', () => {
  it('is extended at each third of its visibility timeout', async () => {
    const { clock, fate, lease } = await held();
    await clock.advance(VISIBILITY_MS / 3 - 1);
    expect(extensions(fate.calls)).toBe(0);
    await clock.advance(1);
    expect(extensions(fate.calls)).toBe(1);
    await clock.advance(10 * VISIBILITY_MS);
    expect(extensions(fate.calls)).toBe(31);
    expect(lease.lost).toBeNull();
  });

  it('is lost when the queue refuses an extension, and its signal aborts with the reason', async () => {
    const { clock, fate, lease } = await held();
    fate.extendFails = REFUSED;
    await clock.advance(VISIBILITY_MS / 3);
    expect(lease.lost).toBe('refused');
    expect(lease.signal.reason).toMatchObject({ code: 'ABORTED', details: { lease: 'refused' } });
  });

  it('survives errors that pass, trying again meanwhile', async () => {
    const { clock, fate, lease } = await held();
    fate.extendFails = UNREACHABLE;
    await clock.advance(0.7 * VISIBILITY_MS);
    expect(extensions(fate.calls)).toBeGreaterThan(3);
    fate.extendFails = null;
    await clock.advance(VISIBILITY_MS);
    expect(lease.lost).toBeNull();
  });

  it('is lost when no extension has succeeded by 80 % of its visibility timeout, not earlier', async () => {
    const { clock, fate, lease } = await held();
    fate.extendFails = UNREACHABLE;
    await clock.advance(0.79 * VISIBILITY_MS);
    expect(lease.lost).toBeNull();
    await clock.advance(0.02 * VISIBILITY_MS);
    expect(lease.lost).toBe('unextended');
  });

  it('is lost in time even when an extension never answers', async () => {
    const { clock, lease } = await held();
    lease.delivery.extend = () => new Promise(() => {});
    await clock.advance(0.81 * VISIBILITY_MS);
    expect(lease.lost).toBe('unextended');
  });

  it('is bounded in the number of its extensions and in time', async () => {
    const few = await held({ extensions_max: 3 });
    await few.clock.advance(2 * VISIBILITY_MS);
    expect(few.lease.lost).toBe('exhausted');
    const short = await held({ held_ms_max: 5 * VISIBILITY_MS });
    await short.clock.advance(6 * VISIBILITY_MS);
    expect(short.lease.lost).toBe('exhausted');
  });

  it('is lost when the claim that hangs on it has gone to somebody else', async () => {
    const { clock, lease } = await held();
    lease.attachClaim(async () => false);
    await clock.advance(VISIBILITY_MS / 3);
    expect(lease.lost).toBe('refused');
  });

  it('tells its claim until when it holds: from before the call', async () => {
    const { clock, lease } = await held();
    const expiries: number[] = [];
    lease.attachClaim(async (expiresAt) => {
      expiries.push(expiresAt);
      return true;
    });
    await clock.advance(VISIBILITY_MS / 3);
    expect(expiries).toEqual([clock.now() + VISIBILITY_MS]);
  });

  it('is not extended any more when it has ended', async () => {
    const { clock, fate, lease, kept } = await held();
    lease.end();
    await kept;
    await clock.advance(VISIBILITY_MS);
    expect(fate.calls).toEqual([]);
    expect(lease.signal.aborted).toBe(false);
  });
});

describe('a lease of a long poll', () => {
  it('is extended at once, so that it is sure', async () => {
    const { clock, fate, lease } = await held();
    const askedAt = clock.monotonic();
    await clock.advance(19_000);
    fate.calls.length = 0;
    const polled = new Lease(lease.delivery, clock, { ...LIMITS, visibility_ms: 20_000 }, askedAt);
    void polled.keep();
    await clock.advance(1);
    expect(fate.calls).toEqual(['extend']);
    expect(polled.isSure).toBe(true);
  });
});

describe('confirming a lease before something is published', () => {
  it('asks nobody while it holds by both clocks', async () => {
    const { fate, lease } = await held();
    await lease.confirm();
    expect(fate.calls).toEqual([]);
  });

  it('fails when the monotonic clock says that it is over', async () => {
    const { clock, lease } = await held();
    lease.end(); // nothing extends it: the process was stopped
    const late = new Lease(lease.delivery, clock, LIMITS, clock.monotonic());
    await clock.advance(VISIBILITY_MS);
    await expect(late.confirm()).rejects.toMatchObject({ code: 'ABORTED', details: { lease: 'unextended' } });
  });

  it('asks the queue when only the wall clock says so, and goes on when the queue agrees', async () => {
    const { clock, fate, lease } = await held();
    clock.wall_step_ms = 3_600_000;
    await lease.confirm();
    expect(fate.calls).toEqual(['extend']);
    await lease.confirm();
    expect(fate.calls).toEqual(['extend']);
  });

  it('asks the queue when the machine slept and neither of the other clocks tells', async () => {
    const { clock, fate, lease } = await held();
    let slept_ms = 0;
    const late = new Lease(lease.delivery, clock, LIMITS, 0, () => clock.monotonic() + slept_ms);
    slept_ms = 3_600_000;
    clock.wall_step_ms = -7_200_000;
    fate.extendFails = REFUSED;
    await expect(late.confirm()).rejects.toMatchObject({ details: { lease: 'refused' } });
  });

  it('asks the queue for one of a long poll, whose time may have begun long before its answer', async () => {
    const { clock, fate, lease } = await held();
    const askedAt = clock.monotonic();
    await clock.advance(15_000);
    fate.calls.length = 0;
    const polled = new Lease(lease.delivery, clock, { ...LIMITS, visibility_ms: 10_000 }, askedAt);
    await polled.confirm();
    expect(fate.calls).toEqual(['extend']);
    await polled.confirm();
    expect(fate.calls).toEqual(['extend']);
  });

  it('fails when the wall clock says so and the queue refuses', async () => {
    const { clock, fate, lease } = await held();
    clock.wall_step_ms = 3_600_000;
    fate.extendFails = REFUSED;
    await expect(lease.confirm()).rejects.toMatchObject({ details: { lease: 'refused' } });
  });
});
