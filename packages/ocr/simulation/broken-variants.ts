import { Hands, HoldOff, Lease } from '@slipstream/queue-worker';
import type { Jobs } from '@slipstream/records';
import { type Delivery, recordKeys } from '@slipstream/shared';
import type { Network } from './network.ts';
import type { ProgramPorts } from './program-ports.ts';
import type { World } from './world.ts';

/** An agent with one thing wrong; the simulation has to find out. `ports` changes what it is given, `patch` what it is. */
export interface BrokenVariant {
  readonly name: string;
  readonly ports?: (ports: ProgramPorts, world: World, network: Network) => ProgramPorts;
  /** Returns how to undo it. */
  readonly patch?: () => () => void;
}

export const BROKEN_VARIANTS: readonly BrokenVariant[] = [
  {
    name: 'publishes without a condition',
    ports: (ports, world, network) => ({
      ...ports,
      jobs: withJobs(ports.jobs, {
        publish: async (job, document_key) => {
          const write = ports.jobs.moveWrite(job, 'OCR_DONE', { ifExists: true }, { document_key });
          await network.call(() => world.ledger.transact([write]));
          return ports.jobs.get(job.image_id, job.job_id);
        },
      }),
    }),
  },
  {
    name: 'sends the result before the publication',
    ports: (ports) => ({
      ...ports,
      jobs: withJobs(ports.jobs, {
        publish: async (job, documentKey) => {
          await ports.results.send({ image_id: job.image_id, job_id: job.job_id });
          return ports.jobs.publish(job, documentKey);
        },
      }),
    }),
  },
  {
    name: 'acknowledges on receipt',
    ports: (ports) =>
      withDeliveries(ports, (delivery) => {
        void delivery.ack().catch(() => {});
        return delivery;
      }),
  },
  {
    name: 'acknowledges instead of releasing',
    ports: (ports) => withDeliveries(ports, (delivery) => ({ ...delivery, release: () => delivery.ack() })),
  },
  {
    name: 'rejects without a reason',
    ports: (ports) =>
      withDeliveries(ports, (delivery) => ({
        ...delivery,
        reject: () => delivery.reject({ code: '', message: '' }),
      })),
  },
  {
    name: 'rejects before the job is FAILED',
    ports: (ports) => ({ ...ports, jobs: withJobs(ports.jobs, { failOwned: async (job) => job }) }),
  },
  {
    name: 'never extends its leases',
    ports: (ports) => withDeliveries(ports, (delivery) => ({ ...delivery, extend: async () => {} })),
  },
  {
    name: 'does not look at the clocks before it publishes, nor notices sleep',
    patch: () => {
      const undo = [replace(Lease.prototype, 'confirm', async () => {}), replace(Lease.prototype, 'lose', () => {})];
      return () => {
        for (const restore of undo) restore();
      };
    },
  },
  {
    name: 'claims what somebody else holds',
    ports: (ports) => ({
      ...ports,
      jobs: withJobs(ports.jobs, {
        claim: (imageId, jobId, claimant) => ports.jobs.claim(imageId, jobId, { ...claimant, isGone: () => true }),
      }),
    }),
  },
  {
    name: 'counts a lost lease as a failure of the job',
    ports: (ports) => ({
      ...ports,
      jobs: withJobs(ports.jobs, {
        giveBack: (job, failure) => ports.jobs.giveBack(job, failure ?? { code: 'ABORTED', message: 'called off' }),
      }),
    }),
  },
  {
    name: 'gives up with the first failure of the engine',
    ports: (ports) => ({
      ...ports,
      jobs: withJobs(ports.jobs, {
        giveBack: (job, failure) => (failure ? ports.jobs.failOwned(job, failure) : ports.jobs.giveBack(job)),
      }),
    }),
  },
  {
    name: 'retries for ever',
    ports: (ports) => ({ ...ports, jobs: withJobs(ports.jobs, { giveBack: (job) => ports.jobs.giveBack(job) }) }),
  },
  {
    name: 'does not send the result of an OCR_DONE job again',
    ports: (ports) => ({
      ...ports,
      jobs: withJobs(ports.jobs, {
        claim: async (imageId, jobId, claimant) => {
          const claim = await ports.jobs.claim(imageId, jobId, claimant);
          return claim.kind === 'settled' ? { kind: 'settled', job: { ...claim.job, status: 'COMPLETED' } } : claim;
        },
      }),
    }),
  },
  {
    name: 'writes no document',
    ports: (ports) => ({ ...ports, writeDocument: async () => {} }),
  },
  {
    name: 'leaves the claim without an end',
    ports: (ports, world, network) => ({
      ...ports,
      jobs: withJobs(ports.jobs, {
        claim: async (imageId, jobId, claimant) => {
          const claim = await ports.jobs.claim(imageId, jobId, claimant);
          if (claim.kind !== 'claimed') return claim;
          const key = recordKeys.ocrJob(imageId, jobId);
          await network.call(() => world.ledger.write({ kind: 'update', key, remove: ['expires_at'] }));
          return claim;
        },
      }),
    }),
  },
  {
    name: 'takes whatever it can get',
    patch: () => {
      const counts = ['waiting', 'working', 'settling'] as const;
      const undo = counts.map((count) => replaceGetter(Hands.prototype, count, () => 0));
      return () => {
        for (const restore of undo) restore();
      };
    },
  },
  {
    name: 'asks again at once when the queue fails',
    patch: () => replace(HoldOff.prototype, 'wait', async () => {}),
  },
];

type JobsPart = Partial<Pick<Jobs, 'claim' | 'publish' | 'giveBack' | 'failOwned'>>;

/** The repository with some of its methods replaced; the others keep their own `this`. */
function withJobs(jobs: Jobs, part: JobsPart): Jobs {
  return new Proxy(jobs, {
    get(target, property: keyof Jobs & string) {
      const replaced = Object.entries(part).find(([name]) => name === property)?.[1];
      const member = replaced ?? target[property];
      return typeof member === 'function' ? member.bind(replaced ? part : target) : member;
    },
  });
}

function withDeliveries(ports: ProgramPorts, change: (delivery: Delivery) => Delivery): ProgramPorts {
  const receive: ProgramPorts['queue']['receive'] = async (options) => (await ports.queue.receive(options)).map(change);
  return { ...ports, queue: { ...ports.queue, receive } };
}

function replace<T extends object, K extends keyof T>(target: T, name: K, value: T[K]): () => void {
  const before = target[name];
  target[name] = value;
  return () => {
    target[name] = before;
  };
}

function replaceGetter(target: object, name: string, get: () => unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(target, name);
  if (before === undefined) throw new Error(`there is no ${name} to replace`);
  Object.defineProperty(target, name, { configurable: true, get });
  return () => {
    Object.defineProperty(target, name, before);
  };
}
