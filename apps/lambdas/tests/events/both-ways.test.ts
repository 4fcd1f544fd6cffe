import { allPorts } from '@slipstream/pipeline';
import { createProcessOcrResults } from '@slipstream/pipeline/process-ocr-results';
import { createStreamProcessor } from '@slipstream/pipeline/stream-processor';
import { createSubmitJob } from '@slipstream/pipeline/submit-job';
import {
  CAFE,
  changesOf,
  context,
  openTestHome,
  png,
  publish,
  submit,
  type TestHome,
} from '@slipstream/pipeline/testing';
import { createValidateReceipt } from '@slipstream/pipeline/validate-receipt';
import { QUEUE_NAMES, type QueueName, type RecordChange } from '@slipstream/shared';
import { dynamoDbRecord, sqsRecord } from '@slipstream/testing/lambda-events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { onMessages, receivedMessage } from '../../src/events/sqs-events.ts';
import { onChanges, recordChange } from '../../src/events/stream-events.ts';

/** Use cases are reached in two ways: by the program's own loops, and through the events that Lambda hands over. */
type Way = 'direct' | 'events';

let homes: Record<Way, TestHome>;
beforeEach(async () => {
  homes = { direct: await openTestHome(), events: await openTestHome() };
});
afterEach(() => Promise.all(Object.values(homes).map((home) => home.close())));

type Handlers = ReturnType<typeof handlersOf>;
const handlersOf = (home: TestHome) => ({
  'uploads-queue': createSubmitJob(home),
  'ocr-results-queue': createProcessOcrResults(home),
  'validate-queue': createValidateReceipt(home, { review_below: 0.5 }),
});

/** One batch of a queue; resolves to the ids that have to come again. */
async function drain(way: Way, queue: keyof Handlers): Promise<readonly string[]> {
  const home = homes[way];
  const handler = handlersOf(home)[queue];
  if (way === 'direct') return (await home.drain(home.queues[queue], handler)).retry;
  const ids: string[] = [];
  await home.drain(home.queues[queue], async (messages, invocation) => {
    const event = { Records: JSON.parse(JSON.stringify(messages.map(sqsRecord))) };
    const { batchItemFailures } = await onMessages(handler)(event, invocation);
    ids.push(...batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    return { retry: ids };
  });
  return ids;
}

async function follow(way: Way): Promise<string | null> {
  const home = homes[way];
  const changes = await changesOf(home);
  const handler = createStreamProcessor(home, { collections: ['lines'] });
  if (way === 'direct') return (await handler(changes, context())).retryFrom;
  const event = { Records: JSON.parse(JSON.stringify(changes.map(dynamoDbRecord))) };
  const { batchItemFailures } = await onChanges(handler)(event, context());
  return batchItemFailures[0]?.itemIdentifier ?? null;
}

/** The whole way of two images, one of them unreadable, and of a message that is none. */
async function run(way: Way): Promise<readonly (readonly string[] | string | null)[]> {
  const home = homes[way];
  const image_id = await submit(home, png('a'));
  await submit(home, Buffer.from('Dear Sir or Madam'));
  await home.store.queue<unknown>('validate-queue').send({ image_id: 7 });
  const again = [await drain(way, 'uploads-queue')];
  const { job_id } = await publish(home, image_id, CAFE);
  await home.queues['ocr-results-queue'].send({ image_id, job_id }, { correlationId: 'request-1' });
  return [...again, await drain(way, 'ocr-results-queue'), await follow(way), await drain(way, 'validate-queue')];
}

/** Ids that are made at random, in the order of their first appearance. */
function withoutChance(value: unknown): unknown {
  const seen = new Map<string, string>();
  const text = JSON.stringify(value).replace(
    /[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9A-Za-z_-]{21,22}(?=\.json)/g,
    (id) => remember(seen, id),
  );
  return JSON.parse(text);
}
function remember(seen: Map<string, string>, id: string): string {
  const known = seen.get(id) ?? `id-${seen.size}`;
  seen.set(id, known);
  return known;
}

async function stateOf(home: TestHome) {
  const depths = await Promise.all(QUEUE_NAMES.map((name: QueueName) => home.queues[name].depth()));
  const letters = await Promise.all(
    QUEUE_NAMES.map(async (name) =>
      (await home.queues[name].dead.list({ limit: 10 })).items.map(({ reason }) => reason),
    ),
  );
  const records = (await changesOf(home)).map(({ kind, key, after }) => ({ kind, key, after }));
  return withoutChance({ depths, letters, records });
}

describe('a use case does the same by itself and behind Lambda’s events', () => {
  it('the same records, messages and dead letters, and the same comes again', async () => {
    const [direct, events] = [await run('direct'), await run('events')];
    expect(events).toEqual(direct);
    expect(await stateOf(homes.events)).toEqual(await stateOf(homes.direct));
    expect((await homes.events.queues['validate-queue'].depth()).dead).toBe(1);
  });

  it('a message reads the same', () => {
    const message = {
      id: 'm',
      body: '{"n":1}',
      receiveCount: 7,
      sentAt: 1_700_000_000_000,
      correlationId: 'request-1',
    };
    expect(receivedMessage(sqsRecord(message))).toEqual(message);
    expect(receivedMessage(sqsRecord({ ...message, correlationId: null }))).toEqual({
      ...message,
      correlationId: null,
    });
  });

  it('a change reads the same, to the second, whatever its record holds', async () => {
    const home = homes.direct;
    const { records } = allPorts(home.store, home);
    const odd = { text: 'ä "', none: null, yes: true, number: 1e21, list: [1, { deep: [null, 'x'] }], empty: '' };
    await records.write({ kind: 'put', record: { pk: 'A', sk: 'B', type: 'TEST', revision: 1, ...odd } });
    await records.write({ kind: 'update', key: { pk: 'A', sk: 'B' }, set: { text: 'b' } });
    await records.write({ kind: 'delete', key: { pk: 'A', sk: 'B' } });
    const changes = await changesOf(home);
    const toTheSecond = ({ at, ...rest }: RecordChange) => ({ ...rest, at: Math.floor(at / 1_000) * 1_000 });
    expect(changes.map((change) => dynamoDbRecord(change)).flatMap(recordChange)).toEqual(changes.map(toTheSecond));
  });

  it('an item of the table that is none of our records is passed over', async () => {
    const foreign = { eventName: 'INSERT' as const, dynamodb: { NewImage: { id: { S: 'x' } }, SequenceNumber: '1' } };
    const handler = createStreamProcessor(homes.direct);
    expect(await onChanges(handler)({ Records: [foreign] }, context())).toEqual({ batchItemFailures: [] });
  });

  it('a health check of either kind is answered with nothing to repeat', async () => {
    const nothing = { batchItemFailures: [] };
    expect(await onMessages(createSubmitJob(homes.direct))({ Records: [] }, context())).toEqual(nothing);
    expect(await onChanges(createStreamProcessor(homes.direct))({ Records: [] }, context())).toEqual(nothing);
  });
});
