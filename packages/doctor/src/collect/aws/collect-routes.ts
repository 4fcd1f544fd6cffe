import type { Route as Ec2Route, Filter } from '@aws-sdk/client-ec2';
import type { Route, Snapshot, TargetKind } from '../../snapshot/snapshot.ts';
import type { Attempts } from './attempts.ts';
import type { Clients } from './clients.ts';
import { allPages } from './pages.ts';

/** Subnets with their free addresses, and route tables with the state of each route. */
export async function collectSubnetsAndRoutes(
  { ec2 }: Clients,
  attempts: Attempts,
  Filters: Filter[],
  snapshot: Snapshot,
): Promise<void> {
  const subnets = await attempts.call(
    'ec2:DescribeSubnets',
    () =>
      allPages(async (NextToken) => {
        const page = await ec2.describeSubnets({ Filters, ...(NextToken ? { NextToken } : {}) });
        return { items: page.Subnets, next: page.NextToken };
      }),
    [],
  );
  for (const each of subnets)
    snapshot.subnets.push({
      id: each.SubnetId ?? '',
      vpc_id: each.VpcId ?? null,
      cidr: each.CidrBlock ?? null,
      ipv6_cidr:
        each.Ipv6CidrBlockAssociationSet?.find(({ Ipv6CidrBlockState }) => Ipv6CidrBlockState?.State === 'associated')
          ?.Ipv6CidrBlock ?? null,
      zone: each.AvailabilityZoneId ?? each.AvailabilityZone ?? null,
      free_addresses: each.AvailableIpAddressCount ?? null,
    });
  const tables = await attempts.call(
    'ec2:DescribeRouteTables',
    () =>
      allPages(async (NextToken) => {
        const page = await ec2.describeRouteTables({ Filters, ...(NextToken ? { NextToken } : {}) });
        return { items: page.RouteTables, next: page.NextToken };
      }),
    [],
  );
  for (const table of tables) {
    const id = table.RouteTableId ?? '';
    const vpc = snapshot.vpcs.find((each) => each.id === table.VpcId);
    if (vpc && table.Associations?.some(({ Main }) => Main)) vpc.main_route_table_id = id;
    snapshot.route_tables.push({
      id,
      vpc_id: table.VpcId ?? null,
      subnet_ids: (table.Associations ?? []).flatMap(({ SubnetId, AssociationState }) =>
        /^(disassociat|fail)/.test(AssociationState?.State ?? '') ? [] : (SubnetId ?? []),
      ),
      routes: (table.Routes ?? []).map(routeOf),
      routes_known: true,
    });
  }
}

function routeOf(route: Ec2Route): Route {
  return {
    destination:
      route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId ?? 'unknown',
    target: targetOf(route),
    state: route.State === 'blackhole' ? 'blackhole' : 'active',
  };
}

function targetOf(route: Ec2Route): Route['target'] {
  const targets: readonly (readonly [TargetKind, string | undefined])[] = [
    ['nat_gateway', route.NatGatewayId],
    ['peering', route.VpcPeeringConnectionId],
    ['transit_gateway', route.TransitGatewayId],
    ['egress_only_gateway', route.EgressOnlyInternetGatewayId],
    ['network_interface', route.NetworkInterfaceId],
    ['instance', route.InstanceId],
  ];
  const [kind, id] = targets.find(([, value]) => value) ?? [null, undefined];
  if (kind !== null) return { kind, id: id ?? null };
  const gateway = route.GatewayId ?? null;
  if (gateway === 'local') return { kind: 'local', id: null };
  if (gateway?.startsWith('igw-')) return { kind: 'internet_gateway', id: gateway };
  if (gateway?.startsWith('nat-')) return { kind: 'nat_gateway', id: gateway };
  if (gateway?.startsWith('vgw-')) return { kind: 'vpn_gateway', id: gateway };
  if (gateway?.startsWith('vpce-')) return { kind: 'endpoint', id: gateway };
  return { kind: 'unknown', id: gateway };
}
