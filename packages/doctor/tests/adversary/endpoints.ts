import { every, one } from './network.ts';
import { type Attributes, type Draft, REGION, ref } from './stack.ts';

interface Rule {
  readonly direction: 'ingress' | 'egress';
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly cidrs?: readonly string[];
  readonly group?: string;
}

/** A group with its rules in the style's spelling. */
export function group(draft: Draft, name: string, rules: readonly Rule[]): string {
  const vpc_id = ref(`aws_vpc.${draft.style.names[0]}.id`);
  const block = (rule: Rule, nulls: boolean): Attributes => ({
    description: '',
    from_port: rule.from,
    to_port: rule.to,
    protocol: rule.protocol,
    ...(nulls
      ? { cidr_blocks: null, ipv6_cidr_blocks: null, prefix_list_ids: null, security_groups: null, self: null }
      : {}),
    ...(rule.cidrs ? { cidr_blocks: rule.cidrs } : {}),
    ...(rule.group ? { security_groups: [ref(`aws_security_group.${rule.group}.id`)] } : {}),
  });
  const own = (direction: string) => rules.filter((each) => each.direction === direction);
  switch (draft.style.rules) {
    case 'inline':
    case 'inline-nulls':
      draft.add('aws_security_group', name, {
        name_prefix: `${name}-`,
        vpc_id,
        ingress: own('ingress').map((each) => block(each, draft.style.rules === 'inline-nulls')),
        egress: own('egress').map((each) => block(each, draft.style.rules === 'inline-nulls')),
      });
      break;
    case 'dynamic':
      draft.add('aws_security_group', name, {
        name,
        vpc_id,
        dynamic: Object.fromEntries(
          (['ingress', 'egress'] as const).map((direction) => [
            direction,
            {
              for_each: own(direction).map((each) => ({
                ...each,
                cidrs: each.cidrs ?? [],
                groups: each.group ? [ref(`aws_security_group.${each.group}.id`)] : [],
              })),
              content: {
                from_port: ref(`${direction}.value.from`),
                to_port: ref(`${direction}.value.to`),
                protocol: ref(`${direction}.value.protocol`),
                cidr_blocks: ref(`${direction}.value.cidrs`),
                security_groups: ref(`${direction}.value.groups`),
              },
            },
          ]),
        ),
      });
      break;
    case 'rule':
      draft.add('aws_security_group', name, { name, vpc_id });
      rules.forEach((rule, at) => {
        draft.add('aws_security_group_rule', `${name}_${at}`, {
          type: rule.direction,
          security_group_id: ref(`aws_security_group.${name}.id`),
          from_port: rule.from,
          to_port: rule.to,
          protocol: rule.protocol === 'tcp' ? '6' : 'all',
          ...(rule.cidrs ? { cidr_blocks: rule.cidrs } : {}),
          ...(rule.group ? { source_security_group_id: ref(`aws_security_group.${rule.group}.id`) } : {}),
        });
      });
      break;
    case 'modern':
      draft.add('aws_security_group', name, { name, vpc_id });
      rules.forEach((rule, at) => {
        const common = {
          security_group_id: ref(`aws_security_group.${name}.id`),
          ip_protocol: rule.protocol,
          ...(rule.protocol === '-1' ? {} : { from_port: rule.from, to_port: rule.to }),
        };
        const type = `aws_vpc_security_group_${rule.direction}_rule`;
        if (rule.group)
          draft.add(type, `${name}_${at}`, {
            ...common,
            referenced_security_group_id: ref(`aws_security_group.${rule.group}.id`),
          });
        else
          draft.add(type, `${name}_${at}`, {
            for_each: ref(`toset(${JSON.stringify(rule.cidrs ?? [])})`),
            ...common,
            cidr_ipv4: ref('each.value'),
          });
      });
  }
  return ref(`aws_security_group.${name}.id`);
}

