import { SlipstreamError } from '@slipstream/shared';
import { FakeClock } from '@slipstream/testing';
import { describe, expect, it } from 'vitest';
import type { Lease } from '../src/lease.ts';
import { QueueWorker, type WorkerOptions } from '../src/queue-worker.ts';
import type { Handled } from '../src/settlement.ts';
import { FakeQueue, UNREACHABLE } from '../testing/fake-queue.ts';

const DONE: Handled = { settlement: { kind: 'ack' }, outcome: 'done' };
const VISIBILITY_MS = 60_000;

function setUp(options: Partial<WorkerOptions> = {}) {
  const clock = new FakeClock();
  const queue = new FakeQueue(clock);
  const reports = { trouble: 0, recovered: 0, ended: [] as string[], slept: [] as number[], idle: 0 };
  let elapsed_ms = 0;
  const worker = new QueueWorker({
    queue,
    handle: async () => DONE,
    reports: {
      onStart: () => {},
      onEnd: (lease) => void reports.ended.push(lease.delivery.body),
      onWake: (slept_ms) => void reports.slept.push(slept_ms),
      onIdle: () => {
        reports.idle += 1;
      },
      onTrouble: () => {
        reports.trouble += 1;
      },
      onRecovery: () => {
        reports.recovered += 1;
      },
    },
    clock,
    elapsed: () => clock.monotonic() + elapsed_ms,
    random: () => 0.5,
    concurrency: 2,
    lease: { visibility_ms: VISIBILITY_MS, extensions_max: 1_000, held_ms_max: 3_600_000 },
    until: 'stopped',
    drain_ms: 20_000,
    ...options,
  });
  const fallAsleep = (ms: number) => {
    elapsed_ms += ms;
  };
  return { clock, queue, worker, reports, fallAsleep };
}

/** Sleeps for what the body says, unless its lease is lost. */
const sleepy = (clock: () => FakeClock) => async (lease: Lease) => {
  await clock().sleep(Number(lease.delivery.body), lease.signal);
  lease.signal.throwIfAborted();
  return DONE;
};

describe('the sliding window', () => {
  it('lets one slow message stall nobody', async () => {
    const { clock, queue, worker, reports } = setUp({ handle: (lease) => sleepy(() => clock)(lease) });
    queue.put('30000', ...Array.from({ length: 20 }, () => '1000'));
    void worker.run();
    await clock.advance(25_000);
    expect(reports.ended.filter((body) => body === '1000')).toHaveLength(20);
    expect(reports.ended).not.toContain('30000');
  });

  it('never works on more than its concurrency', async () => {
    let working = 0;
    let most = 0;
    const { clock, queue, worker } = setUp({
      concurrency: 3,
      handle: async () => {
        working += 1;
        most = Math.max(most, working);
        await clock.sleep(100);
        working -= 1;
        return DONE;
      },
    });
    queue.put(...Array.from({ length: 40 }, () => '{}'));
    void worker.run();
    await clock.advance(10_000);
    expect(most).toBe(3);
    expect(queue.fates.every(({ calls }) => calls.includes('ack'))).toBe(true);
  });

  it('asks for ten at a time once it knows the pace', async () => {
    const { clock, queue, worker } = setUp({ concurrency: 10, handle: (lease) => sleepy(() => clock)(lease) });
    queue.put(...Array.from({ length: 100 }, () => '20'));
    void worker.run();
    await clock.advance(5_000);
    expect(queue.receives.slice(0, 10).map(({ max }) => max)).toEqual(Array.from({ length: 10 }, () => 10));
  });

  it('gives back what it cannot begin in time, where the work has slowed down since it was taken', async () => {
    const { clock, queue, worker } = setUp({ handle: (lease) => sleepy(() => clock)(lease) });
    queue.put(...Array.from({ length: 10 }, () => '10'), ...Array.from({ length: 10 }, () => '300000'));
    void worker.run();
    await clock.advance(5_000);
    expect(worker.inHand).toBeGreaterThan(2);
    await clock.advance(VISIBILITY_MS * 0.6);
    expect(worker.inHand).toBe(2);
    expect(queue.fates.filter(({ calls }) => calls.at(-1) === 'release 0')).toHaveLength(8);
  });

  it('makes one request in 20 s when there is nothing to do', async () => {
    const { clock, queue, worker } = setUp();
    void worker.run();
    await clock.advance(119_000);
    expect(queue.receives).toHaveLength(6);
  });
});

