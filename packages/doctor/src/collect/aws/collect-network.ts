import type { Filter } from '@aws-sdk/client-ec2';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { Attempts } from './attempts.ts';
import type { Clients } from './clients.ts';
import { collectEndpoints } from './collect-endpoints.ts';
import { collectGateways } from './collect-gateways.ts';
import { collectAcls, collectGroups, collectPrefixLists } from './collect-groups.ts';
import { collectInstances, collectInterfaces } from './collect-interfaces.ts';
import { collectSubnetsAndRoutes } from './collect-routes.ts';
import { collectPeerings, collectTransit, vpcsBehindTransit } from './collect-transit.ts';
import { collectVpcs } from './collect-vpcs.ts';

/** Everything of the given VPCs, of those that are peered with them, and of those behind the same transit gateways. */
export async function collectNetwork(
  clients: Clients,
  attempts: Attempts,
  vpcIds: readonly string[],
  snapshot: Snapshot,
): Promise<void> {
  const ids = new Set([
    ...vpcIds,
    ...(await collectPeerings(clients, attempts, vpcIds, snapshot)),
    ...(await vpcsBehindTransit(clients, attempts, vpcIds)),
  ]);
  const filters: Filter[] = [{ Name: 'vpc-id', Values: [...ids] }];
  await collectVpcs(clients, attempts, [...ids], snapshot);
  await collectSubnetsAndRoutes(clients, attempts, filters, snapshot);
  await collectGateways(clients, attempts, filters, snapshot);
  await collectInterfaces(clients, attempts, filters, snapshot);
  await collectInstances(clients, attempts, filters, snapshot);
  await collectGroups(clients, attempts, filters, snapshot);
  await collectAcls(clients, attempts, filters, snapshot);
  await collectPrefixLists(clients, attempts, snapshot);
  await collectEndpoints(clients, attempts, filters, snapshot);
  await collectTransit(clients, attempts, snapshot);
}
