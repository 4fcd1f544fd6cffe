import { hostname } from 'node:os';
import { join } from 'node:path';
import { openPlaces, PLACES_SETTINGS } from '@slipstream/merchant-index';
import { AGENT_VERSION, type Agent, beat, Claimants, createAgent, selectEngine } from '@slipstream/ocr';
import type { MessageHandler } from '@slipstream/pipeline';
import { cataloguePorts, createCatalogue } from '@slipstream/pipeline/catalogue';
import { createCompaction } from '@slipstream/pipeline/compaction';
import { sweepDeletions } from '@slipstream/pipeline/delete-image';
import { createProcessOcrResults } from '@slipstream/pipeline/process-ocr-results';
import { catalogueFollowers, createStreamProcessor } from '@slipstream/pipeline/stream-processor';
import { createSubmitJob } from '@slipstream/pipeline/submit-job';
import { createSweeper } from '@slipstream/pipeline/sweeper';
import { createReviewer, createValidateReceipt, REVIEWER_SETTINGS } from '@slipstream/pipeline/validate-receipt';
import { Agents } from '@slipstream/records';
import { checkImage, INDEX_SETTINGS, indexCollections, type Settings } from '@slipstream/runtime';
import { type Batching, LOCAL_CALLER, QUEUES, type QueueName } from '@slipstream/shared';
import { HOME_DELETION_TIMING, VERSION_GRACE_MS } from '../home/deletion-timing.ts';
import { keepCatalogue, openHomeCatalogue } from '../home/home-catalogue.ts';
import { withHomeMemory } from '../home/home-memory.ts';
import type { Home } from '../home/open-home.ts';
import { localTarget } from '../watch/submission-target.ts';
import { ledgerName, watchFolder } from '../watch/watch-folder.ts';
import { invocationFor } from './invocation.ts';
import { runQueue } from './run-queue.ts';
import { runStream } from './run-stream.ts';

export const RUN_SETTINGS = [
  'engine',
  'languages',
  'concurrency',
  'visibility_timeout_s',
  'ocr_timeout_s',
  'image_bytes_max',
  'image_pixels_max',
  'review_below',
  'sweep_interval_s',
  'watch_stable_s',
  ...REVIEWER_SETTINGS,
  ...INDEX_SETTINGS,
  ...PLACES_SETTINGS,
] as const;
export type RunSettings = Pick<Settings, (typeof RUN_SETTINGS)[number]>;

export interface RunningHome {
  readonly agent: Agent;
  /** Stops receiving, lets the agent drain, ends the loops. The store stays open. */
  stop(): Promise<void>;
}

const MAINTENANCE_INTERVAL_MS = 5_000;
/** How late `slipstream agents` and `slipstream status` may be. */
const HEARTBEAT_INTERVAL_MS = 1_000;
const SWEEP_TIMEOUT_MS = 60_000;
/** Here they share one processor with the jobs: with ten at once, a fifth fewer jobs are done. */
const STREAM_PARTITIONS_AT_ONCE = 2;
const COMPACTION = { timeoutMs: 120_000, reserveMs: 30_000 };
/** A model on this machine may think for most of a minute. */
const MODEL_TIMEOUT_MS = 60_000;

/**
 * The whole flow in one program, on the embedded home:
 *
 *   watched folder ─► raw objects ─► uploads-queue ─► submit-job ─► ocr-queue ─► agent ─► ocr-results-queue
 *     ─► process-ocr-results ─► records ─► change stream ─► stream-processor ─┬► validate-queue ─► validate-receipt
 *                                                                             ├► compaction-queue ─► compaction ─► index
 *                                                                             └► catalogue-queue ─► catalogue
 *
 * with the sweeper behind all of it.
 */
