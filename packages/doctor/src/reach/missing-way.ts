import { hasPrivateLink, isGatewayService, readServiceName } from '../needs/aws-hosts.ts';
import type { Need } from '../needs/need.ts';
import type { RouteTable, Vpc } from '../snapshot/snapshot.ts';
import { gatewayEndpoints, interfaceEndpoints } from './name-resolution.ts';
import type { Trail } from './path.ts';
import type { SnapshotIndex } from './snapshot-index.ts';

export interface Stranded {
  readonly subnet_id: string;
  readonly vpc: Vpc | null;
  readonly table: RouteTable;
  /** What else the function needs. */
  readonly siblings: readonly Need[];
}

/** Nothing leads to a public address: which absence explains it best, with what would mend it. */
export function breakOfMissingWay(index: SnapshotIndex, at: Stranded, need: Need, trail: Trail): void {
  const { table, subnet_id, vpc } = at;
  if (index.snapshot.unread.includes('endpoints') && canHaveEndpoint(need)) {
    trail.doubt(
      `Which endpoints ${vpc?.id ?? table.id} has could not be read: whether ${need.host} is reached is not known.`,
    );
    return;
  }
  const region = index.snapshot.region;
  const vpcId = vpc?.id ?? table.vpc_id;
  const evidence = [`${table.id} of ${subnet_id} has no route to a public address`];
  const facts = {
    table: table.id,
    subnet: subnet_id,
    vpc: vpcId ?? '',
    host: need.host,
    service: need.service ?? '',
    region: region ?? '',
  };
  const existing = interfaceEndpoints(index, vpcId, need.service);
  const elsewhere = need.region !== null && region !== null && need.region !== region;
  const hosted = index.snapshot.endpoints.some(
    (each) => readServiceName(each.service)?.service === need.service && each.vpc_id === vpcId,
  );
  if (elsewhere && hosted) {
    trail.break({
      rule: 'other-region',
      resources: [...need.resources.slice(0, 1), table.id],
      evidence: [`${need.host} is in ${need.region}; the VPC and its endpoints are in ${region}`, ...evidence],
      facts: { ...facts, other: need.region ?? '' },
      causes: [1],
    });
    return;
  }
  if (need.legacy && existing.length > 0) {
    trail.break({
      rule: 'legacy-host',
      resources: [existing[0]?.id ?? '', need.function_id],
      evidence: [
        `${need.source}: ${need.host}`,
        `private DNS of ${existing[0]?.id} does not cover ${need.host}`,
        ...evidence,
      ],
      facts: { ...facts, endpoint: existing[0]?.id ?? '' },
    });
    return;
  }
  const [silent] = existing;
  if (silent) {
    const cause = vpc?.dns_support === false || vpc?.dns_hostnames === false ? 'vpc-dns-off' : 'private-dns-off';
    const what = vpc?.dns_support === false ? 'enableDnsSupport' : 'enableDnsHostnames';
    if (cause === 'vpc-dns-off' || silent.private_dns !== null)
      trail.break({
        rule: cause,
        resources: cause === 'vpc-dns-off' ? [vpcId ?? '', silent.id] : [silent.id],
        evidence: [
          cause === 'vpc-dns-off'
            ? `${vpcId}: ${what} is off`
            : `${silent.id}: private DNS is off, so ${need.host} resolves to public addresses`,
          ...evidence,
        ],
        facts: { ...facts, endpoint: silent.id, what },
      });
    else trail.doubt(`Whether private DNS of ${silent.id} is on is not known.`);
    return;
  }
  const [gateway] = gatewayEndpoints(index, vpcId, need.service);
  if (gateway) {
    trail.break({
      rule: 'gateway-endpoint-missing',
      resources: [table.id, gateway.id],
      evidence: [`${gateway.id} is not associated with ${table.id}`, ...evidence],
      facts: { ...facts, endpoint: gateway.id },
    });
    return;
  }
  // A subnet that has no way out on purpose lacks an endpoint; one that had, or has to have, a way out lacks that.
  const wantsInternet = at.siblings.some(
    ({ kind, service }) => kind === 'host' || (kind === 'aws' && service !== null && !hasPrivateLink(service)),
  );
  if (hasNat(index, vpcId) && (wantsInternet || !canHaveEndpoint(need))) {
    trail.break({ rule: 'no-default-route', resources: [table.id, subnet_id], evidence, facts });
    if (isGatewayService(need.service))
      trail.break({
        rule: 'gateway-endpoint-missing',
        resources: [table.id],
        evidence: [`${vpcId} has no gateway endpoint for ${need.service}`],
        facts: { ...facts, endpoint: '' },
        soft: true,
      });
    return;
  }
  const nat = hasNat(index, vpcId);
  if (isGatewayService(need.service))
    trail.break({
      rule: 'gateway-endpoint-missing',
      resources: [table.id],
      evidence: [...evidence, `${vpcId} has no gateway endpoint for ${need.service}`],
      facts: { ...facts, endpoint: '' },
      causes: [1],
    });
  else if (canHaveEndpoint(need))
    trail.break({
      rule: 'interface-endpoint-missing',
      resources: [vpcId ?? table.id, table.id],
      evidence: [...evidence, `${vpcId} has no endpoint for ${need.service}`],
      facts,
      causes: [1],
    });
  else
    trail.break({
      rule: 'no-private-link',
      resources: [table.id, subnet_id],
      evidence: [...evidence, nat ? 'no NAT serves this subnet' : `${vpcId} has no NAT`],
      facts,
      causes: [1],
    });
}

function canHaveEndpoint({ service, kind, host }: Need): boolean {
  return kind === 'aws' && service !== null && hasPrivateLink(service) && !/\.vpce\./.test(host);
}

/** Whether anything in the VPC is, or was to be, a NAT. */
function hasNat(index: SnapshotIndex, vpcId: string | null): boolean {
  const { snapshot } = index;
  const isHere = (subnet: string | null) => subnet !== null && index.subnets.get(subnet)?.vpc_id === vpcId;
  if (snapshot.nat_gateways.some(({ subnet_id, state }) => isHere(subnet_id) && !/deleted|deleting/.test(state)))
    return true;
  if (
    snapshot.network_interfaces.some(
      ({ subnet_id, source_dest_check, kind }) =>
        isHere(subnet_id) && source_dest_check === false && (kind === null || kind === 'interface'),
    )
  )
    return true;
  if (snapshot.instances.some(({ subnet_id, source_dest_check }) => isHere(subnet_id) && source_dest_check === false))
    return true;
  return snapshot.route_tables.some(
    ({ vpc_id, routes }) =>
      vpc_id === vpcId &&
      routes.some(
        ({ target, destination }) =>
          destination === '0.0.0.0/0' &&
          [
            'nat_gateway',
            'network_interface',
            'instance',
            'transit_gateway',
            'firewall_endpoint',
            'vpn_gateway',
          ].includes(target.kind),
      ),
  );
}
