import { readServiceName } from '../needs/aws-hosts.ts';
import type { Need } from '../needs/need.ts';
import type { Endpoint } from '../snapshot/snapshot.ts';
import { publicAddresses } from './destination.ts';
import { checkEndpointPolicy } from './endpoint-policy.ts';
import { groupPassage } from './group-passage.ts';
import { checkAclsBetween, checkEgress, checkPublicAcl, type Sender } from './passages.ts';
import type { Trail } from './path.ts';
import type { SnapshotIndex } from './snapshot-index.ts';

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
  checkEndpointPolicy(index, endpoint, need, trail);
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
  checkEndpointPolicy(index, endpoint, need, trail);
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
