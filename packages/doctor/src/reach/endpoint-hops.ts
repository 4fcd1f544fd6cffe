import { readServiceName } from '../needs/aws-hosts.ts';
import type { Need } from '../needs/need.ts';
import { allows } from '../policy/allows.ts';
import type { Endpoint } from '../snapshot/snapshot.ts';
import { aclPassage } from './acl-passage.ts';
import { publicAddresses } from './destination.ts';
import { groupPassage } from './group-passage.ts';
import type { Trail } from './path.ts';
import type { SnapshotIndex } from './snapshot-index.ts';
import { CLIENT_PORTS, onePort } from './verdict.ts';

export interface Sender {
  readonly function_id: string;
  readonly subnet_id: string;
  readonly group_ids: readonly string[] | null;
}

/** Everything between a function and an interface endpoint's addresses. */
export function followInterfaceEndpoint(
  index: SnapshotIndex,
  sender: Sender,
  endpoint: Endpoint,
  need: Need,
  trail: Trail,
): void {
  trail.way = 'interface endpoint';
  trail.wayId = endpoint.id;
  const subnetIds = endpoint.subnet_ids;
  const cidrs = (subnetIds ?? []).flatMap((id) => index.subnets.get(id)?.cidr ?? []);
  checkEgress(
    index,
    sender,
    need,
    { cidrs, group_ids: endpoint.group_ids ?? [], prefix_list: null },
    trail,
    endpoint.id,
  );
  trail.hop('interface endpoint', endpoint.id);
  checkAvailable(endpoint, trail);
  if (subnetIds?.length === 0)
    trail.break({
      rule: 'endpoint-not-available',
      resources: [endpoint.id],
      evidence: [`${endpoint.id} has no subnet`],
      facts: { endpoint: endpoint.id, state: 'without a subnet' },
    });
  const own = index.subnets.get(sender.subnet_id);
  const ingress =
    endpoint.group_ids === null
      ? 'unknown'
      : groupPassage(
          index.groupsOf(endpoint.group_ids),
          'ingress',
          need.port,
          { cidrs: own?.cidr ? [own.cidr] : [], group_ids: sender.group_ids ?? [], prefix_list: null },
          index.snapshot.prefix_lists,
        );
  if (ingress === 'no' || ingress === 'some')
    trail.break({
      rule: 'endpoint-group-closed',
      resources: [endpoint.group_ids?.[0] ?? endpoint.id, endpoint.id],
      evidence: [
        `ingress of ${endpoint.group_ids?.join(', ')} admits no TCP ${need.port} from ${sender.group_ids?.join(', ') ?? sender.subnet_id}`,
      ],
      facts: {
        endpoint: endpoint.id,
        group: endpoint.group_ids?.[0] ?? '',
        source: sender.group_ids?.[0] ?? '',
        port: String(need.port),
      },
    });
  else if (ingress === 'unknown') trail.doubt(`The security groups of ${endpoint.id} are not known.`);
  // ACLs act between subnets. The endpoint answers from any of its subnets.
  const others = (subnetIds ?? []).filter((id) => id !== sender.subnet_id);
  const zones = new Set((subnetIds ?? []).map((id) => index.subnets.get(id)?.zone ?? null));
  const hasOwn = subnetIds?.includes(sender.subnet_id) === true;
  if (!hasOwn) for (const id of others) checkAclsBetween(index, sender.subnet_id, id, need.port, trail);
  else for (const id of others) checkAclsBetween(index, sender.subnet_id, id, need.port, trail, true);
  if (own?.zone && subnetIds !== null && subnetIds.length > 0 && !zones.has(null) && !zones.has(own.zone))
    trail.break({
      rule: 'endpoint-zone',
      resources: [endpoint.id, sender.subnet_id],
      evidence: [`${endpoint.id} has addresses in ${[...zones].join(', ')}; ${sender.subnet_id} is in ${own.zone}`],
      facts: { endpoint: endpoint.id, zone: own.zone, zones: [...zones].join(', '), subnet: sender.subnet_id },
      soft: true,
    });
  checkPolicy(index, endpoint, need, trail);
  checkPrivateApi(index, endpoint, need, trail);
}

