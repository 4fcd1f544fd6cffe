import { type StepResult, takeStep } from '@slipstream/doctor';
import { readAll } from '@slipstream/records';
import {
  DEPLOYED_QUEUE_NAMES,
  type DeployedQueueName,
  FUNCTION_NEEDS,
  type FunctionNeeds,
  SlipstreamError,
} from '@slipstream/shared';
import type { AwsStore } from '@slipstream/store-aws';

/** Two pairs of hands: the role's, and one's own for what the role is not meant to do. */
export interface Hands {
  readonly role: AwsStore;
  readonly self: AwsStore;
}

/** Marked things that a broken-off run leaves behind go by themselves after a day (the table's ttl). */
const LIFE_S = 86_400;
const MARK_BYTES_MAX = 1_024;
const REMEDY =
  "Compare the role's policy with needs.json of the function's bundle (npm run diff shows what a deploy would change); the encryption key has to allow it too.";

/** The functions that hold data in their hands. */
export const FUNCTIONS_WITH_DATA: readonly FunctionNeeds[] = Object.values(FUNCTION_NEEDS).filter(
  ({ aws }) => aws.length > 0,
);

/**
 * Writes, reads and deletes a marked record, object and message with the rights of a function's role, as far as
 * `needs.json` gives it them; the rest is done by oneself. Nothing that is marked sets anything going: the record's
 * type is nobody's, the object lies beside the receipts, and the message is a dead letter. What a role sends to a
 * queue that is worked on is proved by the sample.
 */
export async function* roleSteps(fn: FunctionNeeds, hands: Hands, mark: string): AsyncGenerator<StepResult> {
  if (may(fn, 'table', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'))
    yield await takeStep(`${fn.function}: a record`, REMEDY, () => tryRecord(fn, hands, mark));
  for (const prefix of artifactPrefixes(fn))
    yield await takeStep(`${fn.function}: an object in ${prefix}`, REMEDY, () => tryObject(fn, hands, prefix, mark));
  for (const queue of deadLetterQueues(fn))
    yield await takeStep(`${fn.function}: a message in ${queue}-dead`, REMEDY, () => tryLetter(hands, queue, mark));
}

function may({ aws }: FunctionNeeds, resource: string, ...actions: readonly string[]): boolean {
  return aws.some((need) => need.resource === resource && actions.some((action) => need.actions.includes(action)));
}

function artifactPrefixes({ aws }: FunctionNeeds): readonly string[] {
  return aws.flatMap(({ resource }) => /^artifacts-bucket\/(.+\/)\*$/.exec(resource)?.[1] ?? []);
}

function deadLetterQueues({ aws }: FunctionNeeds): readonly DeployedQueueName[] {
  return DEPLOYED_QUEUE_NAMES.filter((name) => aws.some(({ resource }) => resource === `${name}-dead`));
}

async function tryRecord(fn: FunctionNeeds, { role, self }: Hands, mark: string): Promise<string> {
  const key = { pk: `VERIFY#${mark}`, sk: fn.function };
  const ttl = Math.floor(Date.now() / 1_000) + LIFE_S;
  const [writes, reads, deletes] = ['PutItem', 'GetItem', 'DeleteItem'].map((name) =>
    may(fn, 'table', `dynamodb:${name}`),
  );
  const record = { ...key, type: 'VERIFY', revision: 1, mark, ttl };
  await (writes ? role : self).records.write({ kind: 'put', record, condition: { ifAbsent: true } });
  try {
    const found = await (reads ? role : self).records.get(key);
    if (found?.mark !== mark) throw new SlipstreamError('NOT_FOUND', 'The record that was written is not there.');
    if (deletes) await role.records.write({ kind: 'delete', key });
  } finally {
    // Also where the role may not; harmless when it is gone.
    await self.records.write({ kind: 'delete', key });
  }
  return told({ written: writes, read: reads, deleted: deletes });
}

async function tryObject(fn: FunctionNeeds, { role, self }: Hands, prefix: string, mark: string): Promise<string> {
  const resource = `artifacts-bucket/${prefix}*`;
  const [writes, reads, deletes] = ['PutObject', 'GetObject', 'DeleteObject'].map((name) =>
    may(fn, resource, `s3:${name}`),
  );
  const key = `${prefix}verify-${mark}/${fn.function}`;
  await (writes ? role : self).artifacts.put(key, Buffer.from(mark));
  try {
    const object = await (reads ? role : self).artifacts.get(key);
    const found = Buffer.from(await readAll(object, MARK_BYTES_MAX)).toString('utf8');
    if (found !== mark) throw new SlipstreamError('NOT_FOUND', 'The object that was read is not the one written.');
    if (deletes) await role.artifacts.delete(key);
  } finally {
    await self.artifacts.delete(key);
  }
  return told({ written: writes, read: reads, deleted: deletes });
}

async function tryLetter({ role, self }: Hands, queue: DeployedQueueName, mark: string): Promise<string> {
  const id = `verify-${mark}`;
  const reason = { code: 'INTERNAL', message: 'A trial of npm run verify; it is removed at once.' };
  await role.queue(queue).dead.put({ id, body: JSON.stringify({ verify: mark }), reason, receiveCount: 1 });
  // One look finds and removes it: a look takes all letters in hand, and there may be many.
  if (await self.queue(queue).dead.remove(id)) return told({ written: true, read: false, deleted: false });
  throw new SlipstreamError('NOT_FOUND', `The letter ${id} was sent and is not in the dead letters of ${queue}.`);
}

function told(done: Readonly<Record<'written' | 'read' | 'deleted', boolean | undefined>>): string {
  return Object.entries(done)
    .map(([what, byRole]) => `${what} by ${byRole ? 'the role' : 'you'}`)
    .join(', ');
}
