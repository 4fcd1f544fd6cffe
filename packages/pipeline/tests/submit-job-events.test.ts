import { sha256Hex } from '@slipstream/runtime';
import { imageIdOf, rawKey } from '@slipstream/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSubmitJob } from '../src/submit-job/submit-job.ts';
import { context, openTestHome, png, received, submit, type TestHome } from '../testing/test-home.ts';

const BUCKET = 'slipstream-raw';
const DONE = { retry: [] };
const AGAIN = { retry: ['m'] };

let home: TestHome;
beforeEach(async () => {
  home = await openTestHome();
});
afterEach(() => home.close());

const record = (key: string, fields: object = {}) => ({
  eventSource: 'aws:s3',
  eventName: 'ObjectCreated:Put',
  s3: { bucket: { name: BUCKET }, object: { key } },
  ...fields,
});
const event = (...records: unknown[]) => ({ Records: records });
const fromSns = (message: unknown) => ({ Type: 'Notification', TopicArn: 'arn', Message: JSON.stringify(message) });
const fromEventBridge = (key: string, type = 'Object Created') => ({
  version: '0',
  source: 'aws.s3',
  'detail-type': type,
  detail: { bucket: { name: BUCKET }, object: { key, size: 7 } },
});
const take = (message: unknown, ports = home) =>
  createSubmitJob(ports)([received('m', typeof message === 'string' ? message : JSON.stringify(message))], context());
const deadLetters = async () => (await home.queues['uploads-queue'].dead.list({ limit: 20 })).items;
const statusOf = async (imageId: string) => (await home.jobs.current(imageId))?.job.status;
const missing = (name: string) => rawKey(imageIdOf(sha256Hex(png(name))));

describe('an upload is understood', () => {
  it.each<[string, (key: string) => unknown]>([
    ["from S3's own event", (key) => event(record(key))],
    ['with an encoded slash', (key) => event(record(encodeURIComponent(key)))],
    ['by an event name with s3:', (key) => event(record(key, { eventName: 's3:ObjectCreated:Post' }))],
    [
      'from an S3-compatible server',
      (key) => ({
        EventName: 's3:ObjectCreated:Put',
        Key: `${BUCKET}/${key}`,
        ...event(record(key, { eventSource: 'minio:s3', eventName: 's3:ObjectCreated:Put' })),
      }),
    ],
    ['without an event source', (key) => event(record(key, { eventSource: undefined }))],
    ['through SNS', (key) => fromSns(event(record(key)))],
    ['through SNS, as a record', (key) => event({ EventSource: 'aws:sns', Sns: fromSns(event(record(key))) })],
    ['through EventBridge', (key) => fromEventBridge(key)],
    ['through EventBridge, encoded', (key) => fromEventBridge(encodeURIComponent(key))],
    ['through EventBridge and SNS', (key) => fromSns(fromEventBridge(key))],
  ])('%s', async (_, messageOf) => {
    const imageId = await submit(home, png('a'));
    expect(await take(messageOf(rawKey(imageId)))).toEqual(DONE);
    expect(await statusOf(imageId)).toBe('PENDING');
    expect(await deadLetters()).toEqual([]);
  });
});

describe('what is no upload', () => {
  it.each<[string, unknown]>([
    ['a test event', { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: BUCKET }],
    ['a test event through SNS', fromSns({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: BUCKET })],
    ['a removal', event(record('raw/x', { eventName: 'ObjectRemoved:Delete' }))],
    ['a removal on another server', event(record('raw/x', { eventName: 's3:ObjectRemoved:Delete' }))],
    ['a removal through EventBridge', fromEventBridge('raw/x', 'Object Deleted')],
  ])('%s is taken and forgotten', async (_, message) => {
    expect(await take(message)).toEqual(DONE);
    expect(await deadLetters()).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['an empty object', {}],
    ['no records', event()],
    ['null', null],
    ['a list', []],
    ['a text', '"Records"'],
    ['not JSON', 'Records'],
    ['another test event', { Event: 's3:OtherEvent' }],
    ['a message of another queue', { image_id: 'x', job_id: 'y' }],
    ['an event of another service', { source: 'aws.ec2', 'detail-type': 'Object Created', detail: {} }],
    [
      'a subscription that waits for its confirmation',
      { Type: 'SubscriptionConfirmation', Message: 'You have chosen' },
    ],
    ['an SNS message that is no event', { Type: 'Notification', Message: 'hello' }],
    ['records of another service', event({ eventSource: 'aws:dynamodb', eventName: 'INSERT', dynamodb: {} })],
    ['a record without a key', event(record(''))],
    ['too many wrappings', [1, 2, 3, 4, 5, 6].reduce<unknown>((inner) => fromSns(inner), event(record('raw/x')))],
    ['more records than a message has', event(...Array.from({ length: 101 }, () => record('raw/x')))],
  ])('%s is dead-lettered as it came, with the reason', async (_, message) => {
    expect(await take(message)).toEqual(DONE);
    const body = typeof message === 'string' ? message : JSON.stringify(message);
    expect(await deadLetters()).toMatchObject([{ id: 'm', body, reason: { code: 'MESSAGE_INVALID' } }]);
    const [letter] = await deadLetters();
    expect(letter?.reason?.message).not.toContain('hello');
  });
});

