import { Random, VirtualTime } from '@slipstream/testing';
import { type Lease, QueueWorker, type WorkerReports } from '../src/index.ts';
import { Machine } from '../testing/machine.ts';
import { SimulatedQueue } from '../testing/simulated-queue.ts';
import { Expectations } from './expectations.ts';
import { Line } from './line.ts';
import { QueueOverLine } from './queue-over-line.ts';

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
const SILENT: WorkerReports = { onStart() {}, onEnd() {}, onWake() {}, onIdle() {}, onTrouble() {}, onRecovery() {} };

/**
 * Workers on several machines with a job that only takes time: the machines sleep, the programs crash and are stopped,
 * calls are lost or lose their answers. What a worker does under a confirmed lease is done while the queue grants it the
 * message; every message is worked on, or dead with the reason of its error. The same seed gives the
 * same run.
 */
export function simulate(seed: number): Promise<SimulationResult> {
  return new Simulation(seed).run();
}

/** The seed's numbers are drawn in a fixed order: what draws one more changes every run. */
class Simulation {
  readonly #seed: number;
  readonly #time = new VirtualTime();
  readonly #random: Random;
  readonly #queue: SimulatedQueue;
  readonly #expectations: Expectations;
  /** The share of calls that fail before it is calm. */
  readonly #failures: number;
  readonly #lines = new Set<Line>();

  constructor(seed: number) {
    this.#seed = seed;
    const random = new Random(seed);
    this.#random = random;
    const refusesOldHandles = random.chance(0.5);
    this.#queue = new SimulatedQueue(this.#time, random, { duplicates: 0, revivals: 0, refusesOldHandles });
    this.#failures = random.pick([0, 0.02, 0.1]);
    const bodies = Array.from({ length: random.integer(5, 40) }, (_, n) =>
      random.chance(0.1) ? `poison ${n}` : `work ${n}`,
    );
    this.#expectations = new Expectations(bodies);
    for (const body of bodies) this.#time.after(random.between(0, DISASTERS_MS), () => this.#queue.send(body, null));
  }

  async run(): Promise<SimulationResult> {
    const [time, { violations }] = [this.#time, this.#expectations];
    for (let n = this.#random.integer(1, 3); n > 0; n -= 1)
      this.#start(new Machine(`machine-${n}`, this.#random.pick(['darwin', 'linux']), time));
    const isUnderWay = () => !this.#isCalm || this.#queue.left > 0;
    await time.runWhile(() => violations.length === 0 && isUnderWay() && time.now < DISASTERS_MS + SETTLED_WITHIN_MS);
    for (const line of this.#lines) line.cut();
    if (violations.length === 0) this.#expectations.check(this.#queue);
    const { worked } = this.#expectations;
    return { seed: this.#seed, violations, worked, dead: this.#queue.dead.size, duration_ms: time.now };
  }

  get #isCalm(): boolean {
    return this.#time.now >= DISASTERS_MS;
  }

  /** One start of a worker, until it is killed or stopped; its machine starts another one then. */
  #start(machine: Machine): void {
    const line = new Line(machine, this.#time, this.#random, () => (this.#isCalm ? 0 : this.#failures));
    this.#lines.add(line);
    const worker = this.#workerOn(machine, line);
    const ended = () => {
      line.cut();
      this.#lines.delete(line);
      if (this.#queue.left > 0 || !this.#isCalm) this.#start(machine);
    };
    const broken = (error: unknown) => this.#expectations.violations.push(`a worker ended: ${String(error)}`);
    void worker.run().then(ended, broken);
    this.#awaitDisaster(machine, line, worker, ended);
  }

  #workerOn(machine: Machine, line: Line): QueueWorker {
    const random = this.#random;
    const clock = machine.clock(() => line.isAlive);
    const queue = new QueueOverLine(this.#queue, line, this.#time);
    return new QueueWorker({
      queue,
      handle: async (lease: Lease) => {
        const { id, body } = lease.delivery;
        await clock.sleep(random.logarithmic(10, WORK_MS_MAX), lease.signal);
        await lease.confirm();
        this.#expectations.done(body, this.#time.now, queue.grantedUntil(id));
        return { settlement: { kind: 'ack' }, outcome: 'done' };
      },
      reports: SILENT,
      clock,
      elapsed: () => machine.elapsed(),
      random: () => random.next(),
      concurrency: random.integer(1, 4),
      lease: { visibility_ms: VISIBILITY_MS, extensions_max: 1_000, held_ms_max: 3_600_000 },
      until: 'stopped',
      drain_ms: 10_000,
    });
  }

  #awaitDisaster(machine: Machine, line: Line, worker: QueueWorker, ended: () => void): void {
    const [time, random] = [this.#time, this.#random];
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
}
