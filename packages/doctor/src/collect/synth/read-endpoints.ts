import type { Snapshot, Statement } from '../../snapshot/snapshot.ts';
import { endpointHost } from './computed-attribute.ts';
import type { Resource } from './resource.ts';
import type { StackReader } from './stack-reader.ts';
import { isUnknown } from './unknown-value.ts';

/** What an endpoint without a policy of its own has. */
const FULL_ACCESS: Statement = {
  effect: 'Allow',
  actions: ['*'],
  not_actions: [],
  resources: ['*'],
  not_resources: [],
  principals: ['*'],
  conditions: [],
};

/** Endpoints with what separate resources attach to them. */
export function readEndpoints(reader: StackReader, snapshot: Snapshot): void {
  for (const resource of reader.all('aws_vpc_endpoint')) {
    const type = reader.text(resource, 'vpc_endpoint_type') ?? 'Gateway';
    const vpc = reader.id(resource.attribute('vpc_id'), 'aws_vpc', 'aws_default_vpc');
    const isInterface = type === 'Interface';
    const groups = idsOf(reader, resource, 'security_group_ids', 'aws_security_group', 'aws_default_security_group');
    const moreGroups = attached(reader, 'aws_vpc_endpoint_security_group_association', resource, 'security_group_id');
    const subnets = idsOf(reader, resource, 'subnet_ids', 'aws_subnet', 'aws_default_subnet');
    const configured = reader
      .blocks(resource, 'subnet_configuration')
      .flatMap((block) => reader.id(block.subnet_id, 'aws_subnet') ?? []);
    const tables = idsOf(reader, resource, 'route_table_ids', 'aws_route_table', 'aws_default_route_table');
    const allGroups = join(groups, moreGroups);
    snapshot.endpoints.push({
      id: resource.address,
      vpc_id: vpc,
      type,
      service: reader.text(resource, 'service_name'),
      state: 'available',
      subnet_ids: join(subnets, [
        ...configured,
        ...attached(reader, 'aws_vpc_endpoint_subnet_association', resource, 'subnet_id'),
      ]),
      group_ids: isInterface && allGroups?.length === 0 && vpc !== null ? [`${vpc}.default_group`] : allGroups,
      route_table_ids: join(
        tables,
        attached(reader, 'aws_vpc_endpoint_route_table_association', resource, 'route_table_id'),
      ),
      private_dns: privateDns(reader, resource),
      policy: policyOf(reader, resource),
      dns_names: isInterface ? [endpointHost(resource)] : [],
    });
  }
}

function privateDns(reader: StackReader, resource: Resource): boolean | null {
  const separate = reader
    .all('aws_vpc_endpoint_private_dns')
    .find((each) => reader.id(each.attribute('vpc_endpoint_id'), 'aws_vpc_endpoint') === resource.address);
  return separate
    ? reader.flag(separate, 'private_dns_enabled', false)
    : reader.flag(resource, 'private_dns_enabled', false);
}

function policyOf(reader: StackReader, resource: Resource): Statement[] | null {
  const separate = reader
    .all('aws_vpc_endpoint_policy')
    .find((each) => reader.id(each.attribute('vpc_endpoint_id'), 'aws_vpc_endpoint') === resource.address);
  if (separate?.declares('policy')) return reader.policy(separate.attribute('policy'));
  if (!resource.declares('policy')) return [FULL_ACCESS];
  const policy = resource.attribute('policy');
  if (policy === null) return [FULL_ACCESS];
  // A module that was given no policy leaves it to AWS: unknown as well, and made of nothing that a policy names.
  if (isUnknown(policy) && policy.origin !== null && reader.referred(policy).every((id) => isOfNetwork(reader, id)))
    return [FULL_ACCESS];
  return reader.policy(policy);
}

function isOfNetwork(reader: StackReader, id: string): boolean {
  return /^aws_(subnet|route_table|default_route_table|security_group|network_acl)$/.test(reader.at(id)?.type ?? '');
}

function attached(reader: StackReader, type: string, endpoint: Resource, attribute: string): string[] {
  return reader
    .all(type)
    .filter((each) => reader.id(each.attribute('vpc_endpoint_id'), 'aws_vpc_endpoint') === endpoint.address)
    .flatMap((each) => reader.id(each.attribute(attribute)) ?? []);
}

function idsOf(reader: StackReader, resource: Resource, name: string, ...types: string[]): string[] | null {
  if (!resource.declares(name)) return [];
  const value = resource.attribute(name);
  if (isUnknown(value) && value.references.length === 0) return null;
  return reader.ids(value, ...types);
}

function join(some: string[] | null, more: readonly string[]): string[] | null {
  return some === null ? (more.length > 0 ? [...more] : null) : [...new Set([...some, ...more])];
}