describe('stopping', () => {
  it('ends the poll, finishes what is under way with its lease alive, and gives back what waits', async () => {
    const { clock, queue, worker } = setUp({
      concurrency: 1,
      drain_ms: 100_000,
      handle: (lease) => sleepy(() => clock)(lease),
    });
    queue.put('10', '50000', '10', '10');
    void worker.run();
    await clock.advance(1_000);
    const stopped = worker.stop();
    await clock.advance(60_000);
    await stopped;
    expect(queue.fates[0]?.calls).toEqual(['ack']);
    expect(queue.fates[1]?.calls).toEqual(['extend', 'extend', 'ack']);
    expect(queue.fates.slice(2).map(({ calls }) => calls)).toEqual([['release 0'], ['release 0']]);
    expect(worker.state).toBe('stopped');
    expect(worker.inHand).toBe(0);
  });

  it('calls off what takes longer than the drain, and gives it back', async () => {
    const { clock, queue, worker } = setUp({ handle: (lease) => sleepy(() => clock)(lease) });
    queue.put('500000');
    void worker.run();
    await clock.advance(1_000);
    const stopped = worker.stop();
    await clock.advance(20_100);
    await stopped;
    expect(queue.fates[0]?.calls).toEqual(['extend', 'release 0']);
  });

  it('calls everything off at once when it is told a second time', async () => {
    const { clock, queue, worker } = setUp({ handle: (lease) => sleepy(() => clock)(lease) });
    queue.put('500000');
    void worker.run();
    await clock.advance(1_000);
    void worker.stop();
    await clock.advance(100);
    const stopped = worker.stop();
    await clock.advance(100);
    await stopped;
    expect(queue.fates[0]?.calls).toEqual(['release 0']);
  });

  it('has its time limit also while trouble is waited out', async () => {
    const { clock, queue, worker } = setUp({ handle: (lease) => sleepy(() => clock)(lease) });
    queue.put('500000');
    void worker.run();
    await clock.advance(1_000);
    queue.receiveFails = UNREACHABLE;
    await clock.advance(19_300); // the poll has ended, the next one failed, and its wait has begun
    expect(worker.state).toBe('waiting');
    let isStopped = false;
    void worker.stop().then(() => {
      isStopped = true;
    });
    await clock.advance(20_100);
    expect(isStopped).toBe(true);
    expect(queue.fates[0]?.calls.at(-1)).toBe('release 0');
  });

  it('ends by itself when it only drains, and not while something is in hand', async () => {
    const { clock, queue, worker } = setUp({ until: 'drained', handle: (lease) => sleepy(() => clock)(lease) });
    queue.put('10000', '10');
    let ended = false;
    void worker.run().then(() => {
      ended = true;
    });
    await clock.advance(9_000);
    expect(ended).toBe(false);
    await clock.advance(5_000);
    expect(ended).toBe(true);
  });
});

