import { type Attributes, addressOf, type Config, listAt, objectAt } from './config.ts';

/** Every address. */
export const DEFAULT = '0.0.0.0/0';
export const NAT_TARGETS = ['nat_gateway_id', 'network_interface_id', 'instance_id'];

export interface RouteAt {
  readonly table: string;
  readonly route: Attributes;
  remove(): void;
}

/** Every route of every table, wherever it is written. */
export function routes(config: Config): RouteAt[] {
  const separate = config.all('aws_route').map(([name, route]) => ({
    table: addressOf(route.route_table_id),
    route,
    remove: () => config.remove('aws_route', name),
  }));
  const inline = ['aws_route_table', 'aws_default_route_table'].flatMap((type) =>
    config.all(type).flatMap(([name, table]) =>
      [table.route ?? []].flat().map((route) => ({
        table: `${type}.${name}`,
        route: route as Attributes,
        remove: () => {
          table.route = [table.route].flat().filter((each) => each !== route);
        },
      })),
    ),
  );
  return [...separate, ...inline];
}

export function natRoutes(config: Config): RouteAt[] {
  return routes(config).filter(({ route }) => NAT_TARGETS.some((name) => route[name] !== undefined));
}

export function igwRoutes(config: Config): RouteAt[] {
  return routes(config).filter(({ route }) => String(route.gateway_id ?? '').includes('aws_internet_gateway'));
}

/** Whether something has to go through the NAT for sure. */
export function needsNat(config: Config): boolean {
  return (
    natRoutes(config).length > 0 &&
    config.inside().length > 0 &&
    (variables(config).some((value) => value.includes('api.payments')) || needsSecret(config))
  );
}

function needsSecret(config: Config): boolean {
  const hasEndpoint = config
    .all('aws_vpc_endpoint')
    .some(([, { service_name }]) => String(service_name).endsWith('.secretsmanager'));
  return !hasEndpoint && config.inside().some(([name]) => /process-ocr|validate|worker/.test(name));
}

function variables(config: Config): string[] {
  return config
    .inside()
    .flatMap(([, fn]) => Object.values(objectAt(objectAt(fn, 'environment'), 'variables')).map(String));
}

export function functionGroups(config: Config): string[] {
  return [
    ...new Set(
      config.inside().flatMap(([, fn]) => listAt(objectAt(fn, 'vpc_config'), 'security_group_ids').map(addressOf)),
    ),
  ];
}

/** Takes the rules of a group away that `fits`; whether there were any. */
export function closeGroup(
  config: Config,
  group: string,
  direction: 'ingress' | 'egress',
  fits: (port: number) => boolean,
): boolean {
  let closed = false;
  const [type = '', name = ''] = group.split('.');
  const own = config.all(type).find(([each]) => each === name)?.[1];
  if (own && Array.isArray(own[direction])) {
    const kept = own[direction].filter((rule: Attributes) => !(rule.protocol === '-1' || fits(Number(rule.from_port))));
    closed = kept.length < own[direction].length;
    own[direction] = kept;
  }
  for (const [each, rule] of config.referring('aws_security_group_rule', 'security_group_id', `${group}.`))
    if (rule.type === direction && (rule.protocol === '-1' || fits(Number(rule.from_port)))) {
      config.remove('aws_security_group_rule', each);
      closed = true;
    }
  const modern = `aws_vpc_security_group_${direction}_rule`;
  for (const [each, rule] of config.referring(modern, 'security_group_id', `${group}.`))
    if (rule.ip_protocol === '-1' || fits(Number(rule.from_port))) {
      config.remove(modern, each);
      closed = true;
    }
  return closed;
}

export function groupsOf(config: Config, type: string, attribute: string): string[] {
  return [...new Set(config.all(type).flatMap(([, value]) => listAt(value, attribute).map(addressOf)))].filter(Boolean);
}

export function privateSubnets(config: Config): string[] {
  return [
    ...new Set(config.inside().flatMap(([, fn]) => listAt(objectAt(fn, 'vpc_config'), 'subnet_ids').map(addressOf))),
  ].filter((each) => each !== '');
}

export function interfaceEndpoints(config: Config, ...services: string[]): [string, Attributes][] {
  return config
    .all('aws_vpc_endpoint')
    .filter(
      ([, { vpc_endpoint_type, service_name }]) =>
        vpc_endpoint_type === 'Interface' &&
        (services.length === 0 || services.some((each) => String(service_name).endsWith(`.${each}`))),
    );
}

export function setVariable(config: Config, name: string, value: string): boolean {
  const [found] = config.inside().filter(([each]) => !/probe/.test(each));
  if (!found) return false;
  const [, fn] = found;
  fn.environment = { variables: { ...objectAt(objectAt(fn, 'environment'), 'variables'), [name]: value } };
  return true;
}

export const isForeign = (config: Config) => config.all('aws_lambda_function').some(([name]) => name === 'worker');
export const hasNat = (config: Config) => natRoutes(config).length > 0;
export const vpcOf = (config: Config) => config.all('aws_vpc')[0]?.[0];
