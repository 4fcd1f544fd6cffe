import type { MerchantMemory } from '@slipstream/merchant-index';
import {
  Budgets,
  CallerImages,
  CallerReceipts,
  CompactionRuns,
  DegradedReadings,
  IndexRecords,
  Jobs,
  MerchantChanges,
  MerchantReceipts,
  Merchants,
  ModelReviews,
  PlaceLookups,
  Receipts,
  Secrets,
  SweepPositions,
  UploadClaims,
  Uploads,
} from '@slipstream/records';
import type { Logger } from '@slipstream/runtime';
import type {
  Clock,
  CompactionMessage,
  ObjectStore,
  OcrJobMessage,
  OcrResultMessage,
  Queue,
  QueueName,
  RecordStore,
  UploadEvent,
  ValidateMessage,
} from '@slipstream/shared';

/** All that a function may touch. On AWS the clients behind it are made on first use, at home they are one SQLite file and a folder. */
export interface FunctionPorts {
  readonly records: RecordStore;
  readonly jobs: Jobs;
  readonly uploads: Uploads;
  readonly uploadClaims: UploadClaims;
  readonly secrets: Secrets;
  readonly degradedReadings: DegradedReadings;
  readonly receipts: Receipts;
  readonly callerImages: CallerImages;
  readonly callerReceipts: CallerReceipts;
  readonly budgets: Budgets;
  readonly modelReviews: ModelReviews;
  readonly merchants: Merchants;
  readonly placeLookups: PlaceLookups;
  readonly merchantReceipts: MerchantReceipts;
  readonly merchantChanges: MerchantChanges;
  readonly compactionRuns: CompactionRuns;
  readonly indexRecords: IndexRecords;
  readonly sweepPositions: SweepPositions;
  /** The merchant index, opened on first use; null where none is kept (`VECTOR_STORE=none`). */
  readonly merchantMemory: () => Promise<MerchantMemory | null>;
  readonly raw: ObjectStore;
  readonly artifacts: ObjectStore;
  readonly queues: FunctionQueues;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The environment whose metrics the log lines carry for CloudWatch; null where nobody reads them out. */
  readonly metricsOf?: string | null;
  /**
   * Removes the dead letters of an image whose work begins anew. Absent on AWS, where the functions may not read the dead
   * letters: there its operator does.
   */
  readonly forgetLetters?: (imageId: string) => Promise<void>;
}

export interface FunctionQueues {
  readonly uploads: Queue<UploadEvent>;
  readonly ocr: Queue<OcrJobMessage>;
  readonly ocrResults: Queue<OcrResultMessage>;
  readonly validate: Queue<ValidateMessage>;
  readonly compaction: Queue<CompactionMessage>;
}

/** Of Lambda's context, what the functions use: the same at home. */
export interface InvocationContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** What both homes open: the ports as they are. */
export interface OpenStore {
  readonly records: RecordStore;
  readonly raw: ObjectStore;
  readonly artifacts: ObjectStore;
  queue<M>(name: QueueName): Queue<M>;
}

export type PortOptions = Pick<FunctionPorts, 'clock' | 'logger' | 'metricsOf'> &
  Partial<Pick<FunctionPorts, 'merchantMemory'>>;

/** The repositories and queues over a store. A queue is asked for only when it is used: no function has them all. */
export function createFunctionPorts(
  store: OpenStore,
  { clock, logger, metricsOf = null, merchantMemory = async () => null }: PortOptions,
): FunctionPorts {
  const { records, raw, artifacts } = store;
  const jobs = new Jobs(records, clock);
  const uploads = new Uploads(records, clock);
  const receipts = new Receipts(records, artifacts, jobs, clock);
  const budgets = new Budgets(records, clock);
  const merchants = new Merchants(records, clock);
  const merchantReceipts = new MerchantReceipts(records, merchants, clock);
  return {
    records,
    raw,
    artifacts,
    clock,
    logger,
    metricsOf,
    jobs,
    uploads,
    uploadClaims: new UploadClaims(records, clock),
    secrets: new Secrets(records, clock),
    degradedReadings: new DegradedReadings(records, clock),
    receipts,
    callerImages: new CallerImages(records, jobs, uploads, clock),
    callerReceipts: new CallerReceipts(records, receipts, uploads, clock),
    budgets,
    modelReviews: new ModelReviews(records, budgets, clock),
    merchants,
    placeLookups: new PlaceLookups(records, clock),
    merchantReceipts,
    merchantChanges: new MerchantChanges(records, merchants, merchantReceipts, receipts, clock),
    compactionRuns: new CompactionRuns(records, clock),
    indexRecords: new IndexRecords(records, clock),
    sweepPositions: new SweepPositions(records, clock),
    merchantMemory,
    queues: queuesOf(store),
  };
}

function queuesOf(store: OpenStore): FunctionQueues {
  const made = new Map<QueueName, Queue<never>>();
  const queue = <M>(name: QueueName): Queue<M> => {
    const known = made.get(name) ?? store.queue<never>(name);
    made.set(name, known);
    return known;
  };
  return {
    get uploads() {
      return queue<UploadEvent>('uploads-queue');
    },
    get ocr() {
      return queue<OcrJobMessage>('ocr-queue');
    },
    get ocrResults() {
      return queue<OcrResultMessage>('ocr-results-queue');
    },
    get validate() {
      return queue<ValidateMessage>('validate-queue');
    },
    get compaction() {
      return queue<CompactionMessage>('compaction-queue');
    },
  };
}
