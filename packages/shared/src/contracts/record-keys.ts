import type { RecordKey } from '../ports/record-store.ts';
import type { ImageOutcome } from './image-records.ts';
import type { JobStatus } from './records.ts';

/** The one place that knows how the table's keys are made. */
export const recordKeys = {
  image: (imageId: string): RecordKey => ({ pk: `IMAGE#${imageId}`, sk: 'IMAGE' }),
  upload: (imageId: string, uploadedBy: string): RecordKey => ({ pk: `IMAGE#${imageId}`, sk: `UPLOAD#${uploadedBy}` }),
  uploadClaim: (imageId: string, claimId: string): RecordKey => ({ pk: `IMAGE#${imageId}`, sk: `CLAIM#${claimId}` }),
  ocrJob: (imageId: string, jobId: string): RecordKey => ({ pk: `IMAGE#${imageId}`, sk: `OCR_JOB#${jobId}` }),
  routing: (imageId: string, jobId: string): RecordKey => ({ pk: `IMAGE#${imageId}`, sk: `ROUTING#${jobId}` }),
  receipt: (imageId: string, receiptId: string): RecordKey => ({ pk: `IMAGE#${imageId}`, sk: `RECEIPT#${receiptId}` }),
  /** Whose partition lists what they sent, by the printed date. */
  callerReceipt: (caller: string, date: string | undefined, imageId: string, receiptId: string): RecordKey => ({
    pk: `CALLER#${caller}`,
    sk: `RECEIPT#${date ?? '0000-00-00'}#${imageId}#${receiptId}`,
  }),
  /** `generation`: the newest of the life that ended. */
  deletion: (imageId: string, generation: number): RecordKey => ({
    pk: `IMAGE#${imageId}`,
    sk: `DELETION#${String(generation).padStart(10, '0')}`,
  }),
  degradedReading: (imageId: string): RecordKey => ({ pk: `IMAGE#${imageId}`, sk: 'DEGRADED' }),
  /** A caller's images by what came of them and when. */
  callerImage: (caller: string, outcome: ImageOutcome, endedAt: string, imageId: string): RecordKey => ({
    pk: `CALLER#${caller}`,
    sk: `IMAGE#${outcome}#${endedAt}#${imageId}`,
  }),
  modelReview: (imageId: string, receiptId: string, revision: number): RecordKey => ({
    pk: `IMAGE#${imageId}`,
    sk: `REVIEW#${receiptId}#${revision}`,
  }),
  /** `revision`: the receipt's after the change. */
  change: (imageId: string, receiptId: string, revision: number): RecordKey => ({
    pk: `IMAGE#${imageId}`,
    sk: `CHANGE#${receiptId}#${String(revision).padStart(10, '0')}`,
  }),
  compactionRun: (imageId: string, runId: string, collection: string): RecordKey => ({
    pk: `IMAGE#${imageId}`,
    sk: `RUN#${runId}#${collection}`,
  }),
  merchant: (merchantId: string): RecordKey => ({ pk: `MERCHANT#${merchantId}`, sk: 'MERCHANT' }),
  merchantReceipt: (merchantId: string, date: string | undefined, imageId: string, receiptId: string): RecordKey => ({
    pk: `MERCHANT#${merchantId}`,
    sk: `RECEIPT#${date ?? '0000-00-00'}#${imageId}#${receiptId}`,
  }),
  merchantKey: (kind: string, value: string): RecordKey => ({ pk: `KEY#${kind}#${value}`, sk: 'KEY' }),
  /** `question` is what was asked, shortened to a hash: addresses are long. */
  placeLookup: (kind: string, question: string): RecordKey => ({ pk: `PLACE#${kind}#${question}`, sk: 'PLACE' }),
  snapshot: (collection: string): RecordKey => ({ pk: `INDEX#${collection}`, sk: 'SNAPSHOT' }),
  writer: (collection: string): RecordKey => ({ pk: `INDEX#${collection}`, sk: 'WRITER' }),
  sweep: (name: string): RecordKey => ({ pk: 'SWEEP', sk: name }),
  config: (): RecordKey => ({ pk: 'CONFIG', sk: 'CONFIG' }),
  /** Keys that the deployment makes for itself. */
  secret: (name: string): RecordKey => ({ pk: 'CONFIG', sk: `SECRET#${name}` }),
  agent: (agentId: string): RecordKey => ({ pk: `AGENT#${agentId}`, sk: 'AGENT' }),
  category: (ownerId: string, categoryId: string): RecordKey => ({ pk: `CATEGORY#${ownerId}`, sk: categoryId }),
  rule: (ownerId: string, ruleId: string): RecordKey => ({ pk: `RULE#${ownerId}`, sk: ruleId }),
  budget: (day: string, name: string): RecordKey => ({ pk: `BUDGET#${day}`, sk: name }),
} as const;

/** Partitions and sort keys of the secondary index. */
export const indexKeys = {
  image: (createdAt: string) => ({ gsi1pk: 'IMAGE', gsi1sk: createdAt }),
  ocrJob: (status: JobStatus, updatedAt: string) => ({ gsi1pk: `OCR_JOB#${status}`, gsi1sk: updatedAt }),
  routing: (status: string, updatedAt: string) => ({ gsi1pk: `ROUTING#${status}`, gsi1sk: updatedAt }),
  receipt: (date: string | undefined, imageId: string, receiptId: string) => ({
    gsi1pk: 'RECEIPT',
    gsi1sk: `${date ?? '0000-00-00'}#${imageId}#${receiptId}`,
  }),
  compactionRun: (status: string, createdAt: string) => ({ gsi1pk: `RUN#${status}`, gsi1sk: createdAt }),
  degradedReading: (createdAt: string, imageId: string) => ({ gsi1pk: 'DEGRADED', gsi1sk: `${createdAt}#${imageId}` }),
  deletion: (dueAt: string, imageId: string) => ({ gsi1pk: 'DELETION', gsi1sk: `${dueAt}#${imageId}` }),
  agent: (startedAt: string, agentId: string) => ({ gsi1pk: 'AGENT', gsi1sk: `${startedAt}#${agentId}` }),
  /** Finds the keys of a merchant. */
  merchantKey: (merchantId: string, kind: string, value: string) => ({
    gsi1pk: `MERCHANT_KEYS#${merchantId}`,
    gsi1sk: `${kind}#${value}`,
  }),
  merchant: (nameKey: string, merchantId: string) => ({ gsi1pk: 'MERCHANT', gsi1sk: `${nameKey}#${merchantId}` }),
} as const;
