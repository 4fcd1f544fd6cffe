import type { Receipt } from '@slipstream/queue-worker/testing';
import { Jobs } from '@slipstream/records';
import {
  type Delivery,
  type OcrDocument,
  type QueueDepth,
  type ReceiveOptions,
  type RecordStore,
  type RecordWrite,
  SlipstreamError,
  type StoredObject,
} from '@slipstream/shared';
import type { AgentOptions } from '../src/agent/agent.ts';
import type { Network } from './network.ts';
import type { World } from './world.ts';

/** A receipt in a program's hands, and until when the queue keeps its message from others, in true time. */
interface Holding {
  readonly receipt: Receipt;
  until: number;
}

export type ProgramPorts = Pick<AgentOptions, 'queue' | 'results' | 'raw' | 'artifacts' | 'writeDocument' | 'jobs'>;

const POLL_STEP_MS = 1_000;

/** The ports of one program, each effect of which goes over its network and under the ledger's eyes. */
export function programPorts(world: World, network: Network, clock: AgentOptions['clock']): ProgramPorts {
  const holdings = new Set<Holding>();
  return {
    queue: {
      send: (message, options = {}) =>
        network.call(() => world.queue.send(JSON.stringify(message), options.correlationId ?? null)),
      depth: () => network.call((): QueueDepth => ({ ready: 0, inFlight: 0, delayed: 0, dead: 0, oldestAgeMs: null })),
      receive: (options) => receive(world, network, holdings, options),
    },
    results: { send: (message) => network.call(() => world.ledger.resultSent(message.image_id, message.job_id)) },
    raw: { bucket: 'raw', get: (key) => network.call(() => storedObject(world, key)) },
    artifacts: { put: () => Promise.reject(new Error('documents are written by writeDocument')) },
    writeDocument: (key: string, _document: OcrDocument) => network.call(() => void world.documents.add(key)),
    jobs: new Jobs(recordsOf(world, network, holdings), clock),
  };
}

async function receive(
  world: World,
  network: Network,
  holdings: Set<Holding>,
  options: ReceiveOptions,
): Promise<readonly Delivery[]> {
  world.countReceive(network);
  const end = world.time.now + options.waitMs;
  const receipts = await network.call(async () => {
    for (;;) {
      if (options.signal?.aborted) return [];
      const taken = world.queue.take(options);
      if (taken.length > 0 || world.time.now >= end) return taken;
      await world.delay(Math.min(POLL_STEP_MS, end - world.time.now));
    }
  });
  // An answer that nobody waits for any more: its messages stay in flight until their time is over.
  if (options.signal?.aborted) return [];
  return receipts.map((receipt) => {
    const holding = { receipt, until: receipt.takenAt + options.visibilityMs };
    holdings.add(holding);
    return delivery(world, network, holdings, holding);
  });
}

function delivery(world: World, network: Network, holdings: Set<Holding>, holding: Holding): Delivery {
  const { receipt } = holding;
  const { id, body, correlationId, sentAt } = receipt.message;
  return {
    id,
    body,
    correlationId,
    sentAt,
    receiveCount: receipt.receives,
    extend: (visibility_ms) =>
      network.call(() => {
        world.queue.extend(receipt, visibility_ms);
        holding.until = world.time.now + visibility_ms;
      }),
    release: (delay_ms) =>
      network.call(() => {
        world.queue.extend(receipt, delay_ms);
        holdings.delete(holding);
      }),
    ack: () =>
      network.call(async () => {
        await world.ledger.acknowledged(body);
        world.queue.ack(receipt);
        holdings.delete(holding);
      }),
    reject: (reason) =>
      network.call(async () => {
        await world.ledger.rejected(body, reason);
        world.queue.reject(receipt, reason);
        holdings.delete(holding);
      }),
  };
}

function recordsOf(world: World, network: Network, holdings: ReadonlySet<Holding>): RecordStore {
  return {
    get: (key) => network.call(() => world.ledger.get(key)),
    query: (query) => network.call(() => world.ledger.query(query)),
    write: (write) => network.call(() => world.ledger.write(write)),
    transact: (writes) => {
      if (network.isAlive) checkLease(world, holdings, writes);
      return network.call(() => world.ledger.transact(writes));
    },
  };
}

/** What is published is published under a lease that the queue still grants in this moment. */
function checkLease(world: World, holdings: ReadonlySet<Holding>, writes: readonly RecordWrite[]): void {
  const publication = writes.find((write) => write.kind === 'update' && write.set?.status === 'OCR_DONE');
  if (publication?.kind !== 'update') return;
  const jobId = publication.key.sk.slice('OCR_JOB#'.length);
  const isHeld = [...holdings].some(
    ({ receipt, until }) => receipt.message.body.includes(jobId) && world.time.now <= until,
  );
  if (!isHeld) world.ledger.violate(`${jobId} was published after its lease had ended`);
}

function storedObject(world: World, key: string): StoredObject {
  const bytes = world.scenario.jobs.find(({ image_id }) => key === `raw/${image_id}`)?.bytes;
  if (!bytes) throw new SlipstreamError('OBJECT_NOT_FOUND', `There is no object ${key}.`);
  const body = (async function* () {
    yield bytes;
  })();
  return { key, size: bytes.byteLength, modifiedAt: 0, body };
}
