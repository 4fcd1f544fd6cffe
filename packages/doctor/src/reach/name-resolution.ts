import { isGatewayService, privateDnsCovers, readServiceName } from '../needs/aws-hosts.ts';
import type { Need } from '../needs/need.ts';
import type { Endpoint, RouteTable, Vpc } from '../snapshot/snapshot.ts';
import { isPrivateAddress, overlapping } from './cidr.ts';
import { groupPassage } from './group-passage.ts';
import type { Trail } from './path.ts';
import { lookUpRoute } from './route-lookup.ts';
import type { SnapshotIndex } from './snapshot-index.ts';

/** What a function gets when it resolves a name. */
export type Resolution =
  | { readonly kind: 'endpoint'; readonly endpoint: Endpoint }
  | { readonly kind: 'public' }
  | { readonly kind: 'private'; readonly addresses: readonly string[] };

export interface Asker {
  readonly subnet_id: string;
  readonly vpc: Vpc | null;
  readonly group_ids: readonly string[] | null;
}

/** Resolves a need's host as the function would, and says what stands in the way. */
export function resolveName(index: SnapshotIndex, asker: Asker, need: Need, trail: Trail): Resolution {
  const { vpc } = asker;
  if (/^\d+\.\d+\.\d+\.\d+$/.test(need.host)) {
    return isPrivateAddress(need.host) ? { kind: 'private', addresses: [need.host] } : { kind: 'public' };
  }
  if (vpc === null) return { kind: 'public' };
  const isAmazon = checkResolver(index, asker, trail);
  blockedByFirewall(index, vpc, need, trail);
  const shadowed = shadow(index, vpc, need, trail);
  // What does not resolve is followed all the same: the name's fault is seldom the only one.
  if (shadowed !== null && shadowed.kind !== 'nothing') return shadowed;
  if (need.kind === 'database' || need.kind === 'file_system') return { kind: 'private', addresses: [] };
  const named = explicitEndpoint(index, need);
  if (named) return { kind: 'endpoint', endpoint: named };
  const endpoint = isAmazon ? endpointFor(index, vpc, need) : null;
  return endpoint ? { kind: 'endpoint', endpoint } : { kind: 'public' };
}

/** The interface endpoint whose private DNS answers the host. */
function endpointFor(index: SnapshotIndex, vpc: Vpc, need: Need): Endpoint | null {
  if (vpc.dns_support === false || vpc.dns_hostnames === false) return null;
  return (
    interfaceEndpoints(index, vpc.id, need.service).find((endpoint) => {
      const service = readServiceName(endpoint.service);
      return (
        service !== null &&
        endpoint.private_dns === true &&
        privateDnsCovers(service.service, service.region, need.host)
      );
    }) ?? null
  );
}

/** Every interface endpoint of a service in a VPC, whether names lead to it or not. */
export function interfaceEndpoints(index: SnapshotIndex, vpcId: string | null, service: string | null): Endpoint[] {
  if (service === null) return [];
  return index
    .endpointsOf(vpcId)
    .filter((each) => each.type === 'Interface' && readServiceName(each.service)?.service === service)
    .toSorted((a, b) => Number(b.state === 'available') - Number(a.state === 'available'));
}

export function gatewayEndpoints(index: SnapshotIndex, vpcId: string | null, service: string | null): Endpoint[] {
  if (!isGatewayService(service)) return [];
  return index
    .endpointsOf(vpcId)
    .filter((each) => each.type === 'Gateway' && readServiceName(each.service)?.service === service);
}

function explicitEndpoint(index: SnapshotIndex, { host }: Need): Endpoint | null {
  const id =
    /(?:^|\.)(vpce-[0-9a-z-]+?)(?:-[a-z0-9]{8})?(?:-[a-z]{2}-[a-z]+-\d[a-z])?\.[a-z0-9.-]+\.vpce\.amazonaws\.com$/.exec(
      host,
    )?.[1];
  if (!id) return null;
  return (
    index.snapshot.endpoints.find(
      (each) => each.id === id || each.dns_names.some((name) => host.endsWith(name) || name.startsWith(id)),
    ) ?? null
  );
}

