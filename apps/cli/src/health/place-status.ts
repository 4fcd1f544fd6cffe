import { type IndexStatus, indexStatus } from '@slipstream/merchant-index';
import { pages } from '@slipstream/runtime';
import { type AgentRecord, type JobStatus, LOCAL_CALLER, type QueueDepth, queueDepthView } from '@slipstream/shared';
import { liveDevs } from '../home/dev-marker.ts';
import type { Home } from '../home/open-home.ts';
import type { Operations } from '../home/operations.ts';
import { type DiskSpace, diskSpace, homeProblems } from './home-problems.ts';
import { livingAgents } from './living-agents.ts';

/** Rows that are counted of one kind; more are said to be as many at least. */
export const COUNTED_MAX = 10_000;
const PAGE_ROWS = 1_000;

type Depth = ReturnType<typeof queueDepthView> & { readonly queue: string };

/** What a person asks first: is it running, how far is it, what went wrong, is there room. */
export interface PlaceStatus {
  readonly place: string;
  /** Programs that work on a data folder; null for a stack, whose functions are always there. */
  readonly running: readonly { readonly pid: number; readonly url: string }[] | null;
  /**
   * Images: on their way and nobody's yet, in the agents' hands, those whose newest job failed, and those on which no
   * receipt was found (null for a stack, where each caller has a list of their own).
   */
  readonly images: {
    readonly waiting: number;
    readonly in_hand: number;
    readonly failed: number;
    readonly no_receipt: number | null;
  };
  readonly dead_letters: number;
  readonly oldest_age_ms: number | null;
  readonly queues: readonly Depth[];
  readonly agents: readonly AgentRecord[];
  readonly index: readonly IndexStatus[];
  /** null for a stack. */
  readonly disk: DiskSpace | null;
  readonly problems: readonly { readonly code: string; readonly message: string; readonly stops: boolean }[];
}

export async function placeStatus(
  operations: Operations,
  options: { readonly imageBytesMax: number; readonly collections: readonly string[] },
): Promise<PlaceStatus> {
  const { home, jobs, queues } = operations;
  const depths = await Promise.all(Object.values(queues).map(async (queue) => ({ queue, depth: await queue.depth() })));
  const [pending, running, done] = await Promise.all(
    (['PENDING', 'RUNNING', 'OCR_DONE'] as const).map((status) => countJobs(jobs, status)),
  );
  const uploads = depths.find(({ queue }) => queue.name === 'uploads-queue')?.depth;
  const ages = depths.flatMap(({ depth }) => depth.oldestAgeMs ?? []);
  return {
    place: operations.directory.place,
    running: home && liveDevs(home.dataDir).map(({ pid, url }) => ({ pid, url })),
    images: {
      waiting: (pending ?? 0) + (uploads ? messages(uploads) : 0),
      in_hand: (running ?? 0) + (done ?? 0),
      failed: await countFailed(jobs),
      no_receipt: home && (await countWithoutReceipt(home)),
    },
    dead_letters: depths.reduce((sum, { depth }) => sum + depth.dead, 0),
    oldest_age_ms: ages.length === 0 ? null : Math.max(...ages),
    queues: depths.map(({ queue, depth }) => ({ queue: queue.name, ...queueDepthView(depth) })),
    agents: await livingAgents(operations),
    index: await Promise.all(options.collections.map((collection) => indexStatus(operations, collection))),
    disk: home && (await diskSpace(home.dataDir)),
    problems: home ? await homeProblems(home, options) : [],
  };
}

/** Messages of an upload are images that no record tells of yet. */
const messages = ({ ready, inFlight, delayed }: QueueDepth) => ready + inFlight + delayed;

async function countJobs(jobs: Operations['jobs'], status: JobStatus): Promise<number> {
  let count = 0;
  for await (const { items } of pages((cursor) => jobs.list(status, { limit: PAGE_ROWS, cursor }))) {
    count += items.length;
    if (count >= COUNTED_MAX) break;
  }
  return count;
}

async function countWithoutReceipt({ callerImages }: Home): Promise<number> {
  const list = (cursor: string | null) => callerImages.list(LOCAL_CALLER, 'NO_RECEIPT', { limit: PAGE_ROWS, cursor });
  let count = 0;
  for await (const { items } of pages(list)) {
    count += items.length;
    if (count >= COUNTED_MAX) break;
  }
  return count;
}

/** Without those that were read again since. */
async function countFailed(jobs: Operations['jobs']): Promise<number> {
  let count = 0;
  for await (const { items } of pages((cursor) => jobs.list('FAILED', { limit: PAGE_ROWS, cursor }))) {
    const current = await Promise.all(items.map(({ image_id }) => jobs.current(image_id)));
    count += items.filter(({ job_id }, index) => current[index]?.job.job_id === job_id).length;
    if (count >= COUNTED_MAX) break;
  }
  return count;
}
