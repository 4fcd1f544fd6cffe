import { SlipstreamError } from '@slipstream/shared';
import { emptySnapshot, type Snapshot } from '../../snapshot/snapshot.ts';
import { Attempts } from './attempts.ts';
import { openClients } from './clients.ts';
import { collectAgents } from './collect-agents.ts';
import { collectApis } from './collect-apis.ts';
import { collectBuckets } from './collect-buckets.ts';
import { collectDatabases } from './collect-databases.ts';
import { collectFiles } from './collect-files.ts';
import { collectFunctions, type FunctionChoice } from './collect-functions.ts';
import { collectLogs } from './collect-logs.ts';
import { collectMetrics } from './collect-metrics.ts';
import { collectNames } from './collect-names.ts';
import { collectNetwork } from './collect-network.ts';
import { collectQueues } from './collect-queues.ts';
import { collectQuotas } from './collect-quotas.ts';
import { collectSecrets } from './collect-secrets.ts';
import { invokeEmptyBatch, probeStack } from './probe-stack.ts';
import { nameResources } from './used-names.ts';

export interface AwsChoice extends FunctionChoice {
  readonly region: string | null;
  readonly profile: string | null;
  /** Call the stack's probe, and ask its NAT instances. */
  readonly probe?: boolean;
  /** Functions that are sent the empty batch. */
  readonly invoke?: readonly string[];
  readonly progress: (what: string) => void;
}

/** A snapshot of what runs, by read-only calls. What is not permitted is left out and said. */
export async function collectAws(choice: AwsChoice): Promise<Snapshot> {
  const region = choice.region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  if (!region) throw new SlipstreamError('REQUEST_INVALID', 'Name the region: --region eu-west-1, or AWS_REGION.');
  const name =
    choice.names.length > 0
      ? choice.names.join(', ')
      : (choice.stack ?? choice.vpc ?? `all functions in VPCs of ${region}`);
  const snapshot = emptySnapshot({ kind: 'aws', name, collected_at: new Date().toISOString() });
  snapshot.region = region;
  const clients = await openClients({ region, profile: choice.profile });
  const attempts = new Attempts(choice.progress);
  try {
    const caller = await attempts.call(
      'sts:GetCallerIdentity',
      async () => (await clients.sts.getCallerIdentity({})).Account ?? null,
      null,
    );
    snapshot.account_id = caller;
    const before = attempts.notes.length;
    const collectCallers = await collectFunctions(clients, attempts, choice, snapshot);
    const vpcs = new Set([
      ...(choice.vpc === null ? [] : [choice.vpc]),
      ...snapshot.functions.flatMap(({ vpc }) => vpc?.vpc_id ?? []),
    ]);
    if (vpcs.size > 0) await collectNetwork(clients, attempts, [...vpcs], snapshot);
    if (snapshot.functions.length === 0 && snapshot.vpcs.length === 0) {
      const [refused] = attempts.notes.slice(before);
      throw refused
        ? new SlipstreamError('ACCESS_DENIED', `Nothing could be looked at. ${refused}`)
        : new SlipstreamError('NOT_FOUND', `There is no function and no VPC to look at: ${name} in ${region}.`);
    }
    await collectDatabases(clients, attempts, snapshot);
    await collectCallers(snapshot.databases.flatMap(({ hosts }) => hosts));
    nameResources(snapshot);
    await collectQueues(clients, attempts, snapshot);
    await collectBuckets(clients, attempts, snapshot);
    await collectSecrets(clients, attempts, snapshot);
    await collectFiles(clients, attempts, snapshot);
    await collectNames(clients, attempts, snapshot);
    await collectApis(clients, attempts, snapshot);
    await collectMetrics(clients, attempts, snapshot);
    await collectQuotas(clients, attempts, snapshot);
    await collectAgents(clients, attempts, snapshot);
    await collectLogs(clients, attempts, snapshot);
    if (choice.probe === true) await probeStack(clients, attempts, choice.stack, snapshot);
    for (const each of choice.invoke ?? []) await invokeEmptyBatch(clients, attempts, each, snapshot);
    snapshot.not_checked.push(...attempts.notes);
    return snapshot;
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}
