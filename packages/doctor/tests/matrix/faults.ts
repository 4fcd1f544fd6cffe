import { type Attributes, addressOf, type Config, listAt, objectAt } from './config.ts';
import type { Random } from './random.ts';

/** One way to break a stack: false where this stack cannot be broken so. */
export interface Fault {
  readonly name: string;
  /** The number that a finding has to name; null: the rule's id in `rule`. */
  readonly cause: number | null;
  readonly rule?: string;
  apply(config: Config, random: Random): boolean;
}

const DEFAULT = '0.0.0.0/0';
const NAT_TARGETS = ['nat_gateway_id', 'network_interface_id', 'instance_id'];

interface RouteAt {
  readonly table: string;
  readonly route: Attributes;
  remove(): void;
}

/** Every route of every table, wherever it is written. */
function routes(config: Config): RouteAt[] {
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

function natRoutes(config: Config): RouteAt[] {
  return routes(config).filter(({ route }) => NAT_TARGETS.some((name) => route[name] !== undefined));
}

function igwRoutes(config: Config): RouteAt[] {
  return routes(config).filter(({ route }) => String(route.gateway_id ?? '').includes('aws_internet_gateway'));
}

/** Whether something has to go through the NAT for sure. */
function needsNat(config: Config): boolean {
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

function functionGroups(config: Config): string[] {
  return [
    ...new Set(
      config.inside().flatMap(([, fn]) => listAt(objectAt(fn, 'vpc_config'), 'security_group_ids').map(addressOf)),
    ),
  ];
}

/** Takes the rules of a group away that `fits`; whether there were any. */
function closeGroup(
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

function groupsOf(config: Config, type: string, attribute: string): string[] {
  return [...new Set(config.all(type).flatMap(([, value]) => listAt(value, attribute).map(addressOf)))].filter(Boolean);
}

function privateSubnets(config: Config): string[] {
  return [
    ...new Set(config.inside().flatMap(([, fn]) => listAt(objectAt(fn, 'vpc_config'), 'subnet_ids').map(addressOf))),
  ].filter((each) => each !== '');
}

function interfaceEndpoints(config: Config, ...services: string[]): [string, Attributes][] {
  return config
    .all('aws_vpc_endpoint')
    .filter(
      ([, { vpc_endpoint_type, service_name }]) =>
        vpc_endpoint_type === 'Interface' &&
        (services.length === 0 || services.some((each) => String(service_name).endsWith(`.${each}`))),
    );
}

function setVariable(config: Config, name: string, value: string): boolean {
  const [found] = config.inside().filter(([each]) => !/probe/.test(each));
  if (!found) return false;
  const [, fn] = found;
  fn.environment = { variables: { ...objectAt(objectAt(fn, 'environment'), 'variables'), [name]: value } };
  return true;
}

const isForeign = (config: Config) => config.all('aws_lambda_function').some(([name]) => name === 'worker');
const hasNat = (config: Config) => natRoutes(config).length > 0;
const vpcOf = (config: Config) => config.all('aws_vpc')[0]?.[0];

export const FAULTS: readonly Fault[] = [
  {
    name: 'default routes of the private tables are gone',
    cause: 1,
    apply: (config) => {
      if (!needsNat(config)) return false;
      for (const each of natRoutes(config)) each.remove();
      return true;
    },
  },
  {
    name: 'the default route of one private table is gone',
    cause: 36,
    apply: (config, random) => {
      const found = natRoutes(config);
      if (!needsNat(config) || new Set(found.map(({ table }) => table)).size < 2) return false;
      random.pick(found).remove();
      return true;
    },
  },
  {
    name: 'functions stand in public subnets',
    cause: 2,
    apply: (config) => {
      const open = igwRoutes(config)[0]?.table;
      const subnets = config
        .all('aws_route_table_association')
        .filter(([, { route_table_id }]) => addressOf(route_table_id) === open);
      if (!open || !needsNat(config)) return false;
      for (const [, fn] of config.inside())
        fn.vpc_config = { ...objectAt(fn, 'vpc_config'), subnet_ids: subnets.map(([, { subnet_id }]) => subnet_id) };
      return subnets.length > 0 && !config.has('aws_efs_mount_target');
    },
  },
  {
    name: 'the S3 gateway endpoint is gone, without a NAT',
    cause: 3,
    apply: (config) => {
      const found = config.all('aws_vpc_endpoint').find(([, { service_name }]) => String(service_name).endsWith('.s3'));
      if (
        hasNat(config) ||
        !found ||
        config.inside().length === 0 ||
        !vpcOf(config) ||
        !config.inside().some(([name]) => /process|compaction|worker/.test(name))
      )
        return false;
      config.remove('aws_vpc_endpoint', found[0]);
      return true;
    },
  },
  {
    name: 'the DynamoDB gateway endpoint has lost a route table, without a NAT',
    cause: 3,
    apply: (config) => {
      const found = config
        .all('aws_vpc_endpoint')
        .find(([, { service_name }]) => String(service_name).endsWith('.dynamodb'));
      if (
        hasNat(config) ||
        !found ||
        !vpcOf(config) ||
        !config.inside().some(([name]) => /process|compaction|worker/.test(name))
      )
        return false;
      found[1].route_table_ids = listAt(found[1], 'route_table_ids').slice(0, -1);
      return true;
    },
  },
  {
    name: 'the SQS endpoint is gone, without a NAT',
    cause: 4,
    apply: (config) => {
      const [found] = interfaceEndpoints(config, 'sqs');
      if (
        hasNat(config) ||
        !found ||
        !vpcOf(config) ||
        !config.inside().some(([name]) => /process|compaction|worker/.test(name))
      )
        return false;
      config.remove('aws_vpc_endpoint', found[0]);
      return true;
    },
  },
  {
    name: "the database's group admits nothing",
    cause: 5,
    apply: (config) =>
      groupsOf(config, 'aws_db_instance', 'vpc_security_group_ids').some((group) =>
        closeGroup(config, group, 'ingress', () => true),
      ),
  },
  {
    name: "the cache's group admits nothing",
    cause: 5,
    apply: (config) =>
      groupsOf(config, 'aws_elasticache_replication_group', 'security_group_ids').some((group) =>
        closeGroup(config, group, 'ingress', () => true),
      ),
  },
  {
    name: 'STS is called at its global host',
    cause: 6,
    apply: (config) => {
      if (hasNat(config) || interfaceEndpoints(config, 'sts').length === 0 || !isForeign(config)) return false;
      const policy = config.all('aws_iam_role_policy').find(([name]) => name === 'worker')?.[1];
      if (!policy) return false;
      policy.policy = String(policy.policy).replace(
        '"Statement":[',
        '"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::111122223333:role/other"},',
      );
      return setVariable(config, 'AWS_STS_REGIONAL_ENDPOINTS', 'legacy');
    },
  },
  {
    name: 'a queue is called at its legacy host',
    cause: 6,
    apply: (config) =>
      !hasNat(config) &&
      isForeign(config) &&
      interfaceEndpoints(config, 'sqs').length > 0 &&
      setVariable(config, 'OLD_QUEUE', 'https://eu-west-1.queue.amazonaws.com/111122223333/mails'),
  },
  {
    name: 'a function has the default time-out',
    cause: 7,
    apply: (config, random) => {
      const inside = config.inside().filter(([name]) => !/probe/.test(name));
      if (inside.length === 0) return false;
      random.pick(inside)[1].timeout = 3;
      return true;
    },
  },
  {
    name: "the function has left its database's VPC",
    cause: 9,
    apply: (config) => {
      if (!config.has('aws_db_instance') || config.has('aws_efs_mount_target')) return false;
      for (const [, fn] of config.inside()) delete fn.vpc_config;
      return true;
    },
  },
  {
    name: 'the NAT that routes lead to is gone',
    cause: 10,
    apply: (config) => {
      if (!needsNat(config)) return false;
      const target = natRoutes(config)[0]?.route;
      const address = addressOf(target?.nat_gateway_id ?? target?.network_interface_id ?? target?.instance_id);
      const [type = '', name = ''] = address.split('.');
      config.remove(type, name);
      config.remove(
        'aws_eip_association',
        config.referring('aws_eip_association', 'network_interface_id', address)[0]?.[0] ?? '',
      );
      return true;
    },
  },
  {
    name: 'the public subnets have lost their default route',
    cause: 11,
    apply: (config) => {
      if (!needsNat(config) || igwRoutes(config).length === 0) return false;
      for (const each of igwRoutes(config)) each.remove();
      return true;
    },
  },
  {
    name: 'the NAT gateway stands in a private subnet',
    cause: 11,
    apply: (config) => {
      const [subnet] = privateSubnets(config);
      if (!config.has('aws_nat_gateway') || !needsNat(config) || !subnet) return false;
      for (const [, nat] of config.all('aws_nat_gateway')) nat.subnet_id = `\${${subnet}.id}`;
      return true;
    },
  },
  {
    name: "the NAT instance's source/destination check is on",
    cause: 12,
    apply: (config) => {
      if (!needsNat(config)) return false;
      const found = [...config.all('aws_network_interface'), ...config.all('aws_instance')].filter(
        ([, value]) => value.source_dest_check === false,
      );
      for (const [, value] of found) value.source_dest_check = true;
      return found.length > 0;
    },
  },
  {
    name: 'user data of the NAT does not masquerade',
    cause: 13,
    apply: (config) => {
      const found = [...config.all('aws_instance'), ...config.all('aws_launch_template')].filter(([, { user_data }]) =>
        /masquerade/i.test(String(user_data)),
      );
      for (const [, value] of found)
        value.user_data = String(value.user_data)
          .replaceAll(/masquerade/gi, 'accept')
          .replaceAll(/snat/gi, 'drop');
      return found.length > 0 && needsNat(config);
    },
  },
  {
    name: "the NAT's group admits nothing",
    cause: 14,
    apply: (config) => {
      if (!needsNat(config)) return false;
      const groups = [
        ...groupsOf(config, 'aws_network_interface', 'security_groups'),
        ...groupsOf(config, 'aws_instance', 'vpc_security_group_ids'),
      ];
      return groups.map((group) => closeGroup(config, group, 'ingress', () => true)).some(Boolean);
    },
  },
  {
    name: "the function's group lets no 443 out",
    cause: 16,
    apply: (config) =>
      config.inside().some(([name]) => !/probe/.test(name)) &&
      functionGroups(config)
        .map((group) => closeGroup(config, group, 'egress', (port) => port === 443))
        .some(Boolean),
  },
  {
    name: "DNS servers of one's own, and no port 53 out",
    cause: 17,
    apply: (config) => {
      const vpc = vpcOf(config);
      if (!vpc || config.inside().length === 0) return false;
      const cidr = String(config.all('aws_vpc')[0]?.[1].cidr_block).split('.').slice(0, 2).join('.');
      config.add('aws_vpc_dhcp_options', 'own', { domain_name_servers: [`${cidr}.101.53`] });
      config.add('aws_vpc_dhcp_options_association', 'own', {
        vpc_id: `\${aws_vpc.${vpc}.id}`,
        dhcp_options_id: '${aws_vpc_dhcp_options.own.id}',
      });
      return true;
    },
  },
  {
    name: 'DHCP options name a server in another network',
    cause: 18,
    apply: (config) => {
      const vpc = vpcOf(config);
      if (!vpc || config.inside().length === 0 || hasNat(config)) return false;
      config.add('aws_vpc_dhcp_options', 'far', { domain_name_servers: ['192.168.77.53'] });
      config.add('aws_vpc_dhcp_options_association', 'far', {
        vpc_id: `\${aws_vpc.${vpc}.id}`,
        dhcp_options_id: '${aws_vpc_dhcp_options.far.id}',
      });
      return true;
    },
  },
  {
    name: 'private DNS of the SQS endpoint is off',
    cause: 19,
    apply: (config) => {
      const [found] = interfaceEndpoints(config, 'sqs');
      if (!found || !vpcOf(config) || !config.inside().some(([name]) => /process|compaction|worker/.test(name)))
        return false;
      found[1].private_dns_enabled = false;
      return true;
    },
  },
  {
    name: "the VPC's DNS hostnames are off",
    cause: 19,
    apply: (config) => {
      if (
        interfaceEndpoints(config, 'sqs').length === 0 ||
        !vpcOf(config) ||
        !config.inside().some(([name]) => /process|compaction|worker/.test(name))
      )
        return false;
      for (const [, vpc] of config.all('aws_vpc')) vpc.enable_dns_hostnames = false;
      return true;
    },
  },
  {
    name: "the endpoints' group admits nothing",
    cause: 20,
    apply: (config) =>
      config.inside().some(([name]) => /process|compaction|worker/.test(name)) &&
      groupsOf(config, 'aws_vpc_endpoint', 'security_group_ids')
        .map((group) => closeGroup(config, group, 'ingress', () => true))
        .some(Boolean),
  },
  {
    name: 'a network ACL refuses the return ports',
    cause: 21,
    apply: (config) => {
      const vpc = vpcOf(config);
      if (!vpc || config.inside().every(([name]) => /probe/.test(name)) || config.has('aws_network_acl')) return false;
      const rule = (rule_no: number, action: string, from_port: number, to_port: number) => ({
        rule_no,
        action,
        protocol: 'tcp',
        from_port,
        to_port,
        cidr_block: DEFAULT,
      });
      config.add('aws_network_acl', 'tight', {
        vpc_id: `\${aws_vpc.${vpc}.id}`,
        subnet_ids: privateSubnets(config).map((each) => `\${${each}.id}`),
        egress: [rule(100, 'allow', 0, 65_535)],
        ingress: [rule(100, 'allow', 443, 443), rule(110, 'allow', 2049, 2049)],
      });
      return true;
    },
  },
  {
    name: 'an entry of the network ACL denies the ephemeral ports first',
    cause: 21,
    apply: (config) => {
      if (!config.has('aws_network_acl')) return false;
      config.add('aws_network_acl_rule', 'deny', {
        network_acl_id: '${aws_network_acl.work.id}',
        egress: false,
        rule_number: 50,
        protocol: '6',
        rule_action: 'deny',
        from_port: 30_000,
        to_port: 65_535,
        cidr_block: DEFAULT,
      });
      return true;
    },
  },
  {
    name: 'an endpoint for private APIs answers for a public one',
    cause: 22,
    apply: (config) => {
      const vpc = vpcOf(config);
      const [subnet] = privateSubnets(config);
      if (!vpc || !subnet || !isForeign(config)) return false;
      config.add('aws_vpc_endpoint', 'apis', {
        vpc_id: `\${aws_vpc.${vpc}.id}`,
        service_name: 'com.amazonaws.eu-west-1.execute-api',
        vpc_endpoint_type: 'Interface',
        private_dns_enabled: true,
        subnet_ids: privateSubnets(config).map((each) => `\${${each}.id}`),
        security_group_ids: ['${aws_security_group.doors.id}'],
      });
      return setVariable(config, 'PARTNER_API', 'https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/prod');
    },
  },
  {
    name: 'a queue is in another region, without a NAT',
    cause: 23,
    apply: (config) =>
      isForeign(config) &&
      !hasNat(config) &&
      setVariable(config, 'FAR_QUEUE', 'https://sqs.us-west-2.amazonaws.com/111122223333/far'),
  },
  {
    name: 'a third party is called, without a NAT',
    cause: 24,
    apply: (config) =>
      isForeign(config) && !hasNat(config) && setVariable(config, 'PAY_URL', 'https://api.payments.example.com/v1'),
  },
  {
    name: 'a private subnet has eleven addresses',
    cause: 26,
    apply: (config, random) => {
      const subnets = privateSubnets(config);
      if (subnets.length === 0) return false;
      const [, name = ''] = random.pick(subnets).split('.');
      const found = config.all('aws_subnet').find(([each]) => each === name)?.[1];
      if (!found) return false;
      found.cidr_block = String(found.cidr_block).replace(/\/\d+$/, '/28');
      return true;
    },
  },
  {
    name: 'a role may not make network interfaces',
    cause: 27,
    apply: (config) => {
      const [attached] = config
        .all('aws_iam_role_policy_attachment')
        .filter(([, { policy_arn }]) => String(policy_arn).includes('VPCAccess'));
      if (attached) {
        attached[1].policy_arn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
        return true;
      }
      const [inline] = config
        .all('aws_iam_role_policy')
        .filter(([, { policy }]) => String(policy).includes('LambdaMakesTheInterface'));
      if (!inline) return false;
      inline[1].policy = String(inline[1].policy).replace('"ec2:CreateNetworkInterface",', '');
      return true;
    },
  },
  {
    name: 'an extension reads secrets that cannot be reached',
    cause: 29,
    apply: (config) => {
      const [endpoint] = interfaceEndpoints(config, 'secretsmanager');
      const worker = config.inside().find(([name]) => name === 'worker')?.[1];
      if (hasNat(config) || !endpoint || !worker) return false;
      config.remove('aws_vpc_endpoint', endpoint[0]);
      worker.layers = ['arn:aws:lambda:eu-west-1:015030872274:layer:AWS-Parameters-and-Secrets-Lambda-Extension:12'];
      return true;
    },
  },
  {
    name: 'a function has 128 MB',
    cause: 30,
    apply: (config, random) => {
      const inside = config.inside().filter(([name]) => !/probe/.test(name));
      if (inside.length === 0) return false;
      random.pick(inside)[1].memory_size = 128;
      return true;
    },
  },
  {
    name: 'a database in a peered VPC has no route back',
    cause: 31,
    apply: (config) => {
      const vpc = vpcOf(config);
      if (
        !isForeign(config) ||
        !vpc ||
        config.has('aws_db_instance') ||
        config.all('aws_default_route_table').length > 0
      )
        return false;
      config.add('aws_vpc', 'other', { cidr_block: '10.200.0.0/16' });
      for (const zone of ['a', 'b'])
        config.add('aws_subnet', `other_${zone}`, {
          vpc_id: '${aws_vpc.other.id}',
          cidr_block: `10.200.${zone === 'a' ? 1 : 2}.0/24`,
          availability_zone: `eu-west-1${zone}`,
        });
      config.add('aws_vpc_peering_connection', 'other', {
        vpc_id: `\${aws_vpc.${vpc}.id}`,
        peer_vpc_id: '${aws_vpc.other.id}',
        auto_accept: true,
      });
      for (const [name] of config.all('aws_route_table'))
        config.add('aws_route', `peer_${name}`, {
          route_table_id: `\${aws_route_table.${name}.id}`,
          destination_cidr_block: '10.200.0.0/16',
          vpc_peering_connection_id: '${aws_vpc_peering_connection.other.id}',
        });
      config.add('aws_security_group', 'peer', {
        vpc_id: '${aws_vpc.other.id}',
        ingress: [{ protocol: 'tcp', from_port: 5432, to_port: 5432, cidr_blocks: ['172.20.0.0/16'] }],
        egress: [],
      });
      config.add('aws_db_subnet_group', 'peer', {
        name: 'peer',
        subnet_ids: ['${aws_subnet.other_a.id}', '${aws_subnet.other_b.id}'],
      });
      config.add('aws_db_instance', 'peer', {
        engine: 'postgres',
        db_subnet_group_name: '${aws_db_subnet_group.peer.name}',
        vpc_security_group_ids: ['${aws_security_group.peer.id}'],
      });
      const group = config.all('aws_security_group').find(([name]) => name === 'code')?.[1];
      if (group && Array.isArray(group.egress))
        group.egress.push({ protocol: 'tcp', from_port: 5432, to_port: 5432, cidr_blocks: ['10.200.0.0/16'] });
      else
        config.add('aws_security_group_rule', 'to_peer', {
          type: 'egress',
          security_group_id: '${aws_security_group.code.id}',
          protocol: 'tcp',
          from_port: 5432,
          to_port: 5432,
          cidr_blocks: ['10.200.0.0/16'],
        });
      const acl = config.all('aws_network_acl')[0]?.[0];
      if (acl) {
        config.add('aws_network_acl_rule', 'peer_out', {
          network_acl_id: `\${aws_network_acl.${acl}.id}`,
          egress: true,
          rule_number: 200,
          protocol: '-1',
          rule_action: 'allow',
          cidr_block: '10.200.0.0/16',
        });
        config.add('aws_network_acl_rule', 'peer_in', {
          network_acl_id: `\${aws_network_acl.${acl}.id}`,
          egress: false,
          rule_number: 200,
          protocol: '-1',
          rule_action: 'allow',
          cidr_block: '10.200.0.0/16',
        });
      }
      return setVariable(config, 'LEDGER_DB', '${aws_db_instance.peer.address}');
    },
  },
  {
    name: 'a mount target is gone',
    cause: 32,
    apply: (config, random) => {
      const found = config.all('aws_efs_mount_target');
      if (found.length === 0) return false;
      const [name] = random.pick(found);
      config.remove('aws_efs_mount_target', name);
      for (const [, fn] of config.all('aws_lambda_function'))
        if (Array.isArray(fn.depends_on)) fn.depends_on = fn.depends_on.filter((each) => !String(each).endsWith(name));
      return true;
    },
  },
  {
    name: "the file system's group admits no NFS",
    cause: 32,
    apply: (config) =>
      groupsOf(config, 'aws_efs_mount_target', 'security_groups').some((group) =>
        closeGroup(config, group, 'ingress', () => true),
      ),
  },
  {
    name: 'the internet gateway is attached to nothing',
    cause: 33,
    apply: (config) => {
      if (!needsNat(config)) return false;
      for (const [, gateway] of config.all('aws_internet_gateway')) delete gateway.vpc_id;
      return config.has('aws_internet_gateway');
    },
  },
  {
    name: "the S3 endpoint's policy names another bucket",
    cause: 34,
    apply: (config) => {
      const found = config
        .all('aws_vpc_endpoint')
        .find(([, { service_name }]) => String(service_name).endsWith('.s3'))?.[1];
      if (!found || !vpcOf(config) || !config.inside().some(([name]) => /process|compaction|worker/.test(name)))
        return false;
      found.policy = JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: '*',
            Action: 's3:*',
            Resource: ['arn:aws:s3:::somebody-elses/*', 'arn:aws:s3:::al2023-repos-us-east-1-de612dc2/*'],
          },
        ],
      });
      return true;
    },
  },
  {
    name: 'a bucket demands another endpoint',
    cause: 35,
    apply: (config) => {
      const [bucket] = config.all('aws_s3_bucket').filter(([name]) => /docs|artifacts/.test(name));
      if (
        !bucket ||
        !vpcOf(config) ||
        !config.all('aws_vpc_endpoint').some(([, { service_name }]) => String(service_name).endsWith('.s3')) ||
        !config.inside().some(([name]) => /process|compaction|worker/.test(name))
      )
        return false;
      for (const [name] of config.referring('aws_s3_bucket_policy', 'bucket', bucket[0]))
        config.remove('aws_s3_bucket_policy', name);
      const arn = `\${aws_s3_bucket.${bucket[0]}.arn}`;
      config.add('aws_s3_bucket_policy', 'guard', {
        bucket: `\${aws_s3_bucket.${bucket[0]}.id}`,
        policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Deny',
              Principal: '*',
              Action: 's3:*',
              Resource: [arn, `${arn}/*`],
              Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-0aaaabbbbccccdddd' } },
            },
          ],
        }),
      });
      return true;
    },
  },
  {
    name: 'IPv6 without a way out',
    cause: 37,
    apply: (config) => {
      if (!needsNat(config)) return false;
      for (const each of privateSubnets(config)) {
        const subnet = config.all('aws_subnet').find(([name]) => `aws_subnet.${name}` === each)?.[1];
        if (subnet) subnet.ipv6_cidr_block = '2a05:d018:1::/64';
      }
      for (const [, fn] of config.inside())
        fn.vpc_config = { ...objectAt(fn, 'vpc_config'), ipv6_allowed_for_dual_stack: true };
      return true;
    },
  },
  {
    name: 'a private zone answers for amazonaws.com',
    cause: 38,
    apply: (config) => {
      const vpc = vpcOf(config);
      if (!vpc || !config.inside().some(([name]) => !/probe/.test(name))) return false;
      config.add('aws_route53_zone', 'shadow', { name: 'amazonaws.com', vpc: [{ vpc_id: `\${aws_vpc.${vpc}.id}` }] });
      return true;
    },
  },
  {
    name: 'the SQS endpoint stands in one zone',
    cause: 40,
    apply: (config) => {
      const [found] = interfaceEndpoints(config, 'sqs');
      const subnets = found ? listAt(found[1], 'subnet_ids') : [];
      if (
        !found ||
        subnets.length < 2 ||
        !vpcOf(config) ||
        !config.inside().some(([name]) => /process|compaction|worker/.test(name))
      )
        return false;
      found[1].subnet_ids = subnets.slice(0, 1);
      return true;
    },
  },
  {
    name: 'AWS_ENDPOINT_URL sends every service to one host',
    cause: 41,
    apply: (config) =>
      setVariable(
        config,
        'AWS_ENDPOINT_URL',
        'https://vpce-0123456789abcdef0-abcdefgh.sqs.eu-west-1.vpce.amazonaws.com',
      ),
  },
  {
    name: 'a firewall stands in the path',
    cause: 43,
    apply: (config) => {
      const vpc = vpcOf(config);
      if (!vpc || !needsNat(config)) return false;
      config.add('aws_vpc_endpoint', 'wall', {
        vpc_id: `\${aws_vpc.${vpc}.id}`,
        vpc_endpoint_type: 'GatewayLoadBalancer',
        service_name: 'com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0',
      });
      for (const { route } of natRoutes(config)) {
        for (const name of NAT_TARGETS) delete route[name];
        route.vpc_endpoint_id = '${aws_vpc_endpoint.wall.id}';
      }
      return true;
    },
  },
  {
    name: 'a cache that takes TLS only is spoken to in clear',
    cause: 44,
    apply: (config) =>
      config.has('aws_elasticache_replication_group') &&
      setVariable(
        config,
        'REDIS_URL',
        'redis://${aws_elasticache_replication_group.cache.primary_endpoint_address}:6379',
      ),
  },
  {
    name: 'visibility is shorter than six time-outs',
    cause: null,
    rule: 'visibility-too-short',
    apply: (config) => {
      const queue = config.all('aws_sqs_queue').find(([name]) => /^(orders|.*ocr-results-queue_)/.test(name));
      if (!queue) return false;
      queue[1].visibility_timeout_seconds = 45;
      return true;
    },
  },
  {
    name: 'a queue has no dead letters',
    cause: null,
    rule: 'no-dead-letters',
    apply: (config) => {
      const queue = config.all('aws_sqs_queue').find(([name]) => /^(orders$|.*ocr-results-queue_)/.test(name));
      if (!queue) return false;
      delete queue[1].redrive_policy;
      return true;
    },
  },
  {
    name: 'a mapping is off',
    cause: null,
    rule: 'mapping-off',
    apply: (config, random) => {
      const found = config.all('aws_lambda_event_source_mapping');
      if (found.length === 0) return false;
      random.pick(found)[1].enabled = false;
      return true;
    },
  },
  {
    name: 'a function is throttled to nothing',
    cause: null,
    rule: 'mapping-off',
    apply: (config, random) => {
      random.pick(config.all('aws_lambda_function'))[1].reserved_concurrent_executions = 0;
      return true;
    },
  },
  {
    name: "the endpoints' group is open to the world",
    cause: null,
    rule: 'endpoint-group-open',
    apply: (config) => {
      const [group] = groupsOf(config, 'aws_vpc_endpoint', 'security_group_ids');
      if (!group) return false;
      config.add('aws_vpc_security_group_ingress_rule', 'world', {
        security_group_id: `\${${group}.id}`,
        ip_protocol: 'tcp',
        from_port: 443,
        to_port: 443,
        cidr_ipv4: DEFAULT,
      });
      return true;
    },
  },
];