/** A gateway endpoint: a route to public addresses, so egress rules and ACLs have to let those pass. */
export function followGatewayEndpoint(
  index: SnapshotIndex,
  sender: Sender,
  endpoint: Endpoint,
  need: Need,
  trail: Trail,
): void {
  trail.way = 'gateway endpoint';
  trail.wayId = endpoint.id;
  const list = index.snapshot.prefix_lists.find(({ name }) => name === endpoint.service);
  const addresses = publicAddresses(need.service, list?.cidrs);
  checkEgress(
    index,
    sender,
    need,
    { cidrs: addresses, group_ids: null, prefix_list: endpoint.service },
    trail,
    endpoint.id,
  );
  checkPublicAcl(index, sender.subnet_id, addresses, need, trail);
  trail.hop('gateway endpoint', endpoint.id);
  checkAvailable(endpoint, trail);
  checkPolicy(index, endpoint, need, trail);
}

function checkAvailable(endpoint: Endpoint, trail: Trail): void {
  if (endpoint.state.toLowerCase() === 'available') return;
  trail.break({
    rule: 'endpoint-not-available',
    resources: [endpoint.id],
    evidence: [`${endpoint.id}: state ${endpoint.state}`],
    facts: { endpoint: endpoint.id, state: endpoint.state },
  });
}

/** The function's groups let the connection out. */
export function checkEgress(
  index: SnapshotIndex,
  sender: Sender,
  need: Need,
  peer: Parameters<typeof groupPassage>[3],
  trail: Trail,
  towards: string,
): void {
  if (sender.group_ids === null) {
    trail.doubt('The security groups of the function are not known.');
    return;
  }
  for (const id of sender.group_ids) trail.hop('security group', id);
  const passage = groupPassage(
    index.groupsOf(sender.group_ids),
    'egress',
    need.port,
    peer,
    index.snapshot.prefix_lists,
  );
  if (passage === 'unknown')
    trail.doubt(`The egress rules of ${sender.group_ids.join(', ')} are not known as a whole.`);
  // Some addresses of a public host may be left out on purpose; of a range in the VPC, all are needed.
  if (passage === 'some' && peer.group_ids === null && need.kind === 'host')
    trail.doubt(`The egress rules of ${sender.group_ids.join(', ')} admit part of the internet only.`);
  else if (passage === 'no' || passage === 'some')
    trail.break({
      rule: need.kind === 'file_system' ? 'files-port-closed' : 'function-egress-closed',
      resources: [...sender.group_ids],
      evidence: [
        `egress of ${sender.group_ids.join(', ')} ${passage === 'some' ? 'admits only part of' : 'admits no'} TCP ${need.port} to ${towards}`,
      ],
      facts: { group: sender.group_ids[0] ?? '', port: String(need.port), towards, side: 'egress' },
      ...(need.kind === 'file_system' ? { causes: [16] } : {}),
    });
}

/** Outbound to public addresses from a subnet, and the answers back into it. */
export function checkPublicAcl(
  index: SnapshotIndex,
  subnetId: string,
  addresses: readonly string[],
  need: Need,
  trail: Trail,
): void {
  const acl = index.aclOf(subnetId);
  if (acl === null) return;
  const refused = addresses.flatMap((address) => {
    const out = aclPassage(acl.entries, true, onePort(need.port), address);
    const back = aclPassage(acl.entries, false, CLIENT_PORTS, address);
    return [
      ...(out.passage === 'no' || out.passage === 'some'
        ? [refusal(acl.id, 'outbound', `port ${need.port} to ${address}`, out.refused_by)]
        : []),
      ...(back.passage === 'no' || back.passage === 'some'
        ? [
            refusal(
              acl.id,
              'inbound',
              `return ports ${CLIENT_PORTS.from}-${CLIENT_PORTS.to} from ${address}`,
              back.refused_by,
            ),
          ]
        : []),
    ];
  });
  if (refused.length === 0) return;
  const isPartial = addresses.length > 1 && refused.length < addresses.length && need.kind === 'host';
  if (isPartial) trail.doubt(`The network ACL ${acl.id} refuses part of the internet.`);
  else
    trail.break({
      rule: 'acl-blocks',
      resources: [acl.id, subnetId],
      evidence: refused.slice(0, 3),
      facts: { acl: acl.id, subnet: subnetId, port: String(need.port) },
    });
}

function refusal(acl: string, direction: string, what: string, number: number | null): string {
  return `${acl}, ${direction}: ${what} is refused by ${number === null ? 'the rule at the end (*)' : `rule ${number}`}`;
}

