import { Machine, SimulatedQueue } from '@slipstream/queue-worker/testing';
import { Jobs } from '@slipstream/records';
import { DEFAULT_OWNER, rawKey, systemClock } from '@slipstream/shared';
import { Random, VirtualTime } from '@slipstream/testing';
import type { BrokenVariant } from './broken-variants.ts';
import { Ledger } from './ledger.ts';
import type { Network } from './network.ts';
import { Program } from './program.ts';
import { type Mishap, planScenario, type Scenario } from './scenario.ts';

/** Receives of one program in a minute; more is spinning. */
const RECEIVES_PER_MINUTE_MAX = 200;

/** Machines, programs, the queue and the table of one scenario, and what goes wrong with them. */
export class World {
  readonly time = new VirtualTime();
  readonly random: Random;
  readonly scenario: Scenario;
  readonly variant: BrokenVariant | null;
  readonly ledger: Ledger;
  readonly queue: SimulatedQueue;
  readonly documents = new Set<string>();
  readonly #machines: readonly Machine[];
  readonly #programs = new Map<Machine, Program>();
  readonly #outUntil = new Map<Machine, number>();
  readonly #receives = new Map<Network, number[]>();
  readonly #crashes: number[];
  #pids = 0;

  constructor(seed: number, variant: BrokenVariant | null = null) {
    this.variant = variant;
    this.random = new Random(seed);
    this.scenario = planScenario(this.random);
    const clocksAreTrue = !this.scenario.mishaps.some(({ kind }) => kind === 'clock-step');
    this.ledger = new Ledger(this.time, (owner) => this.#isWorking(owner), clocksAreTrue);
    this.queue = new SimulatedQueue(this.time, this.random, this.scenario);
    this.#machines = this.scenario.machines.map((kind, index) => new Machine(`machine-${index}`, kind, this.time));
    this.#crashes = [...this.scenario.crashes_at_effects];
  }

  get isCalm(): boolean {
    return this.time.now >= this.scenario.calm_at;
  }

  isOut(machine: Machine): boolean {
    return !this.isCalm && this.time.now < (this.#outUntil.get(machine) ?? 0);
  }

  /** Whether calls go through at once: what is called off is then given back before the program ends. */
  get isNetworkQuick(): boolean {
    const { latency_ms, call_failures, mishaps } = this.scenario;
    return (
      latency_ms <= 50 && call_failures === 0 && mishaps.every(({ kind }) => kind !== 'outage' && kind !== 'sleep')
    );
  }

  isRunning(pid: number): boolean {
    return [...this.#programs.values()].some((program) => program.pid === pid && program.isAlive);
  }

  delay(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.time.after(ms, resolve);
    });
  }

  countReceive(network: Network): void {
    const times = this.#receives.get(network) ?? [];
    times.push(this.time.now);
    while ((times[0] ?? 0) < this.time.now - 60_000) times.shift();
    this.#receives.set(network, times);
    if (times.length === RECEIVES_PER_MINUTE_MAX) this.ledger.violate(`${times.length} receives within a minute`);
  }

  /** Puts everything in motion; time has to be run afterwards. */
  async begin(): Promise<void> {
    const jobs = new Jobs(this.ledger, { ...systemClock, now: () => this.#machines[0]?.clock(() => true).now() ?? 0 });
    for (const { image_id, job_id, sent_at, bytes } of this.scenario.jobs) {
      const s3_key = rawKey(image_id);
      await jobs.create(
        { image_id, owner_id: DEFAULT_OWNER, s3_bucket: 'raw', s3_key, size: bytes?.byteLength ?? 0 },
        job_id,
      );
      const body = JSON.stringify({ image_id, job_id, s3_bucket: 'raw', s3_key });
      this.time.after(sent_at, () => this.queue.send(body, job_id));
    }
    for (const { body, sent_at } of this.scenario.strays) this.time.after(sent_at, () => this.queue.send(body, null));
    for (const mishap of this.scenario.mishaps) this.time.after(mishap.at, () => this.#happen(mishap));
    this.time.after(this.scenario.calm_at, () => this.queue.behave());
    for (const machine of this.#machines) this.#start(machine);
  }

  /** The program dies, and its machine starts another after a while. */
  crash(program: Program): void {
    program.kill();
    this.time.after(this.random.logarithmic(100, 60_000), () => this.#start(program.machine));
  }

  end(): void {
    for (const program of this.#programs.values()) program.kill();
  }

  #start(machine: Machine): void {
    this.#pids += 1;
    const program = new Program(this, machine, this.#pids, this.#crashes.shift() ?? Number.POSITIVE_INFINITY);
    this.#programs.set(machine, program);
    void program.run().then(
      () => this.#start(machine), // stopped: its machine starts it again
      (error: unknown) => {
        // Only an engine that does not let go may end an agent; the system starts it again.
        if (this.scenario.engineObeys) this.ledger.violate(`the agent ended: ${String(error)}`);
        else this.crash(program);
      },
    );
  }

  #happen(mishap: Mishap): void {
    const machine = this.#machines[mishap.machine];
    const program = machine && this.#programs.get(machine);
    if (machine === undefined || program === undefined || !program.isAlive) return;
    switch (mishap.kind) {
      case 'crash':
        this.crash(program);
        return;
      case 'restart':
        program.stop();
        if (this.random.chance(0.3)) this.time.after(this.random.between(0, 10_000), () => program.stop());
        return;
      case 'sleep':
        machine.sleep(mishap.duration_ms);
        return;
      case 'outage':
        this.#outUntil.set(machine, this.time.now + mishap.duration_ms);
        return;
      case 'clock-step':
        machine.stepWallClock(mishap.by_ms);
        return;
    }
  }

  #isWorking(owner: string): boolean {
    const pid = Number(owner.split('/')[1]);
    const program = [...this.#programs.values()].find((candidate) => candidate.pid === pid);
    return program?.isAlive === true && !program.claimants.isGone(owner);
  }
}
