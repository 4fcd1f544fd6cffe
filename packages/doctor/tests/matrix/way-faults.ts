import { addressOf, objectAt } from './config.ts';
import type { Fault } from './fault.ts';
import {
  closeGroup,
  DEFAULT,
  groupsOf,
  igwRoutes,
  isForeign,
  NAT_TARGETS,
  natRoutes,
  needsNat,
  privateSubnets,
  setVariable,
  vpcOf,
} from './stack-parts.ts';

/** Ways out of a subnet: routes, gateways, NATs, ACLs, links to other networks. */
export const WAY_FAULTS: readonly Fault[] = [
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
    name: 'the NAT that routes lead to is gone',
    cause: 10,
    hidden_in_flat_plans: true,
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
    name: 'the internet gateway is attached to nothing',
    cause: 33,
    apply: (config) => {
      if (!needsNat(config)) return false;
      for (const [, gateway] of config.all('aws_internet_gateway')) delete gateway.vpc_id;
      return config.has('aws_internet_gateway');
    },
  },
  {
    name: 'IPv6 without a way out',
    cause: 37,
    hidden_in_flat_plans: true,
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
    name: 'a firewall stands in the path',
    cause: 43,
    hidden_in_flat_plans: true,
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
];
