import { mapBounded } from '@slipstream/runtime';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { Attempts } from './attempts.ts';
import type { Clients } from './clients.ts';
import { natInstances } from './nat-instances.ts';

type Statistic = 'Sum' | 'Minimum' | 'Maximum';

interface Wish {
  readonly namespace: string;
  readonly name: string;
  readonly dimension: string;
  readonly id: string;
  readonly statistic: Statistic;
}

const MINUTES = 180;
const AT_ONCE = 8;

/** What only a measurement shows, of the last three hours: NATs, queues. */
export async function collectMetrics(clients: Clients, attempts: Attempts, snapshot: Snapshot): Promise<void> {
  const wishes = [...natWishes(snapshot), ...queueWishes(snapshot)];
  await mapBounded(wishes, (wish) => read(clients, attempts, wish, snapshot), { concurrency: AT_ONCE });
  for (const queue of snapshot.queues) {
    const age = snapshot.metrics.find(({ resource_id, name }) => resource_id === queue.name && name === OLDEST);
    if (age) queue.oldest_age_s = age.value;
  }
}

const OLDEST = 'ApproximateAgeOfOldestMessage';

function natWishes(snapshot: Snapshot): Wish[] {
  const gateways = snapshot.nat_gateways.flatMap(({ id }) =>
    ['ErrorPortAllocation', 'PacketsDropCount'].map(
      (name) => ({ namespace: 'AWS/NATGateway', name, dimension: 'NatGatewayId', id, statistic: 'Sum' }) as const,
    ),
  );
  const instances = natInstances(snapshot).map(
    ({ id }) =>
      ({
        namespace: 'AWS/EC2',
        name: 'CPUCreditBalance',
        dimension: 'InstanceId',
        id,
        statistic: 'Minimum',
      }) as const,
  );
  return [...gateways, ...instances];
}

function queueWishes(snapshot: Snapshot): Wish[] {
  return snapshot.queues.map(({ name: id }) => ({
    namespace: 'AWS/SQS',
    name: OLDEST,
    dimension: 'QueueName',
    id,
    statistic: 'Maximum',
  }));
}

async function read({ watch }: Clients, attempts: Attempts, wish: Wish, snapshot: Snapshot): Promise<void> {
  const { namespace, name, dimension, id, statistic } = wish;
  const end = new Date();
  const points = await attempts.call(
    'cloudwatch:GetMetricStatistics',
    async () =>
      (
        await watch.getMetricStatistics({
          Namespace: namespace,
          MetricName: name,
          Dimensions: [{ Name: dimension, Value: id }],
          StartTime: new Date(end.getTime() - MINUTES * 60_000),
          EndTime: end,
          Period: 300,
          Statistics: [statistic],
        })
      ).Datapoints ?? [],
    [],
  );
  if (points.length === 0) return;
  const values = points.map((point) => point[statistic] ?? 0);
  const value =
    statistic === 'Sum'
      ? values.reduce((sum, each) => sum + each, 0)
      : statistic === 'Minimum'
        ? Math.min(...values)
        : // Of a queue the newest value counts: an hour ago it may have been full.
          (points.toSorted((a, b) => (a.Timestamp?.getTime() ?? 0) - (b.Timestamp?.getTime() ?? 0)).at(-1)?.Maximum ??
          0);
  snapshot.metrics.push({ resource_id: id, name, statistic, value, minutes: MINUTES });
}
