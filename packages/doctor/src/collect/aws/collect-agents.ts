import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { Attempts } from './attempts.ts';
import type { Clients } from './clients.ts';

const AGENTS_MAX = 100;
/** As packages/records keeps them: an index of the living, a record for each. */
const INDEX = 'gsi1';
const PARTITION = 'AGENT';

/** The agents that say that they run, where a function names the table that they say it in. */
export async function collectAgents({ table }: Clients, attempts: Attempts, snapshot: Snapshot): Promise<void> {
  const TableName = snapshot.functions
    .filter(({ name }) => name.startsWith('slipstream-'))
    .flatMap(({ environment }) => environment?.DYNAMO_TABLE_NAME ?? [])[0];
  if (TableName === undefined) return;
  const keys = await attempts.call(
    'dynamodb:Query',
    async () =>
      (
        await table.query({
          TableName,
          IndexName: INDEX,
          KeyConditionExpression: 'gsi1pk = :agents',
          ExpressionAttributeValues: { ':agents': { S: PARTITION } },
          Limit: AGENTS_MAX,
        })
      ).Items ?? [],
    null,
  );
  if (keys === null) return;
  const now_s = Date.now() / 1_000;
  const seen: number[] = [];
  for (const { pk, sk } of keys) {
    if (!pk || !sk) continue;
    const item = await attempts.call(
      'dynamodb:GetItem',
      async () => (await table.getItem({ TableName, Key: { pk, sk } })).Item ?? null,
      null,
    );
    // The store forgets it some time after its ttl: from then on it counts as gone.
    if (item !== null && Number(text(item.ttl)) >= now_s) seen.push(Date.parse(text(item.updated_at)));
  }
  const last = seen.filter((each) => !Number.isNaN(each)).toSorted((a, b) => b - a)[0];
  snapshot.agents = {
    count: seen.length,
    last_seen_s: last === undefined ? null : Math.max(0, Math.round(now_s - last / 1_000)),
  };
}

function text(value: AttributeValue | undefined): string {
  return value?.S ?? value?.N ?? '';
}
