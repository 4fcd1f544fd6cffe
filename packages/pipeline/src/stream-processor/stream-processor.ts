import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Linked } from '@slipstream/records';
import {
  type CompactionMessage,
  compactionRunRecordSchema,
  deltaMessage,
  imageRecordSchema,
  receiptMessages,
  receiptRecordSchema,
  SlipstreamError,
  uploadRecordSchema,
} from '@slipstream/shared';
import type { AttributeValue, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { FunctionPorts, InvocationContext } from '../work/function-ports.ts';
import { type LogFields, runUnit } from '../work/unit-of-work.ts';
import { ChangedReceipts } from './changed-receipts.ts';

/** Left of an invocation when no other change is begun: one that is slow, and the messages about those before it. */
const RESERVE_MS = 5_000;
/** Compaction is told of changes so often, so that an invocation whose time runs out has got somewhere. */
const TELL_EVERY_MS = 5_000;

export interface StreamProcessorOptions {
  /** Of the merchant index, those that are kept. */
  readonly collections: readonly string[];
  /** Partitions that are worked on at the same time; the changes of each are in their order. */
  readonly partitions_at_once?: number;
}

/** Each waits for its requests most of the time. */
const PARTITIONS_AT_ONCE = 10;

/** The types of record whose changes concern it; a mapping's filter keeps the others away. */
export const FORWARDED_TYPES = ['RECEIPT', 'IMAGE', 'UPLOAD', 'COMPACTION_RUN'] as const;

export function isForwarded(type: string | undefined): boolean {
  return FORWARDED_TYPES.some((forwarded) => forwarded === type);
}

/**
 * Changes of the table → the callers' and merchants' lists, the validate-queue, and the compaction-queue for the
 * collections that are kept. A stream keeps the order of each partition, and so does this: the first change that fails
 * ends its partition, and the mapping comes again from the first of all that failed. What is done by then is done again,
 * which changes nothing. Only changes that concern it are logged.
 */
export function createStreamProcessor(
  ports: FunctionPorts,
  { collections, partitions_at_once = PARTITIONS_AT_ONCE }: StreamProcessorOptions = { collections: [] },
): (event: DynamoDBStreamEvent, context: InvocationContext) => Promise<DynamoDBBatchResponse> {
  return async (event, context) => {
    const records = event.Records ?? [];
    const partitions = [...Map.groupBy(records, partitionOf).values()];
    const failed = new Set<DynamoDBRecord>();
    const worker = async () => {
      for (let partition = partitions.shift(); partition; partition = partitions.shift()) {
        const failure = await followPartition(ports, collections, partition, context);
        if (failure) failed.add(failure);
      }
    };
    await Promise.all(Array.from({ length: Math.min(partitions_at_once, partitions.length) }, worker));
    const first = records.find((record) => failed.has(record));
    return { batchItemFailures: first ? [{ itemIdentifier: sequenceOf(first) }] : [] };
  };
}

/** The change from which on the partition has to come again; null when all of it is done. */
async function followPartition(
  ports: FunctionPorts,
  collections: readonly string[],
  partition: readonly DynamoDBRecord[],
  context: InvocationContext,
): Promise<DynamoDBRecord | null> {
  const changed = new ChangedReceipts();
  // Not stopped by the time that ended the changes before: what is told of does not come again.
  const tell = () =>
    changed.tell(({ message, since }) => isFollowed(ports, since, context, () => sendChanged(ports, message)));
  let toldAt = ports.clock.monotonic();
  for (const record of partition) {
    const work = workOf(ports, collections, record, changed);
    if (work === null) continue;
    const isDone = await isFollowed(ports, record, context, () => {
      if (context.getRemainingTimeInMillis() < RESERVE_MS) throw timeExhausted();
      return work();
    });
    // Also when it failed: those before it may be of changes that do not come again.
    if (!isDone) return (await tell()) ?? record;
    if (ports.clock.monotonic() - toldAt < TELL_EVERY_MS) continue;
    const untold = await tell();
    if (untold) return untold;
    toldAt = ports.clock.monotonic();
  }
  return tell();
}

/** What can never be forwarded is said and passed over: to hold it would hold up the shard for a day. */
async function isFollowed(
  ports: FunctionPorts,
  record: DynamoDBRecord,
  context: InvocationContext,
  work: () => Promise<LogFields>,
): Promise<boolean> {
  const changedAt = record.dynamodb?.ApproximateCreationDateTime;
  const unit = {
    name: 'stream-processor',
    request_id: context.awsRequestId,
    correlation_id: textOf(record, 'correlation_id') ?? sequenceOf(record),
    waiting_since: changedAt ? changedAt * 1_000 : null,
  };
  const outcome = await runUnit(ports, unit, async () => work());
  return outcome.kind !== 'retry';
}

async function sendChanged({ queues }: FunctionPorts, message: CompactionMessage): Promise<LogFields> {
  await queues['compaction-queue'].send(message);
  const { kind, image_id, receipt_id, collection } = message;
  return { kind, image_id, receipt_id, collection };
}

function timeExhausted(): SlipstreamError {
  return new SlipstreamError('TIME_EXHAUSTED', 'No time is left for this change.');
}

/** null for a change that concerns nobody. */
function workOf(
  ports: FunctionPorts,
  collections: readonly string[],
  record: DynamoDBRecord,
  changed: ChangedReceipts,
): (() => Promise<LogFields>) | null {
  switch (textOf(record, 'type')) {
    case 'RECEIPT':
      return () => forwardReceipt(ports, collections, record, changed);
    case 'COMPACTION_RUN':
      return record.eventName === 'INSERT' && collections.includes(textOf(record, 'collection') ?? '')
        ? () => forwardRun(ports, record)
        : null;
    case 'IMAGE':
      return textOf(record, 'outcome', 'OldImage') === textOf(record, 'outcome', 'NewImage') &&
        textOf(record, 'outcome_at', 'OldImage') === textOf(record, 'outcome_at', 'NewImage')
        ? null
        : () => forwardImage(ports, record);
    case 'UPLOAD':
      return record.eventName === 'INSERT' ? () => forwardUpload(ports, record) : null;
    default:
      return null;
  }
}

/** The lists first: whoever sees a receipt validated finds it in them. */
async function forwardReceipt(
  ports: FunctionPorts,
  collections: readonly string[],
  record: DynamoDBRecord,
  changed: ChangedReceipts,
): Promise<LogFields> {
  const before = parsed(receiptRecordSchema, record.dynamodb?.OldImage);
  const after = parsed(receiptRecordSchema, record.dynamodb?.NewImage);
  await ports.callerReceipts.followReceipt(before, after);
  await ports.merchantReceipts.followReceipt(before, after);
  for (const message of receiptMessages(before, after, collections)) changed.add(message, record);
  const { image_id, receipt_id }: Pick<Linked, 'image_id' | 'receipt_id'> = after ?? before ?? unknown();
  if (after?.status !== 'NEW') return { image_id, receipt_id, status: after?.status ?? 'REMOVED' };
  const { revision, correlation_id } = after;
  await ports.queues['validate-queue'].send(
    { image_id, receipt_id, revision },
    correlation_id ? { correlationId: correlation_id } : {},
  );
  return { image_id, receipt_id, revision, status: 'NEW' };
}

async function forwardRun(ports: FunctionPorts, record: DynamoDBRecord): Promise<LogFields> {
  const run = parsed(compactionRunRecordSchema, record.dynamodb?.NewImage) ?? unknown();
  const { image_id, run_id, collection, correlation_id } = run;
  await ports.queues['compaction-queue'].send(
    deltaMessage(run),
    correlation_id ? { correlationId: correlation_id } : {},
  );
  return { image_id, run_id, collection };
}

async function forwardImage(ports: FunctionPorts, record: DynamoDBRecord): Promise<LogFields> {
  const before = parsed(imageRecordSchema, record.dynamodb?.OldImage);
  const after = parsed(imageRecordSchema, record.dynamodb?.NewImage);
  await ports.callerImages.followImage(before, after);
  return { image_id: (after ?? before ?? unknown()).image_id, outcome: after?.outcome ?? 'NONE' };
}

async function forwardUpload(ports: FunctionPorts, record: DynamoDBRecord): Promise<LogFields> {
  const upload = parsed(uploadRecordSchema, record.dynamodb?.NewImage) ?? unknown();
  await ports.callerReceipts.followUpload(upload);
  await ports.callerImages.followUpload(upload);
  return { image_id: upload.image_id };
}

type Image = Readonly<Record<string, AttributeValue>> | undefined;

function parsed<T>(
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false; error: unknown } },
  image: Image,
): T | null {
  if (image === undefined) return null;
  const result = schema.safeParse(unmarshall(image as Parameters<typeof unmarshall>[0]));
  if (result.success) return result.data;
  throw new SlipstreamError('DOCUMENT_INVALID', 'A changed record is not of its schema.', { cause: result.error });
}

function unknown(): never {
  throw new SlipstreamError('DOCUMENT_INVALID', 'A change holds neither the old record nor the new one.');
}

/** Of a partition's keys; all that is forwarded of an image is in one. */
function partitionOf({ dynamodb }: DynamoDBRecord): string {
  return dynamodb?.Keys?.pk?.S ?? '';
}

function sequenceOf({ dynamodb }: DynamoDBRecord): string {
  return dynamodb?.SequenceNumber ?? '';
}

/** Of the record as it was or is; by default as it is, or was before it was removed. */
function textOf({ dynamodb }: DynamoDBRecord, attribute: string, state?: 'OldImage' | 'NewImage'): string | undefined {
  const image = state === undefined ? (dynamodb?.NewImage ?? dynamodb?.OldImage) : dynamodb?.[state];
  return image?.[attribute]?.S;
}
