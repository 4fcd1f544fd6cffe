import { homedir } from 'node:os';
import { join } from 'node:path';
import type { FunctionPorts } from '@slipstream/lambdas';
import {
  type CompactionMessage,
  Jobs,
  type Logger,
  type OcrJobMessage,
  type OcrResultMessage,
  type Queue,
  type QueueName,
  Receipts,
  systemClock,
  type UploadEvent,
  type ValidateMessage,
} from '@slipstream/shared';
import { type EmbeddedStore, openEmbeddedStore } from '@slipstream/store-embedded';

/** The embedded home: everything in one folder, for one program among several that may have it open. */
export interface Home extends FunctionPorts {
  readonly store: EmbeddedStore;
  readonly dataDir: string;
  readonly queuesByName: Readonly<Record<QueueName, Queue<never>>>;
  close(): Promise<void>;
}

export async function openHome(dataDir: string, logger: Logger, uploadBaseUrl?: string): Promise<Home> {
  const folder = expandTilde(dataDir);
  const clock = systemClock;
  const store = await openEmbeddedStore({ dataDir: folder, clock, ...(uploadBaseUrl ? { uploadBaseUrl } : {}) });
  const { records, raw, artifacts } = store;
  const jobs = new Jobs(records, clock);
  const queues = {
    uploads: store.queue<UploadEvent>('uploads-queue'),
    ocr: store.queue<OcrJobMessage>('ocr-queue'),
    ocrResults: store.queue<OcrResultMessage>('ocr-results-queue'),
    validate: store.queue<ValidateMessage>('validate-queue'),
  };
  return {
    store,
    dataDir: folder,
    records,
    jobs,
    receipts: new Receipts(records, artifacts, jobs, clock),
    raw,
    artifacts,
    queues,
    queuesByName: {
      'uploads-queue': queues.uploads,
      'ocr-queue': queues.ocr,
      'ocr-results-queue': queues.ocrResults,
      'validate-queue': queues.validate,
      'compaction-queue': store.queue<CompactionMessage>('compaction-queue'),
    },
    clock,
    logger,
    close: () => store.close(),
  };
}

/** A config file's `~/receipts` was never seen by a shell. */
export function expandTilde(path: string): string {
  return path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;
}
