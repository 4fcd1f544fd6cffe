import type { Filter } from '@aws-sdk/client-ec2';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { Attempts } from './attempts.ts';
import type { Clients } from './clients.ts';
import { allPages } from './pages.ts';

/** Internet gateways with their attachment, and NAT gateways with their state. */
export async function collectGateways(
  { ec2 }: Clients,
  attempts: Attempts,
  Filters: Filter[],
  snapshot: Snapshot,
): Promise<void> {
  const gateways = await attempts.call(
    'ec2:DescribeInternetGateways',
    () =>
      allPages(async (NextToken) => {
        const page = await ec2.describeInternetGateways({ NextToken });
        return { items: page.InternetGateways, next: page.NextToken };
      }),
    null,
  );
  if (gateways === null) snapshot.unread.push('internet_gateways');
  for (const each of gateways ?? []) {
    const attachment = each.Attachments?.find(({ State }) => ['available', 'attached'].includes(State ?? 'available'));
    snapshot.internet_gateways.push({
      id: each.InternetGatewayId ?? '',
      vpc_id: attachment?.VpcId ?? null,
      egress_only: false,
    });
  }
  const egress = await attempts.call(
    'ec2:DescribeEgressOnlyInternetGateways',
    () =>
      allPages(async (NextToken) => {
        const page = await ec2.describeEgressOnlyInternetGateways({ ...(NextToken ? { NextToken } : {}) });
        return { items: page.EgressOnlyInternetGateways, next: page.NextToken };
      }),
    [],
  );
  for (const each of egress)
    snapshot.internet_gateways.push({
      id: each.EgressOnlyInternetGatewayId ?? '',
      vpc_id: each.Attachments?.[0]?.VpcId ?? null,
      egress_only: true,
    });
  const nats = await attempts.call(
    'ec2:DescribeNatGateways',
    () =>
      allPages(async (NextToken) => {
        const page = await ec2.describeNatGateways({ Filter: Filters, NextToken });
        return { items: page.NatGateways, next: page.NextToken };
      }),
    null,
  );
  if (nats === null) snapshot.unread.push('nat_gateways');
  for (const each of nats ?? [])
    snapshot.nat_gateways.push({
      id: each.NatGatewayId ?? '',
      subnet_id: each.SubnetId ?? null,
      connectivity: each.ConnectivityType === 'private' ? 'private' : 'public',
      state: each.State ?? 'unknown',
      public_addresses: (each.NatGatewayAddresses ?? []).flatMap(({ PublicIp }) => PublicIp ?? []),
    });
}