/** Whether Amazon's resolver answers. Its own traffic is filtered by no group and no ACL [VPC guide, "Amazon DNS server"]. */
function checkResolver(index: SnapshotIndex, asker: Asker, trail: Trail): boolean {
  const { vpc } = asker;
  if (vpc === null) return true;
  const options = index.snapshot.dhcp_options.find(({ id }) => id === vpc.dhcp_options_id);
  const servers = (options?.name_servers ?? []).filter((each) => !isAmazons(each, vpc));
  if (servers.length === 0) {
    if (vpc.dns_support === false)
      trail.break({
        rule: 'vpc-dns-off',
        resources: [vpc.id],
        evidence: [`${vpc.id}: enableDnsSupport is off`],
        facts: { vpc: vpc.id, what: 'enableDnsSupport' },
      });
    return vpc.dns_support !== false;
  }
  const table = index.tableOf(asker.subnet_id);
  const peer = { cidrs: servers, group_ids: groupsAt(index, servers), prefix_list: null };
  const groups = asker.group_ids === null ? [null] : index.groupsOf(asker.group_ids);
  const lists = index.snapshot.prefix_lists;
  const isClosed = groupPassage(groups, 'egress', 53, peer, lists, 'udp') === 'no';
  const isReachable = isServerReachable(index, vpc, table, servers);
  if (isClosed && isReachable)
    trail.break({
      rule: 'egress-without-dns',
      resources: [asker.group_ids?.[0] ?? 'security group', options?.id ?? ''],
      evidence: [
        `DHCP options ${options?.id} name the resolvers ${servers.join(', ')}`,
        'no egress rule admits UDP 53 to them',
      ],
      facts: { servers: servers.join(', '), options: options?.id ?? '' },
    });
  if (!isReachable)
    trail.break({
      rule: 'distant-dns-server',
      resources: [options?.id ?? vpc.id],
      evidence: [
        `DHCP options ${options?.id} name ${servers.join(', ')}`,
        'no route and no subnet of this VPC leads to them',
      ],
      facts: { servers: servers.join(', '), options: options?.id ?? '' },
      ...(isClosed ? { causes: [17] } : {}),
    });
  else if (!isClosed)
    trail.break({
      rule: 'custom-dns-server',
      resources: [options?.id ?? vpc.id],
      evidence: [`DHCP options ${options?.id} name ${servers.join(', ')}`],
      facts: { servers: servers.join(', '), options: options?.id ?? '' },
      soft: true,
    });
  // A resolver of one's own may forward to Amazon's: the names of endpoints then resolve all the same.
  return true;
}

/** Whether a route leads to one of the servers, and something has its address, as far as that is known. */
function isServerReachable(
  index: SnapshotIndex,
  vpc: Vpc,
  table: RouteTable | null,
  servers: readonly string[],
): boolean {
  return servers.some((server) => {
    if (table === null || !table.routes_known) return true;
    const route = lookUpRoute(table, vpc, server, index.snapshot.prefix_lists);
    if (route === null || route.state === 'blackhole' || route.target.kind === 'missing') return false;
    if (route.target.kind !== 'local') return route.target.kind !== 'internet_gateway';
    return isInSubnet(index, vpc, server) && (index.snapshot.source.kind !== 'aws' || hasInterface(index, server));
  });
}

function hasInterface(index: SnapshotIndex, address: string): boolean {
  const { network_interfaces: faces } = index.snapshot;
  return (
    index.snapshot.unread.includes('interfaces') ||
    faces.length === 0 ||
    faces.some(({ private_addresses }) => private_addresses.includes(address))
  );
}

function isAmazons(server: string, vpc: Vpc): boolean {
  if (/^AmazonProvidedDNS$/i.test(server) || server === '169.254.169.253' || server.startsWith('fd00:ec2')) return true;
  // The range's second address.
  return (vpc.cidrs ?? []).some((cidr) => {
    const [a, b, c, d] = (cidr.split('/')[0] ?? '').split('.').map(Number);
    return server === [a, b, c, (d ?? 0) + 2].join('.');
  });
}

function isInSubnet(index: SnapshotIndex, vpc: Vpc, address: string): boolean {
  const own = index.snapshot.subnets.filter(({ vpc_id }) => vpc_id === vpc.id);
  return own.some(({ cidr }) => cidr === null || overlapping(cidr, address));
}

function groupsAt(index: SnapshotIndex, addresses: readonly string[]): string[] {
  return index.snapshot.network_interfaces
    .filter(({ private_addresses }) => private_addresses.some((each) => addresses.includes(each)))
    .flatMap(({ group_ids }) => group_ids ?? []);
}

