import type { Filter } from '@aws-sdk/client-ec2';
import { readPolicy } from '../../policy/policy-document.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { Attempts } from './attempts.ts';
import type { Clients } from './clients.ts';
import { allPages } from './pages.ts';

/** Endpoints with state, policy and DNS names. */
export async function collectEndpoints(
  { ec2 }: Clients,
  attempts: Attempts,
  Filters: Filter[],
  snapshot: Snapshot,
): Promise<void> {
  const endpoints = await attempts.call(
    'ec2:DescribeVpcEndpoints',
    () =>
      allPages(async (NextToken) => {
        const page = await ec2.describeVpcEndpoints({ Filters, ...(NextToken ? { NextToken } : {}) });
        return { items: page.VpcEndpoints, next: page.NextToken };
      }),
    null,
  );
  if (endpoints === null) snapshot.unread.push('endpoints');
  // A deleted one is listed for a while.
  for (const each of (endpoints ?? []).filter(({ State }) => !/^deleted$/i.test(State ?? '')))
    snapshot.endpoints.push({
      id: each.VpcEndpointId ?? '',
      vpc_id: each.VpcId ?? null,
      type: each.VpcEndpointType ?? 'Gateway',
      service: each.ServiceName ?? null,
      state: (each.State ?? 'available').replace(/^[A-Z]/, (letter) => letter.toLowerCase()),
      subnet_ids: each.SubnetIds ?? [],
      group_ids: (each.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
      route_table_ids: each.RouteTableIds ?? [],
      private_dns: each.PrivateDnsEnabled ?? false,
      policy: each.PolicyDocument
        ? readPolicy(each.PolicyDocument)
        : readPolicy({ Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] }),
      dns_names: (each.DnsEntries ?? []).flatMap(({ DnsName }) => DnsName ?? []),
    });
}