describe('failures', () => {
  it('of one message touch no other', async () => {
    const { clock, queue, worker } = setUp({
      handle: async ({ delivery }) => {
        if (delivery.body === 'bad') throw new SlipstreamError('IMAGE_UNREADABLE', 'damaged');
        if (delivery.body === 'later') throw new SlipstreamError('ENGINE_FAILED', 'not today');
        return DONE;
      },
    });
    queue.put('good', 'bad', 'later', 'good');
    void worker.run();
    await clock.advance(5_000);
    expect(queue.fates.map(({ calls }) => calls[0])).toEqual(['ack', 'reject', 'release 1500', 'ack']);
    expect(queue.fates[1]?.reasons).toMatchObject([{ code: 'IMAGE_UNREADABLE', message: 'damaged' }]);
  });

  it('of the queue are waited out, longer each time, and said once', async () => {
    const { clock, queue, worker, reports } = setUp();
    queue.receiveFails = UNREACHABLE;
    void worker.run();
    await clock.advance(600_000);
    expect(queue.receives.length).toBeLessThan(25);
    expect(reports.trouble).toBe(1);
    queue.receiveFails = null;
    await clock.advance(90_000);
    expect(reports.recovered).toBe(1);
  });

  it('of an acknowledgement are tried again', async () => {
    const { clock, queue, worker } = setUp();
    const [fate] = queue.put('good');
    fate?.ackFails.push(UNREACHABLE, UNREACHABLE);
    void worker.run();
    await clock.advance(5_000);
    expect(fate?.calls).toEqual(['ack', 'ack', 'ack']);
  });

  it('of acknowledgements that are not allowed are said once, though receives are answered', async () => {
    const { clock, queue, worker, reports } = setUp();
    const denied = new SlipstreamError('ACCESS_DENIED', 'deletes are not allowed');
    void worker.run();
    for (let minute = 1; minute <= 10; minute += 1) {
      const [fate] = queue.put('good');
      fate?.ackFails.push(denied, denied, denied, denied, denied);
      await clock.advance(60_000);
    }
    expect([reports.trouble, reports.recovered]).toEqual([1, 0]);
    queue.put('good');
    await clock.advance(60_000);
    expect([reports.trouble, reports.recovered]).toEqual([1, 1]);
  });

  it('that concern the machine stop the taking, but for one message at a time', async () => {
    let isMended = false;
    const { clock, queue, worker, reports } = setUp({
      handle: async () =>
        isMended
          ? DONE
          : { settlement: { kind: 'release', delay_ms: 0 }, outcome: 'retried', error: UNREACHABLE, trouble: true },
    });
    queue.put(...Array.from({ length: 100 }, () => 'good'));
    void worker.run();
    await clock.advance(60_000);
    expect(queue.fates.filter(({ calls }) => calls.length > 0).length).toBeLessThan(15);
    expect(reports.trouble).toBe(1);
    isMended = true;
    await clock.advance(120_000);
    expect(reports.recovered).toBe(1);
    expect(queue.fates.at(-1)?.calls).toEqual(['ack']);
  });
});

describe('sleep', () => {
  it('puts every lease in doubt: the work is called off, and taken anew', async () => {
    const { clock, queue, worker, reports, fallAsleep } = setUp({ handle: (lease) => sleepy(() => clock)(lease) });
    queue.put('30000');
    void worker.run();
    await clock.advance(1_500);
    fallAsleep(20_000);
    await clock.advance(2_000);
    expect(reports.slept).toHaveLength(1);
    expect(queue.fates[0]?.calls).toEqual(['release 0']);
    expect(worker.state).toBe('idle');
  });

  it('of longer than the lease leaves the message alone: it may be in other hands by now', async () => {
    const { clock, queue, worker, fallAsleep } = setUp({ handle: (lease) => sleepy(() => clock)(lease) });
    queue.put('30000');
    void worker.run();
    await clock.advance(1_500);
    fallAsleep(3_600_000);
    await clock.advance(2_000);
    expect(queue.fates[0]?.calls).toEqual([]);
    expect(worker.state).toBe('idle');
  });

  it('leaves nothing in hand, and says so, when the last to be given back was only waiting', async () => {
    const { clock, queue, worker, reports, fallAsleep } = setUp({
      concurrency: 1,
      handle: (lease) => sleepy(() => clock)(lease),
    });
    queue.put('10', '30000', '10', '10');
    queue.releaseMs = (body) => (body === '10' ? 3_000 : 0);
    void worker.run();
    await clock.advance(1_500);
    expect(worker.inHand).toBe(3);
    fallAsleep(20_000);
    await clock.advance(5_000);
    expect(worker.inHand).toBe(0);
    expect(reports.idle).toBe(1);
  });

  it('through a part of the poll counts against the lease, before the next tick tells of it', async () => {
    const sure: boolean[] = [];
    const { clock, queue, worker, reports, fallAsleep } = setUp({
      lease: { visibility_ms: 10_000, extensions_max: 1_000, held_ms_max: 3_600_000 },
      handle: async (lease) => {
        sure.push(lease.isSure);
        return DONE;
      },
    });
    void worker.run();
    await clock.advance(1_100);
    fallAsleep(15_000);
    queue.put('{}');
    await clock.advance(200);
    expect(sure).toEqual([false]);
    expect(reports.slept).toEqual([]);
  });

  it('is not what a step of the wall clock is', async () => {
    const { clock, queue, worker, reports } = setUp({ handle: (lease) => sleepy(() => clock)(lease) });
    queue.put('10000');
    void worker.run();
    await clock.advance(1_500);
    clock.wall_step_ms = 3_600_000;
    await clock.advance(10_000);
    expect(reports.slept).toEqual([]);
    expect(queue.fates[0]?.calls).toContain('ack');
  });
});
