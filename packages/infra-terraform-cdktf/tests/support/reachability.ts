import { FUNCTION_NAMES, FUNCTION_NEEDS, type FunctionName, neededHosts } from '@slipstream/shared';
import type { Attributes, Synthesised } from './synthesised.ts';

/** What a function's code calls and its network does not lead to, as a packet would find out. */
export interface Unreachable {
  readonly function: FunctionName;
  readonly what: string;
  /** Called only when a secret has a value; null: called anyway, or configured. */
  readonly secret: string | null;
}

const PUBLIC = 'the internet';

/**
 * Follows the synthesised resources themselves: a function's subnets, their route tables and endpoints, the security
 * groups on the way. Nothing of the checks that accepted the environment is used.
 */
export function unreachable(stack: Synthesised): Unreachable[] {
  const found: Unreachable[] = [];
  for (const name of FUNCTION_NAMES.filter((each) => each !== 'connectivity-probe')) {
    const fn = stack.one('aws_lambda_function', `functions_${name}_`);
    const miss = (what: string, secret: string | null = null) => found.push({ function: name, what, secret });
    const { variables = {} } = Object(fn.environment);
    for (const { host, port, secret, variable } of neededHosts(FUNCTION_NEEDS[name], variables)) {
      const keyed = variable === null ? secret : null;
      if (!isReached(stack, fn, host, port)) miss(`${host}:${port}`, keyed);
    }
    const services = FUNCTION_NEEDS[name].aws.flatMap(({ actions }) => actions.map((each) => each.split(':')[0] ?? ''));
    for (const service of new Set(services))
      if (!isReached(stack, fn, `${service}.us-east-1.amazonaws.com`, 443)) miss(service);
  }
  return found;
}

/** Interface endpoints and NATs, which are paid by the hour, and whether a function's packets ever take each. */
export function paidForNothing(stack: Synthesised): string[] {
  const inside = FUNCTION_NAMES.filter(
    (name) => stack.one('aws_lambda_function', `functions_${name}_`).vpc_config !== undefined,
  );
  const called = new Set(
    inside.flatMap((name) =>
      FUNCTION_NEEDS[name].aws.flatMap(({ actions }) => actions.map((each) => each.split(':')[0])),
    ),
  );
  const endpoints = stack
    .all('aws_vpc_endpoint')
    .filter(([, { vpc_endpoint_type }]) => vpc_endpoint_type === 'Interface')
    .map(([, { service_name }]) => String(service_name).split('.').at(-1) ?? '');
  // Who asks for the Logs endpoint has a reason of their own; without a function nothing could take it.
  const idle = endpoints.filter((service) => (service === 'logs' ? inside.length === 0 : !called.has(service)));
  const ways = ['aws_nat_gateway', 'aws_autoscaling_group', 'aws_eip'].filter((type) => stack.has(type));
  return [...idle, ...(inside.length === 0 ? ways : [])];
}

function isReached(stack: Synthesised, fn: Attributes, host: string, port: number): boolean {
  const target = placeOf(host);
  if (target === 'nowhere') return false;
  if (fn.vpc_config === undefined) return target === PUBLIC;
  const { security_group_ids: groups = [], subnet_ids: subnets = [] } = Object(fn.vpc_config);
  const isLetOut = stack
    .all('aws_vpc_security_group_egress_rule')
    .some(
      ([, rule]) =>
        groups.includes(rule.security_group_id) && rule.cidr_ipv4 === '0.0.0.0/0' && rule.from_port === port,
    );
  if (!isLetOut) return false;
  if (target !== PUBLIC) return true;
  const service = /^([a-z0-9]+)\.us-east-1\.amazonaws\.com$/.exec(host)?.[1];
  return subnets.every(
    (subnet: string) => (service && hasEndpoint(stack, subnet, service, groups)) || hasWayOut(stack, subnet),
  );
}

/** Where a host is, for a machine in the VPC or outside of it. */
function placeOf(host: string): string {
  if (/^(localhost|127\.|169\.254\.|host\.docker\.internal$|\[)/.test(host) || !host.includes('.')) return 'nowhere';
  const isAddress = /^\d+(\.\d+){3}$/.test(host);
  return host.endsWith('.internal') || (isAddress && /^(10|192\.168)\./.test(host)) ? 'a private network' : PUBLIC;
}

function hasEndpoint(stack: Synthesised, subnet: string, service: string, groups: readonly string[]): boolean {
  const { network } = stack.environment;
  if (network.kind === 'existing' && network.endpoints_present.some((each) => each === service)) return true;
  const [, endpoint] =
    stack.all('aws_vpc_endpoint').find(([, { service_name }]) => String(service_name).endsWith(`.${service}`)) ?? [];
  if (!endpoint) return false;
  if (endpoint.vpc_endpoint_type === 'Gateway')
    return tableOf(stack, subnet).some((table) => listed(endpoint.route_table_ids, table));
  const isLetIn = stack
    .all('aws_vpc_security_group_ingress_rule')
    .some(
      ([, rule]) =>
        listed(endpoint.security_group_ids, rule.security_group_id) &&
        groups.some((group) => group === rule.referenced_security_group_id) &&
        rule.from_port === 443,
    );
  return isLetIn && listed(endpoint.subnet_ids, subnet) && endpoint.private_dns_enabled === true;
}

function hasWayOut(stack: Synthesised, subnet: string): boolean {
  // Another's network has its own: what the environment says of it.
  if (stack.environment.network.kind === 'existing') return true;
  return tableOf(stack, subnet).some((table) =>
    stack
      .all('aws_route')
      .some(
        ([, route]) =>
          route.route_table_id === table &&
          route.destination_cidr_block === '0.0.0.0/0' &&
          (route.nat_gateway_id ?? route.network_interface_id) !== undefined,
      ),
  );
}

function tableOf(stack: Synthesised, subnet: string): unknown[] {
  const { network } = stack.environment;
  if (network.kind === 'existing') return [...network.route_table_ids];
  return stack
    .all('aws_route_table_association')
    .flatMap(([, { subnet_id, route_table_id }]) => (subnet_id === subnet ? [route_table_id] : []));
}

function listed(list: unknown, one: unknown): boolean {
  return Array.isArray(list) && list.includes(one);
}