/** `host` is the domain or below it; `*.domain` takes what is below only. */
function isBelow(host: string, domain: string): boolean {
  if (domain === '.' || domain === '*') return true;
  if (domain.startsWith('*.')) return host.endsWith(domain.slice(1));
  return host === domain || host.endsWith(`.${domain}`);
}

function blockedByFirewall(index: SnapshotIndex, vpc: Vpc, need: Need, trail: Trail): void {
  for (const firewall of index.snapshot.dns_firewalls) {
    if (!firewall.vpc_ids.includes(vpc.id)) continue;
    const rule = firewall.rules.find(({ domains }) =>
      domains?.some((domain) => need.host === domain || (/^\*/.test(domain) && isBelow(need.host, domain))),
    );
    if (rule?.action !== 'BLOCK') continue;
    trail.break({
      rule: 'dns-shadowed',
      resources: [firewall.id, vpc.id],
      evidence: [
        `DNS firewall ${firewall.id} blocks ${rule.domains?.filter((domain) => isBelow(need.host, domain)).join(', ')}`,
      ],
      facts: { host: need.host, by: `the DNS firewall ${firewall.id}`, kind: 'firewall' },
    });
    return;
  }
}

/** A private zone or a forwarding rule that answers instead; the closest domain wins. */
function shadow(
  index: SnapshotIndex,
  vpc: Vpc,
  need: Need,
  trail: Trail,
): Resolution | { readonly kind: 'nothing' } | null {
  const zones = index.snapshot.private_zones.filter(
    ({ vpc_ids, name }) => vpc_ids.includes(vpc.id) && isBelow(need.host, name),
  );
  const rules = index.snapshot.resolver_rules.filter(
    ({ vpc_ids, domain, kind }) => vpc_ids.includes(vpc.id) && isBelow(need.host, domain) && kind !== 'RECURSIVE',
  );
  const zone = zones.toSorted((a, b) => b.name.length - a.name.length)[0];
  const rule = rules.toSorted((a, b) => b.domain.length - a.domain.length)[0];
  // With the same domain a forwarding rule goes first [Route 53 guide, "private hosted zones", considerations].
  if (rule?.kind === 'FORWARD' && rule.domain.length >= (zone?.name.length ?? 0)) {
    const isHome = need.kind === 'host' && !isWellKnown(need.host);
    trail.break({
      rule: 'dns-shadowed',
      resources: [rule.id, vpc.id],
      evidence: [`resolver rule ${rule.id} forwards ${rule.domain} to ${rule.targets.join(', ') || 'other resolvers'}`],
      facts: { host: need.host, by: `the resolver rule ${rule.id}`, kind: 'rule' },
      soft: isHome,
    });
    return isHome ? { kind: 'private', addresses: [] } : { kind: 'nothing' };
  }
  if (!zone) return null;
  const record = zone.records?.find(
    ({ name, type }) =>
      ['A', 'CNAME', 'AAAA'].includes(type) &&
      (name === need.host || (name.startsWith('*.') && isBelow(need.host, name))),
  );
  if (record === undefined && zone.records !== null) {
    trail.break({
      rule: 'dns-shadowed',
      resources: [zone.id, vpc.id],
      evidence: [
        `private zone ${zone.id} (${zone.name}) is associated with ${vpc.id} and has no record for ${need.host}`,
      ],
      facts: { host: need.host, by: `the private zone ${zone.name}`, kind: 'zone' },
    });
    return { kind: 'nothing' };
  }
  if (record === undefined) {
    trail.doubt(`The records of the private zone ${zone.name} are not known.`);
    return { kind: 'private', addresses: [] };
  }
  const alias = index.snapshot.endpoints.find(({ dns_names, id }) =>
    record.values.some((value) => dns_names.includes(value) || value.includes(id)),
  );
  if (alias) return { kind: 'endpoint', endpoint: alias };
  return { kind: 'private', addresses: record.values.filter((value) => /^\d+(\.\d+){3}$/.test(value)) };
}

/** A name that the whole world knows: nobody's own zone should answer it. */
function isWellKnown(host: string): boolean {
  return /\.(com|org|net|io|ai|dev|co)$/.test(host) && !/(corp|internal|intra|local|lan)\./.test(host);
}
