import type { Need } from '../needs/need.ts';
import type { RouteTable } from '../snapshot/snapshot.ts';
import { aclPassage } from './acl-passage.ts';
import type { Trail } from './path.ts';
import { lookUpRoute } from './route-lookup.ts';
import type { SnapshotIndex } from './snapshot-index.ts';
import { NAT_PORTS, onePort } from './verdict.ts';

/** From a NAT's subnet to the internet: default route, internet gateway, ACL. */
export function followNatSubnet(
  index: SnapshotIndex,
  natId: string,
  subnetId: string,
  fromSubnet: string,
  addresses: readonly string[],
  need: Need,
  trail: Trail,
): void {
  const table = index.tableOf(subnetId);
  if (table === null) {
    trail.doubt(`The routes of ${subnetId}, where ${natId} stands, are not known.`);
    return;
  }
  checkNatAcl(index, subnetId, fromSubnet, addresses, need, trail);
  const vpc = index.vpcOf(subnetId);
  const route = lookUpRoute(table, vpc, addresses[0] ?? '1.1.1.1', index.snapshot.prefix_lists);
  if (route === null && !table.routes_known) {
    trail.doubt(`The routes of ${table.id} are not known.`);
    return;
  }
  trail.hop('route table', table.id);
  const kind = route?.target.kind ?? null;
  const id = route?.target.id ?? null;
  if (kind === 'internet_gateway') {
    checkGateway(index, id, vpc?.id ?? null, trail, natId);
    return;
  }
  if (
    kind === 'unknown' ||
    kind === 'firewall_endpoint' ||
    kind === 'transit_gateway' ||
    kind === 'vpn_gateway' ||
    kind === 'endpoint'
  ) {
    if (kind === 'firewall_endpoint') firewall(table, id, trail);
    else trail.doubt(`${table.id} leads from ${natId} to ${id ?? 'something unknown'}.`);
    return;
  }
  if (route?.state === 'blackhole' || kind === 'missing') {
    const missing = id ?? 'its target';
    const isGateway = /internet_gateway|^igw-/.test(missing);
    trail.break({
      rule: isGateway ? 'nat-without-internet' : 'blackhole-route',
      resources: [table.id, natId],
      evidence: [`${table.id}: ${route?.destination ?? '0.0.0.0/0'} leads to ${missing}, which is gone`],
      facts: { nat: natId, subnet: subnetId, table: table.id, target: missing },
      causes: isGateway ? [33, 10] : [11],
    });
    return;
  }
  trail.break({
    rule: 'nat-without-internet',
    resources: [natId, table.id, subnetId],
    evidence: [
      kind === null
        ? `${table.id} of ${subnetId} has no route 0.0.0.0/0`
        : `${table.id} of ${subnetId} sends 0.0.0.0/0 to ${id ?? kind}, not to an internet gateway`,
    ],
    facts: { nat: natId, subnet: subnetId, table: table.id, target: '' },
  });
}

/** An internet gateway serves the VPC that it is attached to. */
export function checkGateway(
  index: SnapshotIndex,
  id: string | null,
  vpcId: string | null,
  trail: Trail,
  natId: string | null,
): void {
  const gateway = index.snapshot.internet_gateways.find((each) => each.id === id);
  if (!gateway) {
    if (id !== null && index.snapshot.source.kind === 'aws' && !index.snapshot.unread.includes('internet_gateways'))
      trail.break({
        rule: 'gateway-detached',
        resources: [id],
        evidence: [`${id} does not exist`],
        facts: { gateway: id, vpc: vpcId ?? '' },
        causes: [10, 11],
      });
    else trail.doubt(`${id ?? 'The internet gateway'} is not part of what was collected.`);
    return;
  }
  trail.hop('internet gateway', gateway.id);
  if (gateway.vpc_id === vpcId || vpcId === null) return;
  trail.break({
    rule: 'gateway-detached',
    resources: [gateway.id],
    evidence: [
      gateway.vpc_id === null
        ? `${gateway.id} is attached to no VPC`
        : `${gateway.id} is attached to ${gateway.vpc_id}, not to ${vpcId}`,
    ],
    facts: { gateway: gateway.id, vpc: vpcId ?? '' },
    causes: natId === null ? [] : [11],
  });
}

export function firewall(table: RouteTable, id: string | null, trail: Trail): void {
  trail.break({
    rule: 'firewall-in-path',
    resources: [id ?? table.id, table.id],
    evidence: [`${table.id} sends 0.0.0.0/0 to ${id ?? 'a firewall endpoint'}`],
    facts: { firewall: id ?? '', table: table.id },
    soft: true,
  });
}

/** The ACL of the NAT's subnet sees each connection twice: from the function's side, and towards the internet. */
function checkNatAcl(
  index: SnapshotIndex,
  natSubnet: string,
  fromSubnet: string,
  addresses: readonly string[],
  need: Need,
  trail: Trail,
): void {
  const acl = index.aclOf(natSubnet);
  const from = index.subnets.get(fromSubnet)?.cidr;
  if (acl === null || acl.entries === null) return;
  const sides = [
    ...(from && natSubnet !== fromSubnet
      ? ([
          [false, onePort(need.port), from, `port ${need.port} from ${from}`],
          [true, { from: 32_768, to: 60_999 }, from, `return ports to ${from}`],
        ] as const)
      : []),
    ...addresses.slice(0, 1).flatMap(
      (address) =>
        [
          [true, onePort(need.port), address, `port ${need.port} to the internet`],
          [false, NAT_PORTS, address, `return ports ${NAT_PORTS.from}-${NAT_PORTS.to} from the internet`],
        ] as const,
    ),
  ];
  for (const [egress, ports, cidr, what] of sides) {
    const { passage, refused_by } = aclPassage(acl.entries, egress, ports, cidr);
    if (passage !== 'no' && passage !== 'some') continue;
    trail.break({
      rule: 'acl-blocks',
      resources: [acl.id, natSubnet],
      evidence: [
        `${acl.id}, ${egress ? 'outbound' : 'inbound'}: ${what} is refused by ${refused_by === null ? 'the rule at the end (*)' : `rule ${refused_by}`}`,
      ],
      facts: { acl: acl.id, subnet: natSubnet, port: String(need.port) },
    });
    return;
  }
}
