import { SlipstreamError } from '@slipstream/shared';
import { FakeClock } from '@slipstream/testing';
import { describe, expect, it } from 'vitest';
import { HoldOff } from '../src/hold-off.ts';
import { sleepCountingClock, watchForWake } from '../src/wake-watch.ts';
import { UNREACHABLE } from '../testing/fake-queue.ts';

const EXPIRED = new SlipstreamError('CREDENTIALS_EXPIRED', 'run "aws sso login"');

function setUp() {
  const clock = new FakeClock();
  const said: string[] = [];
  const holdOff = new HoldOff(clock, () => 1, {
    onTrouble: ({ error }) => said.push(error.code),
    onRecovery: ({ failures }) => said.push(`over after ${failures}`),
  });
  const waited = async () => {
    const before = clock.monotonic();
    const done = holdOff.wait(new AbortController().signal).then(() => clock.monotonic() - before);
    await clock.advance(600_000);
    return done;
  };
  return { clock, said, holdOff, waited };
}

describe('holding off', () => {
  it('waits longer with each failure, up to a minute', async () => {
    const { holdOff, waited } = setUp();
    const waits: number[] = [];
    for (let failures = 0; failures < 9; failures += 1) {
      holdOff.failed('queue', UNREACHABLE);
      waits.push(await waited());
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('takes failures of the same moment for one', async () => {
    const { holdOff, waited } = setUp();
    for (let failures = 0; failures < 9; failures += 1) holdOff.failed('work', UNREACHABLE);
    expect(await waited()).toBe(1_000);
  });

  it('says each kind of trouble once, and once that it is over', async () => {
    const { holdOff, said, waited } = setUp();
    for (const error of [UNREACHABLE, UNREACHABLE, EXPIRED, EXPIRED]) {
      holdOff.failed('queue', error);
      await waited();
    }
    holdOff.succeeded('queue');
    holdOff.succeeded('queue');
    expect(said).toEqual(['STORE_UNAVAILABLE', 'CREDENTIALS_EXPIRED', 'over after 4']);
  });

  it('is not over with an answer of the queue when it is the work that fails', () => {
    const { holdOff, said } = setUp();
    holdOff.failed('work', UNREACHABLE);
    holdOff.succeeded('queue');
    expect(holdOff.trouble).not.toBeNull();
    holdOff.succeeded('work');
    expect(said.at(-1)).toBe('over after 1');
  });

  it('ends its wait when it is told to stop', async () => {
    const { clock, holdOff } = setUp();
    holdOff.failed('queue', UNREACHABLE);
    const stop = new AbortController();
    const wait = holdOff.wait(stop.signal);
    stop.abort();
    await wait;
    expect(clock.monotonic()).toBe(0);
  });
});

describe('watching for sleep', () => {
  async function slept(sleep: (world: { clock: FakeClock; extra: number }) => void) {
    const world = { clock: new FakeClock(), extra: 0 };
    const wakes: number[] = [];
    const stop = new AbortController();
    const elapsed = () => world.clock.monotonic() + world.extra;
    void watchForWake(world.clock, elapsed, (ms) => wakes.push(ms), stop.signal);
    await world.clock.advance(1_500);
    sleep(world);
    await world.clock.advance(3_000);
    stop.abort();
    return wakes;
  }

  it('sees it by the clock that counts sleep, where the monotonic one does not', async () => {
    expect(await slept((world) => (world.extra += 60_000))).toEqual([60_000]);
  });

  it('takes a tick that is a little late for a busy machine', async () => {
    expect(await slept((world) => (world.extra += 4_900))).toEqual([]);
  });

  it('does not take a step of the wall clock for sleep', async () => {
    expect(await slept((world) => (world.clock.wall_step_ms += 3_600_000))).toEqual([]);
  });

  it('reads the uptime on Linux, which counts sleep', () => {
    const clock = new FakeClock();
    expect(sleepCountingClock(clock, 'linux')()).toBeGreaterThan(0);
    expect(sleepCountingClock(clock, 'darwin')()).toBe(clock.monotonic());
  });
});
