import type { Machine } from '@slipstream/queue-worker/testing';
import { createLogger } from '@slipstream/runtime';
import { type Agent, createAgent } from '../src/agent/agent.ts';
import { Claimants } from '../src/jobs/claimants.ts';
import { Network } from './network.ts';
import { programPorts } from './program-ports.ts';
import { simulatedEngine } from './simulated-engine.ts';
import type { World } from './world.ts';

const SILENT = createLogger({ name: 'simulated', level: 'silent' });
/** Waiting, being worked on with downloads ahead, and being settled: what an agent may have in hand. */
const IN_HAND_MAX = 40;

/** One start of the agent on a machine, until it ends or is killed. */
export class Program {
  readonly pid: number;
  readonly machine: Machine;
  readonly claimants: Claimants;
  readonly agent: Agent;
  readonly #network: Network;
  readonly #world: World;
  #stops = 0;

  constructor(world: World, machine: Machine, pid: number, crashAt: number) {
    this.#world = world;
    this.pid = pid;
    this.machine = machine;
    this.claimants = new Claimants({
      host: machine.name,
      pid,
      nonce: String(pid),
      isRunning: (other) => world.isRunning(other),
    });
    this.#network = new Network(world, machine, crashAt, () => world.crash(this));
    const clock = machine.clock(() => this.#network.isAlive);
    const ports = programPorts(world, this.#network, clock);
    this.agent = createAgent({
      ...(world.variant?.ports?.(ports, world, this.#network) ?? ports),
      engine: simulatedEngine(world, clock),
      clock,
      logger: SILENT,
      checkImage: () => ({ type: 'jpeg', width: 100, height: 200, orientation: 1 }),
      visibility_ms: world.scenario.visibility_ms,
      claimants: this.claimants,
      elapsed: () => machine.elapsed(),
      random: () => world.random.next(),
    });
    this.agent.events.on('job-started', () => this.#checkInHand());
  }

  get isAlive(): boolean {
    return this.#network.isAlive;
  }

  async run(): Promise<void> {
    await this.agent.run();
    const { in_hand } = this.agent.status();
    if (this.#stops === 1 && in_hand > 0 && this.#world.isNetworkQuick)
      this.#world.ledger.violate(`it ended with ${in_hand} in hand`);
  }

  /** As a signal does; a second one while it drains calls everything off. */
  stop(): void {
    this.#stops += 1;
    void this.agent.stop();
  }

  kill(): void {
    this.#network.cut();
  }

  #checkInHand(): void {
    const { in_hand } = this.agent.status();
    if (in_hand > IN_HAND_MAX) this.#world.ledger.violate(`${in_hand} messages are in hand`);
  }
}
