import { type Delivery, type ReceiveOptions, SlipstreamError } from '@slipstream/shared';
import { Random, VirtualTime } from '@slipstream/testing';
import { type Lease, QueueWorker } from '../src/index.ts';
import { Machine } from '../testing/machine.ts';
import { type Receipt, SimulatedQueue } from '../testing/simulated-queue.ts';
import { Line } from './line.ts';

export interface SimulationResult {
  readonly seed: number;
  readonly violations: readonly string[];
  readonly worked: number;
  readonly dead: number;
  /** Virtual time until everything was settled. */
  readonly duration_ms: number;
}

const VISIBILITY_MS = 30_000;
const DISASTERS_MS = 600_000;
/** After the disasters everything has to be settled within this time. */
const SETTLED_WITHIN_MS = 3 * 3_600_000;
/** Longer than a visibility timeout: work that needs its lease extended. */
const WORK_MS_MAX = 120_000;
const POLL_STEP_MS = 4_000;

/**
 * Workers on several machines with a job that only takes time: the machines sleep, the programs crash and are stopped,
 * calls are lost or lose their answers. What a worker does under a confirmed lease is done while the queue grants it the
 * message; every message is worked on, or dead with the reason of its error. The same seed gives the
 * same run.
 */
export async function simulate(seed: number): Promise<SimulationResult> {
  const time = new VirtualTime();
  const random = new Random(seed);
  const queue = new SimulatedQueue(time, random, { duplicates: 0, revivals: 0, refusesOldHandles: random.chance(0.5) });
  const violations: string[] = [];
  const worked = new Map<string, number>();
  const isCalm = () => time.now >= DISASTERS_MS;
  const failures = random.pick([0, 0.02, 0.1]);

  const bodies = Array.from({ length: random.integer(5, 40) }, (_, n) =>
    random.chance(0.1) ? `poison ${n}` : `work ${n}`,
  );
  for (const body of bodies) time.after(random.between(0, DISASTERS_MS), () => queue.send(body, null));

  const lines = new Set<Line>();
  for (let n = random.integer(1, 3); n > 0; n -= 1)
    start(new Machine(`machine-${n}`, random.pick(['darwin', 'linux']), time));

  await time.runWhile(
    () => violations.length === 0 && (!isCalm() || queue.left > 0) && time.now < DISASTERS_MS + SETTLED_WITHIN_MS,
  );
  for (const line of lines) line.cut();
  if (violations.length === 0) check();
  return { seed, violations, worked: worked.size, dead: queue.dead.size, duration_ms: time.now };

  /** One start of a worker, until it is killed or stopped; its machine starts another one then. */
  function start(machine: Machine): void {
    const line = new Line(machine, time, random, () => (isCalm() ? 0 : failures));
    lines.add(line);
    const clock = machine.clock(() => line.isAlive);
    const held = new Map<string, { until: number }>();
    const worker = new QueueWorker({
      queue: {
        depth: () => line.call(() => ({ ready: 0, inFlight: 0, delayed: 0, dead: 0, oldestAgeMs: null })),
        receive: (options) => receive(line, held, options),
      },
      handle: async (lease: Lease) => {
        const { id, body } = lease.delivery;
        await clock.sleep(random.logarithmic(10, WORK_MS_MAX), lease.signal);
        await lease.confirm();
        if (time.now > (held.get(id)?.until ?? 0)) violations.push(`${body} was done after its lease had ended`);
        if (body.startsWith('poison')) throw new SlipstreamError('MESSAGE_INVALID', 'It is poison.');
        worked.set(body, (worked.get(body) ?? 0) + 1);
        return { settlement: { kind: 'ack' }, outcome: 'done' };
      },
      reports: { onStart() {}, onEnd() {}, onWake() {}, onIdle() {}, onTrouble() {}, onRecovery() {} },
      clock,
      elapsed: () => machine.elapsed(),
      random: () => random.next(),
      concurrency: random.integer(1, 4),
      lease: { visibility_ms: VISIBILITY_MS, extensions_max: 1_000, held_ms_max: 3_600_000 },
      until: 'stopped',
      drain_ms: 10_000,
    });
    const ended = () => {
      line.cut();
      lines.delete(line);
      if (queue.left > 0 || !isCalm()) start(machine);
    };
    void worker.run().then(ended, (error: unknown) => violations.push(`a worker ended: ${String(error)}`));
    const disaster = time.now + random.logarithmic(1_000, DISASTERS_MS);
    if (disaster >= DISASTERS_MS) return;
    time.after(disaster - time.now, () => {
      if (!line.isAlive) return;
      const kind = random.pick(['crash', 'stop', 'sleep'] as const);
      if (kind === 'crash') ended();
      else if (kind === 'stop') void worker.stop();
      else machine.sleep(random.logarithmic(1_000, 600_000));
    });
  }

  async function receive(
    line: Line,
    held: Map<string, { until: number }>,
    { max, waitMs, visibilityMs, signal }: ReceiveOptions,
  ): Promise<readonly Delivery[]> {
    const end = time.now + waitMs;
    const receipts = await line.call(async () => {
      for (;;) {
        if (signal?.aborted) return [];
        const taken = queue.take({ max, visibilityMs });
        if (taken.length > 0 || time.now >= end) return taken;
        await line.pause(Math.min(POLL_STEP_MS, end - time.now));
      }
    });
    if (signal?.aborted) return [];
    return receipts.map((receipt) => deliveryOf(line, held, receipt, visibilityMs));
  }

  function deliveryOf(
    line: Line,
    held: Map<string, { until: number }>,
    receipt: Receipt,
    visibilityMs: number,
  ): Delivery {
    const { id, body, correlationId, sentAt } = receipt.message;
    const holding = { until: receipt.takenAt + visibilityMs };
    held.set(id, holding);
    return {
      id,
      body,
      correlationId,
      sentAt,
      receiveCount: receipt.receives,
      extend: (ms) =>
        line.call(() => {
          queue.extend(receipt, ms);
          // Granted: an old handle that the queue answers as if it had worked cannot be told from a good one.
          holding.until = time.now + ms;
        }),
      release: (ms) => line.call(() => queue.extend(receipt, ms)),
      ack: () => line.call(() => queue.ack(receipt)),
      reject: (reason) => line.call(() => queue.reject(receipt, reason)),
    };
  }

  function check(): void {
    if (queue.left > 0) violations.push(`${queue.left} messages are stuck`);
    for (const body of bodies) {
      const letter = [...queue.dead.values()].find((dead) => dead.body === body);
      const isRight = body.startsWith('poison') ? letter?.reason?.code === 'MESSAGE_INVALID' : worked.has(body);
      if (!isRight)
        violations.push(`${body}: worked on ${worked.get(body) ?? 0} times, dead with ${letter?.reason?.code}`);
    }
  }
}