/** Groups of functions and endpoints, and the endpoints themselves. */
export function addEndpoints(draft: Draft): void {
  const { style } = draft;
  const [prefix, tier, open] = style.names;
  const vpc_id = ref(`aws_vpc.${prefix}.id`);
  const all: Rule = { direction: 'egress', protocol: '-1', from: 0, to: 0, cidrs: ['0.0.0.0/0'] };
  const inside: Rule = { direction: 'egress', protocol: 'tcp', from: 2049, to: 6379, cidrs: ['10.40.0.0/16'] };
  group(
    draft,
    'code',
    draft.is('egress-closed')
      ? [inside]
      : draft.is('dns-server-closed')
        ? [inside, { ...inside, from: 443, to: 443, cidrs: ['0.0.0.0/0'] }]
        : [all],
  );
  group(draft, 'vpce', [
    {
      direction: 'ingress',
      protocol: 'tcp',
      from: 443,
      to: 443,
      ...(draft.is('endpoint-group') ? { cidrs: ['10.99.0.0/16'] } : { group: 'code' }),
    },
  ]);
  const tables =
    style.main === 'default-table'
      ? [ref('aws_default_route_table.main.id')]
      : style.main === 'main-association'
        ? [ref(`aws_route_table.${tier}.id`)]
        : every(draft, 'aws_route_table', tier);
  addGateway(draft, vpc_id, draft.is('no-gateway-endpoint') ? [ref(`aws_route_table.${open}.id`)] : tables);
  const services = ['sqs', 'secretsmanager', 'sts'].filter(
    (each) => !(draft.is('no-nat-no-endpoint') && each === 'secretsmanager'),
  );
  const attributes = (service: string): Attributes => ({
    vpc_id,
    service_name: service,
    vpc_endpoint_type: 'Interface',
    ...(draft.is('private-dns-off') ? {} : { private_dns_enabled: true }),
  });
  const subnet_ids = draft.is('endpoint-one-zone')
    ? [ref(one(draft, 'aws_subnet', tier, 0))]
    : every(draft, 'aws_subnet', tier);
  const security_group_ids = [ref('aws_security_group.vpce.id')];
  if (style.endpoints === 'for_each') {
    draft.data('aws_region', 'current', {});
    draft.add('aws_vpc_endpoint', 'interface', {
      for_each: ref(`toset(${JSON.stringify(services)})`),
      ...attributes('com.amazonaws.${data.aws_region.current.name}.${each.key}'),
      subnet_ids,
      security_group_ids,
    });
    return;
  }
  for (const service of services) {
    const isSeparate = style.endpoints === 'associations' && !draft.is('endpoint-one-zone');
    draft.add('aws_vpc_endpoint', service, {
      ...attributes(`com.amazonaws.${REGION}.${service}`),
      security_group_ids,
      ...(isSeparate ? {} : { subnet_ids }),
    });
    if (isSeparate)
      for (const at of [0, 1])
        draft.add('aws_vpc_endpoint_subnet_association', `${service}_${at}`, {
          vpc_endpoint_id: ref(`aws_vpc_endpoint.${service}.id`),
          subnet_id: ref(one(draft, 'aws_subnet', tier, at)),
        });
  }
}

function addGateway(draft: Draft, vpc_id: string, tables: unknown): void {
  const isSeparate = draft.style.endpoints === 'associations' && Array.isArray(tables);
  for (const service of ['s3', 'dynamodb']) {
    draft.add('aws_vpc_endpoint', service, {
      vpc_id,
      service_name: `com.amazonaws.${REGION}.${service}`,
      ...(isSeparate ? {} : { route_table_ids: tables }),
      ...(service === 's3' && draft.is('endpoint-policy')
        ? {
            policy: JSON.stringify({
              Statement: [
                {
                  Effect: 'Allow',
                  Principal: '*',
                  Action: 's3:*',
                  Resource: ['arn:aws:s3:::else', 'arn:aws:s3:::else/*'],
                },
              ],
            }),
          }
        : {}),
    });
    if (isSeparate)
      tables.forEach((table, at) => {
        draft.add('aws_vpc_endpoint_route_table_association', `${service}_${at}`, {
          vpc_endpoint_id: ref(`aws_vpc_endpoint.${service}.id`),
          route_table_id: table,
        });
      });
  }
}