export async function runHome(
  opened: Home,
  /** `watch`: as `watchedFolder` gives it. */
  settings: RunSettings & { readonly watch?: string | null },
): Promise<RunningHome> {
  const home = withHomeMemory(opened, settings);
  const { queues, logger, clock } = home;
  const catalogue = openHomeCatalogue(home);
  const engine = await selectEngine(settings.engine, {
    languages: settings.languages,
    concurrency: settings.concurrency,
    timeoutMs: settings.ocr_timeout_s * 1_000,
    onSwitch: (sentence) => logger.warn(sentence),
  });
  const agent = createAgent({
    queue: queues['ocr-queue'],
    results: queues['ocr-results-queue'],
    jobs: home.jobs,
    raw: home.raw,
    artifacts: home.artifacts,
    engine,
    clock,
    logger,
    checkImage: (bytes) => checkImage(bytes, imageLimits(settings)),
    image_bytes_max: settings.image_bytes_max,
    visibility_ms: settings.visibility_timeout_s * 1_000,
    ocr_ms_max: Math.max(settings.ocr_timeout_s * 1_000, engine.imageMsMax ?? 0),
  });
  const reviewer = reviewerOf(settings);
  const stopping = new AbortController();
  const { signal } = stopping;
  /** As the table of queues has it. */
  const read = (
    name: Exclude<QueueName, 'ocr-queue'>,
    handler: MessageHandler,
    { batch = {}, ...over }: { readonly batch?: Partial<Batching>; readonly timeoutMs?: number } = {},
  ) => {
    const batching = { ...QUEUES[name].batching.embedded, ...batch };
    return runQueue({ queue: queues[name], handler, batching, ...over }, home, signal);
  };
  const loops = [
    read('uploads-queue', createSubmitJob(home, imageLimits(settings), { senderOfUnannounced: LOCAL_CALLER })),
    read(
      'ocr-results-queue',
      createProcessOcrResults(home, { review_below: settings.review_below, ...placesOf(home, settings) }),
    ),
    read(
      'validate-queue',
      createValidateReceipt(home, { review_below: settings.review_below, ...reviewer }),
      // One that a language model looks at holds up no other.
      'reviewer' in reviewer ? { batch: { size: 1 }, timeoutMs: MODEL_TIMEOUT_MS } : {},
    ),
    runStream(
      home.store.records,
      createStreamProcessor(home, {
        collections: indexCollections(settings),
        further: catalogueFollowers(home.queues),
        partitions_at_once: STREAM_PARTITIONS_AT_ONCE,
      }),
      home,
      signal,
    ),
    read(
      'compaction-queue',
      createCompaction(home, {
        reserve_ms: COMPACTION.reserveMs,
        writer: writerOf(new Claimants()),
        version_grace_ms: VERSION_GRACE_MS,
      }),
      { timeoutMs: COMPACTION.timeoutMs },
    ),
    read('catalogue-queue', createCatalogue(cataloguePorts(home, catalogue))),
    every(MAINTENANCE_INTERVAL_MS, home, signal, 'the catalogue', () => keepCatalogue(home, catalogue, signal, logger)),
    every(MAINTENANCE_INTERVAL_MS, home, signal, 'maintenance', () => maintain(home)),
    every(MAINTENANCE_INTERVAL_MS, home, signal, 'deleting images', () => sweepDeletions(home, HOME_DELETION_TIMING)),
    every(settings.sweep_interval_s * 1_000, home, signal, 'the sweeper', () =>
      createSweeper(home, settings.sweep_interval_s * 1_000, HOME_DELETION_TIMING)(invocationFor(SWEEP_TIMEOUT_MS)),
    ),
    beat(
      {
        agents: new Agents(home.records, clock),
        status: () => agent.status(),
        self: self(),
        clock,
        logger,
        interval_ms: HEARTBEAT_INTERVAL_MS,
      },
      signal,
    ),
    ...(settings.watch
      ? [
          watchFolder(
            {
              folder: settings.watch,
              ledgerFile: join(home.dataDir, ledgerName(settings.watch)),
              target: localTarget(home),
              stableMs: settings.watch_stable_s * 1_000,
              clock,
              logger,
            },
            signal,
          ),
        ]
      : []),
  ];
  const agentLoop = agent.run();
  return {
    agent,
    stop: async () => {
      await agent.stop();
      stopping.abort();
      await Promise.all([agentLoop, ...loops]);
      await engine.close();
      await catalogue.close();
      await home.closeMemory();
    },
  };
}

/** Only with a key; it comes from the environment, never from a flag that everybody on the machine can read. */
function reviewerOf(settings: RunSettings) {
  const key = process.env.OPENAI_API_KEY;
  return key ? { reviewer: createReviewer(settings, async () => key) } : {};
}

/** The directory of businesses, likewise. */
function placesOf({ budgets, placeLookups: lookups, clock, logger }: Home, settings: RunSettings) {
  const key = process.env.GOOGLE_PLACES_API_KEY;
  if (!key) return {};
  return { findPlace: openPlaces(settings, { apiKey: async () => key, budgets, lookups, clock, logger }) };
}

/** How `slipstream agents` names this program's agent. */
function self() {
  const host = hostname();
  return { agent_id: `${host}-${process.pid}`, host, pid: process.pid, version: AGENT_VERSION };
}

const imageLimits = (settings: RunSettings) => ({
  bytesMax: settings.image_bytes_max,
  pixelsMax: settings.image_pixels_max,
});

/** On this machine a writer that was killed is known by its process id: its lease is not waited out. */
function writerOf(claimants: Claimants) {
  return { owner: claimants.next().owner, isGone: (owner: string) => claimants.isGone(owner) };
}

/** What housekeeping found out of order is said: nobody else would notice. */
async function maintain({ store, logger }: Home): Promise<void> {
  const report = await store.maintain();
  const { originals_adopted, files_set_aside, messages_realigned } = report;
  if (originals_adopted + files_set_aside + messages_realigned > 0) logger.warn(report, 'housekeeping found something');
}

/** At once and then at each interval; one failure is said and does not end it. */
async function every(
  intervalMs: number,
  home: Home,
  signal: AbortSignal,
  what: string,
  work: () => Promise<unknown>,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await work();
    } catch (error) {
      home.logger.error({ error }, `${what} failed`);
    }
    await home.clock.sleep(intervalMs, signal);
  }
}
