import { EventEmitter } from 'node:events';
import type { LeaseLimits } from '@slipstream/queue-worker';
import { QueueWorker, sleepCountingClock } from '@slipstream/queue-worker';
import { type Jobs, putDocument } from '@slipstream/records';
import type { Logger } from '@slipstream/runtime';
import {
  type Clock,
  instant,
  type ObjectStore,
  type OcrDocument,
  type OcrJobMessage,
  type OcrResultMessage,
  ocrDocumentSchema,
  type Queue,
  type SlipstreamError,
} from '@slipstream/shared';
import type { OcrEngine } from '../engines/engine.ts';
import { Claimants } from '../jobs/claimants.ts';
import type { ImageFacts, JobPorts } from '../jobs/job-ports.ts';
import { processJob } from '../jobs/process-job.ts';
import { Recogniser } from '../jobs/recogniser.ts';
import { recoverOrphans } from '../jobs/recover-orphans.ts';
import type { AgentEvents } from './agent-events.ts';
import { agentReports } from './agent-reports.ts';
import { type AgentStatus, AgentTally } from './agent-status.ts';
import { watchEngine } from './engine-watch.ts';

export interface AgentOptions {
  readonly queue: Pick<Queue<OcrJobMessage>, 'send' | 'receive' | 'depth'>;
  readonly results: Pick<Queue<OcrResultMessage>, 'send'>;
  readonly jobs: Jobs;
  readonly raw: Pick<ObjectStore, 'bucket' | 'get'>;
  readonly artifacts: Pick<ObjectStore, 'put'>;
  readonly engine: OcrEngine;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly checkImage: (bytes: Uint8Array) => ImageFacts;
  /** Images read at once; 0 or nothing: as many as the engine reads. */
  readonly concurrency?: number;
  readonly visibility_ms?: number;
  readonly ocr_ms_max?: number;
  readonly image_bytes_max?: number;
  readonly until?: 'stopped' | 'drained';
  readonly drain_ms?: number;
  readonly claimants?: Claimants;
  readonly elapsed?: () => number;
  readonly random?: () => number;
  readonly writeDocument?: (key: string, document: OcrDocument) => Promise<void>;
}

export interface Agent {
  /** Until it is stopped or drained. Rejects when only a new process can help: an engine that is stuck. */
  run(): Promise<void>;
  /** Drains and ends; called again, calls off what is under way. */
  stop(): Promise<void>;
  status(): AgentStatus;
  readonly events: EventEmitter<AgentEvents>;
}

/** Images that are downloaded and checked while others are read. */
const DOWNLOADS_AHEAD = 2;
const DEFAULTS = { visibility_ms: 60_000, ocr_ms_max: 120_000, image_bytes_max: 26_214_400, drain_ms: 20_000 };
/** Longer than the reading of one image with all its waiting; SQS would allow 12 hours. */
const HELD_MS_MAX = 3_600_000;
const EXTENSIONS_MAX = 1_000;
const LET_GO_MS_MAX = 30_000;
/** A store that does not answer keeps nobody from beginning: the look for orphans goes on beside the work. */
const RECOVERY_MS_MAX = 10_000;

/** The agent: takes jobs from the ocr-queue, has their images read, and publishes what was read. */
export function createAgent(options: AgentOptions): Agent {
  const { engine, clock, logger, jobs } = options;
  const random = options.random ?? Math.random;
  const concurrency = options.concurrency || engine.concurrency;
  const claimants = options.claimants ?? new Claimants();
  const events = new EventEmitter<AgentEvents>();
  const tally = new AgentTally(clock);
  const started_at = instant(clock);
  const stopping = new AbortController();
  let stuck: SlipstreamError | null = null;

  const recogniser = new Recogniser(
    engine,
    clock,
    { concurrency, image_ms_max: options.ocr_ms_max ?? DEFAULTS.ocr_ms_max, let_go_ms_max: LET_GO_MS_MAX },
    (error) => giveUp(error, 'the engine is stuck: the agent ends, to be started again'),
  );
  const giveUp = (error: SlipstreamError, message: string) => {
    stuck ??= error;
    logger.error({ error }, message);
    void worker.stop();
  };
  const ports: JobPorts = {
    jobs,
    raw: options.raw,
    results: options.results,
    writeDocument:
      options.writeDocument ?? ((key, document) => putDocument(options.artifacts, key, ocrDocumentSchema, document)),
    checkImage: options.checkImage,
    image_bytes_max: options.image_bytes_max ?? DEFAULTS.image_bytes_max,
    recognise: (image, signal) => recogniser.recognise(image, signal),
    views: async (image, signal) => (await engine.views?.(image, signal)) ?? [],
    writeView: async (key, jpeg) => void (await options.artifacts.put(key, jpeg, { contentType: 'image/jpeg' })),
    engine,
    claimants,
    clock,
    random,
  };
  const worker = new QueueWorker({
    queue: options.queue,
    handle: (lease) => processJob(ports, lease),
    reports: agentReports(logger, events, tally),
    clock,
    elapsed: options.elapsed ?? sleepCountingClock(clock),
    random,
    concurrency: concurrency + DOWNLOADS_AHEAD,
    lease: leaseLimits(options.visibility_ms ?? DEFAULTS.visibility_ms),
    until: options.until ?? 'stopped',
    drain_ms: options.drain_ms ?? DEFAULTS.drain_ms,
  });

  return {
    events,
    async run() {
      logger.info({ engine: engine.name, engine_version: engine.version, concurrency }, 'agent started');
      const recovered = new AbortController();
      void recoverOrphans({ jobs, queue: options.queue, claimants, logger }).then(() => recovered.abort());
      await clock.sleep(RECOVERY_MS_MAX, AbortSignal.any([recovered.signal, stopping.signal]));
      const watching = new AbortController();
      const onFailed = (error: SlipstreamError) => giveUp(error, 'the engine reads nothing: the agent ends');
      void watchEngine({ engine, clock, logger, onFailed }, watching.signal);
      await worker.run().finally(() => watching.abort());
      logger.info({ ...tally.counts }, 'agent stopped');
      if (stuck !== null) throw stuck;
    },
    stop: () => {
      stopping.abort();
      return worker.stop();
    },
    status: () => ({
      state: worker.state,
      engine: { name: engine.name, version: engine.version, health: engine.health ?? null },
      concurrency,
      started_at,
      in_hand: worker.inHand,
      counts: { ...tally.counts },
      images_per_minute: tally.imagesPerMinute(),
      last_job: tally.lastJob,
      last_error: tally.lastError,
      trouble: worker.trouble && {
        code: worker.trouble.error.code,
        message: worker.trouble.error.message,
        at: new Date(worker.trouble.since).toISOString(),
      },
    }),
  };
}

function leaseLimits(visibility_ms: number): LeaseLimits {
  return { visibility_ms, held_ms_max: HELD_MS_MAX, extensions_max: EXTENSIONS_MAX };
}
