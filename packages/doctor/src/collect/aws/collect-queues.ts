import { readPolicy } from '../../policy/policy-document.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { Attempts } from './attempts.ts';
import type { Clients } from './clients.ts';
import { arnsInUse } from './used-names.ts';

/** Queues that the functions poll, send to or fail into, and those queues' dead letters. */
export async function collectQueues({ sqs }: Clients, attempts: Attempts, snapshot: Snapshot): Promise<void> {
  const waiting = [...namesOf(snapshot)];
  const done = new Set<string>();
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    if (done.has(name)) continue;
    done.add(name);
    const current = name;
    const attributes = await attempts.call(
      'sqs:GetQueueAttributes',
      async () => {
        try {
          const { QueueUrl } = await sqs.getQueueUrl({ QueueName: current });
          return (await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['All'] })).Attributes ?? null;
        } catch (thrown) {
          if (thrown instanceof Error && /NonExistentQueue|QueueDoesNotExist/.test(thrown.name)) return null;
          throw thrown;
        }
      },
      null,
    );
    if (attributes === null) continue;
    const number = (key: keyof typeof attributes) => (attributes[key] === undefined ? null : Number(attributes[key]));
    const redrive = readRedrive(attributes.RedrivePolicy);
    snapshot.queues.push({
      id: attributes.QueueArn ?? current,
      arn: attributes.QueueArn ?? current,
      name: current,
      visibility_s: number('VisibilityTimeout'),
      retention_s: number('MessageRetentionPeriod'),
      dead_letter_arn: redrive.arn,
      max_receives: redrive.count,
      policy: attributes.Policy ? readPolicy(attributes.Policy) : [],
      ready: number('ApproximateNumberOfMessages'),
      in_flight: number('ApproximateNumberOfMessagesNotVisible'),
      oldest_age_s: null,
    });
    if (redrive.arn) waiting.push(redrive.arn.split(':').at(-1) ?? '');
  }
}

/** Of this account and region only: others answer under another account's or region's URL. */
function namesOf(snapshot: Snapshot): Set<string> {
  const named = new Set(
    arnsInUse(snapshot, 'sqs').flatMap((arn) => {
      const [, , , region, account, name = ''] = arn.split(':');
      const isHere =
        region === snapshot.region && (snapshot.account_id === null || account === snapshot.account_id) && name !== '';
      return isHere && !name.includes('*') ? [name] : [];
    }),
  );
  for (const fn of snapshot.functions)
    for (const value of Object.values(fn.environment ?? {})) {
      const name = /^https?:\/\/[^/]+\/\d{12}\/([\w.-]+)$/.exec(value ?? '')?.[1];
      if (name) named.add(name);
    }
  return named;
}

function readRedrive(text: string | undefined): { arn: string | null; count: number | null } {
  if (!text) return { arn: null, count: null };
  const document: unknown = JSON.parse(text);
  const { deadLetterTargetArn, maxReceiveCount }: { deadLetterTargetArn?: unknown; maxReceiveCount?: unknown } =
    Object(document);
  return {
    arn: typeof deadLetterTargetArn === 'string' ? deadLetterTargetArn : null,
    count: maxReceiveCount === undefined ? null : Number(maxReceiveCount),
  };
}