/** Both directions through the ACLs of two subnets. */
export function checkAclsBetween(
  index: SnapshotIndex,
  from: string,
  to: string,
  port: number,
  trail: Trail,
  soft = false,
): void {
  if (from === to) return;
  const [source, target] = [index.subnets.get(from), index.subnets.get(to)];
  if (!source?.cidr || !target?.cidr) return;
  const [sourceAcl, targetAcl] = [index.aclOf(from), index.aclOf(to)];
  const checks = [
    [sourceAcl, true, onePort(port), target.cidr, from],
    [targetAcl, false, onePort(port), source.cidr, to],
    [targetAcl, true, CLIENT_PORTS, source.cidr, to],
    [sourceAcl, false, CLIENT_PORTS, target.cidr, from],
  ] as const;
  for (const [acl, egress, ports, cidr, subnet] of checks) {
    if (!acl) continue;
    const { passage, refused_by } = aclPassage(acl.entries, egress, ports, cidr);
    if (passage !== 'no' && passage !== 'some') continue;
    const what = `${ports.from === ports.to ? `port ${ports.from}` : `return ports ${ports.from}-${ports.to}`} ${egress ? 'to' : 'from'} ${cidr}`;
    trail.break({
      rule: 'acl-blocks',
      resources: [acl.id, subnet],
      evidence: [refusal(acl.id, egress ? 'outbound' : 'inbound', what, refused_by)],
      facts: { acl: acl.id, subnet, port: String(port) },
      ...(soft ? { soft } : {}),
    });
  }
}

/** The endpoint's own policy, for the calls and resources that are known. */
function checkPolicy(index: SnapshotIndex, endpoint: Endpoint, need: Need, trail: Trail): void {
  if (endpoint.policy === null) {
    trail.doubt(`The policy of ${endpoint.id} cannot be read.`);
    return;
  }
  const fn = index.functions.get(need.function_id);
  const role = index.snapshot.roles.find(({ id }) => id === fn?.role_id);
  const context = new Map<string, readonly string[]>();
  const actions = need.actions.length > 0 ? need.actions : [`${need.service}:*`];
  const refused: string[] = [];
  for (const action of actions) {
    const prefix = action.split(':')[0] ?? '';
    const resources = need.resources.filter((arn) => arn.includes('${') === false && fits(action, arn, prefix));
    for (const resource of resources.length > 0 ? resources : [null]) {
      const request = { action: action.endsWith('*') ? action.replace('*', 'GetObject') : action, resource, context };
      if (
        allows(endpoint.policy, action.endsWith('*') ? { ...request, action } : request) === 'no' &&
        !isWider(endpoint, action)
      )
        refused.push(resource === null ? action : `${action} on ${resource}`);
    }
  }
  if (refused.length === 0) return;
  trail.break({
    rule: 'endpoint-policy-denies',
    resources: [endpoint.id],
    evidence: [
      `the policy of ${endpoint.id} does not allow ${refused.slice(0, 4).join(', ')}${refused.length > 4 ? ` and ${refused.length - 4} more` : ''}`,
    ],
    facts: { endpoint: endpoint.id, role: role?.name ?? '', refused: refused.slice(0, 2).join(', ') },
  });
}

/** A wildcard action is met by a policy that allows part of it. */
function isWider({ policy }: Endpoint, action: string): boolean {
  if (!action.includes('*')) return false;
  const start = action.slice(0, action.indexOf('*')).toLowerCase();
  return (
    policy?.some(
      ({ effect, actions }) =>
        effect === 'Allow' && actions.some((each) => each === '*' || each.toLowerCase().startsWith(start)),
    ) === true
  );
}

/** Object actions name objects, bucket actions buckets; other services' ARNs are left out. */
function fits(action: string, arn: string, prefix: string): boolean {
  if (arn === '*' || !arn.startsWith('arn:')) return false;
  if (arn.split(':')[2] !== prefix) return false;
  if (prefix !== 's3') return true;
  const isObject = arn.slice('arn:aws:s3:::'.length).includes('/');
  return /^s3:(List|GetBucket|CreateBucket|HeadBucket)/i.test(action) ? !isObject : isObject;
}

/** Private DNS of execute-api answers for every API of the region: public ones say 403 there. */
function checkPrivateApi(index: SnapshotIndex, endpoint: Endpoint, need: Need, trail: Trail): void {
  if (readServiceName(endpoint.service)?.service !== 'execute-api') return;
  const api = index.snapshot.apis.find(({ host }) => host === need.host);
  if (api?.private || need.host === `execute-api.${readServiceName(endpoint.service)?.region}.amazonaws.com`) return;
  trail.break({
    rule: 'private-api-takes-over',
    resources: [endpoint.id],
    evidence: [`${need.host} resolves to ${endpoint.id}, whose private DNS is on${api ? '; this API is public' : ''}`],
    facts: { endpoint: endpoint.id, host: need.host },
  });
}
