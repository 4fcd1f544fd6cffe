import type { TransitGatewayRoute } from '@aws-sdk/client-ec2';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { Attempts } from './attempts.ts';
import type { Clients } from './clients.ts';
import { allPages } from './pages.ts';

/** Peerings of the given VPCs; the ids of the VPCs on both sides. */
export async function collectPeerings(
  { ec2 }: Clients,
  attempts: Attempts,
  vpcIds: readonly string[],
  snapshot: Snapshot,
): Promise<string[]> {
  const peerings = await attempts.call(
    'ec2:DescribeVpcPeeringConnections',
    () =>
      allPages(async (NextToken) => {
        const page = await ec2.describeVpcPeeringConnections(NextToken ? { NextToken } : {});
        return { items: page.VpcPeeringConnections, next: page.NextToken };
      }),
    [],
  );
  const found: string[] = [];
  for (const each of peerings) {
    const [a, b] = [each.RequesterVpcInfo?.VpcId ?? null, each.AccepterVpcInfo?.VpcId ?? null];
    if (!vpcIds.includes(a ?? '') && !vpcIds.includes(b ?? '')) continue;
    const state = each.Status?.Code ?? 'unknown';
    snapshot.peerings.push({ id: each.VpcPeeringConnectionId ?? '', requester_vpc_id: a, accepter_vpc_id: b, state });
    for (const id of [a, b]) if (id !== null) found.push(id);
  }
  return found;
}

/** VPCs that hang on the same transit gateways: what is behind them decides whether answers come back. */
export async function vpcsBehindTransit(
  { ec2 }: Clients,
  attempts: Attempts,
  vpcIds: readonly string[],
): Promise<string[]> {
  const all = await attempts.call(
    'ec2:DescribeTransitGatewayVpcAttachments',
    () =>
      allPages(async (NextToken) => {
        const page = await ec2.describeTransitGatewayVpcAttachments(NextToken ? { NextToken } : {});
        return { items: page.TransitGatewayVpcAttachments, next: page.NextToken };
      }),
    [],
  );
  const gateways = new Set(
    all.filter(({ VpcId = '' }) => vpcIds.includes(VpcId)).map(({ TransitGatewayId }) => TransitGatewayId),
  );
  return all.flatMap(({ TransitGatewayId, VpcId }) => (gateways.has(TransitGatewayId) && VpcId ? [VpcId] : []));
}

/** The transit gateways that route tables lead to: attachments with their state, and what their tables say. */
export async function collectTransit({ ec2 }: Clients, attempts: Attempts, snapshot: Snapshot): Promise<void> {
  const used = new Set(
    snapshot.route_tables.flatMap(({ routes }) =>
      routes.flatMap(({ target }) => (target.kind === 'transit_gateway' ? (target.id ?? []) : [])),
    ),
  );
  for (const id of used) {
    const Filters = [{ Name: 'transit-gateway-id', Values: [id] }];
    const attachments = await attempts.call(
      'ec2:DescribeTransitGatewayAttachments',
      () =>
        allPages(async (NextToken) => {
          const page = await ec2.describeTransitGatewayAttachments({ Filters, NextToken });
          return { items: page.TransitGatewayAttachments, next: page.NextToken };
        }),
      null,
    );
    snapshot.transit_gateways.push({
      id,
      attachments: (attachments ?? []).map((each) => ({
        id: each.TransitGatewayAttachmentId ?? '',
        vpc_id: each.ResourceType === 'vpc' ? (each.ResourceId ?? null) : null,
        subnet_ids: [],
        state: each.State ?? 'available',
        table_id: each.Association?.TransitGatewayRouteTableId ?? null,
      })),
      routes: attachments === null ? null : await routesOf(ec2, attempts, id),
    });
  }
}

type Routes = Snapshot['transit_gateways'][number]['routes'];

async function routesOf(ec2: Clients['ec2'], attempts: Attempts, gateway: string): Promise<Routes> {
  const tables = await attempts.call(
    'ec2:DescribeTransitGatewayRouteTables',
    async () =>
      (await ec2.describeTransitGatewayRouteTables({ Filters: [{ Name: 'transit-gateway-id', Values: [gateway] }] }))
        .TransitGatewayRouteTables ?? [],
    null,
  );
  if (tables === null) return null;
  const found: NonNullable<Routes> = [];
  for (const { TransitGatewayRouteTableId: table } of tables) {
    const routes = await attempts.call(
      'ec2:SearchTransitGatewayRoutes',
      async () =>
        (
          await ec2.searchTransitGatewayRoutes({
            TransitGatewayRouteTableId: table,
            Filters: [{ Name: 'state', Values: ['active', 'blackhole'] }],
          })
        ).Routes ?? [],
      null,
    );
    if (routes === null) return null;
    found.push(...routes.map((route) => routeOf(route, table ?? null)));
  }
  return found;
}

function routeOf(
  { DestinationCidrBlock, State, TransitGatewayAttachments: [attachment] = [] }: TransitGatewayRoute,
  table: string | null,
): NonNullable<Routes>[number] {
  return {
    destination: DestinationCidrBlock ?? 'unknown',
    attachment_id: attachment?.TransitGatewayAttachmentId ?? null,
    blackhole: State === 'blackhole',
    table_id: table,
  };
}
