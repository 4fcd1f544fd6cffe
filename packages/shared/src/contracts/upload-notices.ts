import { z } from 'zod';
import { SlipstreamError } from '../errors/slipstream-error.ts';
import { imageIdOfRawKey } from './object-keys.ts';

/** What a message of the uploads-queue says of one object. */
export type UploadNotice =
  | { readonly kind: 'created'; readonly bucket: string; readonly key: string; readonly part: string }
  /** Removed, restored, tagged: none of it makes an image. */
  | { readonly kind: 'other' }
  | { readonly kind: 'invalid'; readonly error: SlipstreamError; readonly part: string };

/** Records of one message; S3 sends one, others may gather them. */
const RECORDS_MAX = 100;
/** EventBridge through SNS through SQS is two. */
const WRAPPINGS_MAX = 4;

const testEventSchema = z.object({ Event: z.literal('s3:TestEvent') });
const recordsSchema = z.object({ Records: z.array(z.unknown()).min(1).max(RECORDS_MAX) });
const s3RecordSchema = z.object({
  eventName: z.string(),
  s3: z.object({
    bucket: z.object({ name: z.string().min(1) }),
    object: z.object({ key: z.string().min(1).max(4_096) }),
  }),
});
const eventBridgeSchema = z.object({
  source: z.literal('aws.s3'),
  'detail-type': z.string(),
  detail: z.object({
    bucket: z.object({ name: z.string().min(1) }),
    object: z.object({ key: z.string().min(1).max(1_024) }),
  }),
});
const snsSchema = z.object({ Type: z.literal('Notification'), Message: z.string() });
const snsConfirmationSchema = z.object({ Type: z.enum(['SubscriptionConfirmation', 'UnsubscribeConfirmation']) });
const snsRecordSchema = z.object({ Sns: z.object({ Message: z.string() }) });

/**
 * A message of the uploads-queue, object by object, however it came: S3's own event (or an S3-compatible server's, whose
 * event names begin with `s3:`), the same as SNS or EventBridge pass it on, or S3's test event, which names no object.
 * Each notice can be settled by itself: `part` is a message that holds nothing else. `MESSAGE_INVALID` for everything
 * else, an empty object included.
 */
export function uploadNotices(body: string): readonly UploadNotice[] {
  return noticesOf(parsedJson(body), body, 0);
}

function noticesOf(message: unknown, part: string, wrappings: number): readonly UploadNotice[] {
  if (wrappings > WRAPPINGS_MAX) throw invalid(`it is wrapped more than ${WRAPPINGS_MAX} times`);
  if (testEventSchema.safeParse(message).success) return [];
  const sns = snsSchema.safeParse(message);
  if (sns.success) return noticesOf(parsedJson(sns.data.Message), sns.data.Message, wrappings + 1);
  const confirmation = snsConfirmationSchema.safeParse(message);
  if (confirmation.success)
    throw invalid(`it is an SNS ${confirmation.data.Type}: confirm the subscription in SNS, or remove it`);
  const bridged = eventBridgeSchema.safeParse(message);
  if (bridged.success) return [bridgedNotice(bridged.data, part)];
  const records = recordsSchema.safeParse(message);
  if (!records.success)
    throw invalid('it is neither an event of S3 (with Records), nor of EventBridge or SNS about S3, nor s3:TestEvent');
  return records.data.Records.flatMap((record) => recordNotices(record, wrappings));
}

/** One that is wrong says so by itself: those beside it are not held up. */
function recordNotices(record: unknown, wrappings: number): readonly UploadNotice[] {
  const part = JSON.stringify({ Records: [record] });
  try {
    const sns = snsRecordSchema.safeParse(record);
    if (sns.success) return noticesOf(parsedJson(sns.data.Sns.Message), sns.data.Sns.Message, wrappings + 1);
    const s3 = s3RecordSchema.safeParse(record);
    if (!s3.success) throw invalid(`a record is not of its schema at ${s3.error.issues[0]?.path.join('.') || 'all'}`);
    const { eventName, s3: of } = s3.data;
    if (!/^(?:s3:)?ObjectCreated:/.test(eventName)) return [{ kind: 'other' }];
    return [{ kind: 'created', bucket: of.bucket.name, key: decodeEventKey(of.object.key), part }];
  } catch (thrown) {
    return [{ kind: 'invalid', error: SlipstreamError.from(thrown), part }];
  }
}

/** EventBridge gives keys as they are, where S3 encodes them. Pipes that pass S3's own on are understood, too. */
function bridgedNotice(event: z.infer<typeof eventBridgeSchema>, part: string): UploadNotice {
  if (event['detail-type'] !== 'Object Created') return { kind: 'other' };
  const { bucket, object } = event.detail;
  const key = imageIdOfRawKey(object.key) === null ? decodedOr(object.key) : object.key;
  return { kind: 'created', bucket: bucket.name, key, part };
}

function decodedOr(key: string): string {
  try {
    return decodeEventKey(key);
  } catch {
    // Not encoded, then: it is refused as the key that it is.
    return key;
  }
}

/** An S3 event's key as the store knows it. */
export function decodeEventKey(encoded: string): string {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch (cause) {
    throw new SlipstreamError('MESSAGE_KEY_INVALID', 'The event names a key that is not URL-encoded.', { cause });
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the content, which must reach no log: it is not kept as a cause.
    throw invalid('it is not JSON');
  }
}

function invalid(why: string): SlipstreamError {
  return new SlipstreamError(
    'MESSAGE_INVALID',
    `The message is no event about an upload: ${why}. Fix what sends it to uploads-queue, then remove or redrive it.`,
  );
}