describe('a message about several objects', () => {
  it('submits those that are there and dead-letters each of the others by itself', async () => {
    const [a, b] = [await submit(home, png('a')), await submit(home, png('b'))];
    const message = event(
      record(missing('gone')),
      record(rawKey(a)),
      record('raw/100%.jpg'),
      { eventName: 'ObjectCreated:Put' },
      record(rawKey('00000000-0000-5000-8000-000000000000'), { eventName: 'ObjectRemoved:Delete' }),
      record(rawKey(b)),
    );
    expect(await take(message)).toEqual(DONE);
    expect([await statusOf(a), await statusOf(b)]).toEqual(['PENDING', 'PENDING']);
    const letters = (await deadLetters()).toSorted((x, y) => (x.id < y.id ? -1 : 1));
    expect(letters).toMatchObject([
      { id: 'm-1', body: JSON.stringify(event(record(missing('gone')))), reason: { code: 'OBJECT_NOT_FOUND' } },
      { id: 'm-3', reason: { code: 'MESSAGE_KEY_INVALID' } },
      { id: 'm-4', reason: { code: 'MESSAGE_INVALID' } },
    ]);
  });

  it('comes again for one that failed for a while, and dead-letters nothing twice', async () => {
    const [a, b] = [await submit(home, png('a')), await submit(home, png('b'))];
    const message = event(record(rawKey(a)), record(missing('gone')), record(rawKey(b)));
    let downloads = 0;
    const raw = {
      ...home.raw,
      bucket: home.raw.bucket,
      head: (key: string) => home.raw.head(key),
      get: (...asked: Parameters<TestHome['raw']['get']>) => {
        downloads += 1;
        if (asked[0] === rawKey(a) && downloads <= 2) return Promise.reject(new Error('connection reset'));
        return home.raw.get(...asked);
      },
    };
    expect(await take(message, { ...home, raw })).toEqual(AGAIN);
    expect(await statusOf(b)).toBe('PENDING');
    expect(await statusOf(a)).toBeUndefined();
    const before = downloads;
    expect(await take(message, { ...home, raw })).toEqual(DONE);
    // What was done the first time is not downloaded again.
    expect(downloads).toBe(before + 1);
    expect(await statusOf(a)).toBe('PENDING');
    expect((await deadLetters()).map(({ id }) => id)).toEqual(['m-2']);
  });

  it('comes again when a dead letter cannot be written', async () => {
    const a = await submit(home, png('a'));
    const dead = { put: () => Promise.reject(new Error('no queue')) };
    const uploads = Object.create(home.queues['uploads-queue'], { dead: { value: dead } });
    const queues = { ...home.queues, 'uploads-queue': uploads };
    expect(await take(event(record(missing('gone')), record(rawKey(a))), { ...home, queues })).toEqual(AGAIN);
    expect(await statusOf(a)).toBe('PENDING');
  });

  it('redriven, a dead letter of one object is taken by itself', async () => {
    const a = await submit(home, png('a'));
    await take(event(record(missing('late')), record(rawKey(a))));
    const late = await submit(home, png('late'));
    expect(await home.queues['uploads-queue'].dead.redrive('m-1')).toBe(true);
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    expect(await statusOf(late)).toBe('PENDING');
    expect(await deadLetters()).toEqual([]);
  });
});
