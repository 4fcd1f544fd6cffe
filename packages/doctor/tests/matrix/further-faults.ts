import { type Config, listAt } from './config.ts';
import type { Fault } from './fault.ts';
import {
  DEFAULT,
  hasNat,
  interfaceEndpoints,
  isForeign,
  natRoutes,
  needsNat,
  privateSubnets,
  routes,
  setVariable,
  vpcOf,
} from './stack-parts.ts';

const ENTRY = { rule_no: 100, action: 'allow', protocol: '-1', from_port: 0, to_port: 0 };

function addAcl(config: Config, ingress: unknown[], egress: unknown[]): boolean {
  const vpc = vpcOf(config);
  if (!vpc || config.has('aws_network_acl') || config.inside().every(([name]) => /probe/.test(name))) return false;
  config.add('aws_network_acl', 'tight', {
    vpc_id: `\${aws_vpc.${vpc}.id}`,
    subnet_ids: privateSubnets(config).map((each) => `\${${each}.id}`),
    ingress,
    egress,
  });
  return true;
}

function calls(config: Config): boolean {
  return vpcOf(config) !== undefined && config.inside().some(([name]) => /process|compaction|worker/.test(name));
}

function deny(key: string, value: string, resource: unknown) {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: '*',
        Resource: resource,
        Condition: { StringNotEquals: { [key]: value } },
      },
    ],
  });
}

/** A second way to break what the other lists break, and what hides behind it. */
export const FURTHER_FAULTS: readonly Fault[] = [
  {
    name: "the NAT's own group lets nothing out",
    cause: 14,
    apply: (config) => {
      const group = config.all('aws_security_group').find(([name]) => name === 'out')?.[1];
      if (!needsNat(config) || !group || !Array.isArray(group.egress)) return false;
      group.egress = [];
      return true;
    },
  },
  {
    name: "the NAT instance's interface is attached to nothing",
    cause: 10,
    apply: (config) => {
      const instance = config.all('aws_instance').find(([, { network_interface }]) => network_interface)?.[1];
      if (!needsNat(config) || !instance || config.has('aws_autoscaling_group')) return false;
      delete instance.network_interface;
      return true;
    },
  },
  {
    name: "the VPC's DNS support is off",
    cause: 19,
    apply: (config) => {
      if (!calls(config)) return false;
      for (const [, vpc] of config.all('aws_vpc')) vpc.enable_dns_support = false;
      return true;
    },
  },
  {
    name: 'a network ACL lets only private ranges pass: what is behind gateway endpoints is public',
    cause: 21,
    apply: (config) => {
      const cidr = String(config.all('aws_vpc')[0]?.[1].cidr_block);
      const private_ = [{ ...ENTRY, cidr_block: cidr }];
      return calls(config) && addAcl(config, private_, private_);
    },
  },
  {
    name: 'a network ACL lets nothing out',
    cause: 21,
    apply: (config) => calls(config) && addAcl(config, [{ ...ENTRY, cidr_block: DEFAULT }], []),
  },
  {
    name: "the SQS endpoint's policy names another queue",
    cause: 34,
    hidden_in_plans: true,
    apply: (config) => {
      const [found] = interfaceEndpoints(config, 'sqs');
      if (!found || !calls(config)) return false;
      found[1].policy = JSON.stringify({
        Statement: [
          { Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: 'arn:aws:sqs:eu-west-1:111122223333:other' },
        ],
      });
      return true;
    },
  },
  {
    name: 'a queue demands another VPC',
    cause: 35,
    hidden_in_plans: true,
    apply: (config) => {
      if (!isForeign(config) || interfaceEndpoints(config, 'sqs').length === 0) return false;
      config.add('aws_sqs_queue_policy', 'guard', {
        queue_url: '${aws_sqs_queue.mails.id}',
        policy: deny('aws:SourceVpc', 'vpc-0aaaabbbbccccdddd', '${aws_sqs_queue.mails.arn}'),
      });
      return true;
    },
  },
  {
    name: 'a secret demands another endpoint',
    cause: 35,
    hidden_in_plans: true,
    apply: (config) => {
      if (!isForeign(config) || interfaceEndpoints(config, 'secretsmanager').length === 0) return false;
      config.add('aws_secretsmanager_secret_policy', 'guard', {
        secret_arn: '${aws_secretsmanager_secret.key.arn}',
        policy: deny('aws:SourceVpce', 'vpce-0aaaabbbbccccdddd', '*'),
      });
      return true;
    },
  },
  {
    name: 'a resolver rule forwards amazonaws.com to a data centre',
    cause: 38,
    apply: (config) => {
      if (!calls(config)) return false;
      config.add('aws_route53_resolver_rule', 'away', {
        domain_name: 'amazonaws.com',
        rule_type: 'FORWARD',
        target_ip: [{ ip: '10.250.0.2' }],
      });
      config.add('aws_route53_resolver_rule_association', 'away', {
        resolver_rule_id: '${aws_route53_resolver_rule.away.id}',
        vpc_id: `\${aws_vpc.${vpcOf(config)}.id}`,
      });
      return true;
    },
  },
  {
    name: 'a DNS firewall blocks amazonaws.com',
    cause: 38,
    apply: (config) => {
      if (!calls(config)) return false;
      config.add('aws_route53_resolver_firewall_domain_list', 'wall', { name: 'wall', domains: ['*.amazonaws.com'] });
      config.add('aws_route53_resolver_firewall_rule_group', 'wall', { name: 'wall' });
      config.add('aws_route53_resolver_firewall_rule', 'wall', {
        name: 'wall',
        action: 'BLOCK',
        block_response: 'NODATA',
        priority: 100,
        firewall_domain_list_id: '${aws_route53_resolver_firewall_domain_list.wall.id}',
        firewall_rule_group_id: '${aws_route53_resolver_firewall_rule_group.wall.id}',
      });
      config.add('aws_route53_resolver_firewall_rule_group_association', 'wall', {
        name: 'wall',
        priority: 200,
        firewall_rule_group_id: '${aws_route53_resolver_firewall_rule_group.wall.id}',
        vpc_id: `\${aws_vpc.${vpcOf(config)}.id}`,
      });
      return true;
    },
  },
  {
    name: 'the database takes TLS only, and is spoken to in clear',
    cause: 44,
    hidden_in_plans: true,
    apply: (config) => {
      const database = config.all('aws_db_instance')[0]?.[1];
      if (!database || !isForeign(config)) return false;
      config.add('aws_db_parameter_group', 'strict', {
        name: 'strict',
        family: 'postgres16',
        parameter: [{ name: 'rds.force_ssl', value: '1' }],
      });
      database.parameter_group_name = '${aws_db_parameter_group.strict.name}';
      return setVariable(
        config,
        'DATABASE_URL',
        'postgres://app@${aws_db_instance.sql.address}:5432/app?sslmode=disable',
      );
    },
  },
  {
    name: 'the internet is reached through a transit gateway that has no route',
    cause: 31,
    hidden_in_flat_plans: true,
    apply: (config) => {
      const vpc = vpcOf(config);
      if (!vpc || !needsNat(config) || !isForeign(config)) return false;
      config.add('aws_ec2_transit_gateway', 'hub', {});
      config.add('aws_ec2_transit_gateway_vpc_attachment', 'own', {
        transit_gateway_id: '${aws_ec2_transit_gateway.hub.id}',
        vpc_id: `\${aws_vpc.${vpc}.id}`,
        subnet_ids: privateSubnets(config).map((each) => `\${${each}.id}`),
      });
      for (const { route } of natRoutes(config)) {
        for (const name of ['nat_gateway_id', 'network_interface_id', 'instance_id']) delete route[name];
        route.transit_gateway_id = '${aws_ec2_transit_gateway.hub.id}';
      }
      return true;
    },
  },
  {
    name: 'a function calls an endpoint that was deleted',
    cause: 41,
    hidden_in_plans: true,
    apply: (config) =>
      isForeign(config) &&
      interfaceEndpoints(config, 'sqs').length > 0 &&
      setVariable(
        config,
        'AWS_ENDPOINT_URL_SQS',
        'https://vpce-0123456789abcdef0-abcdefgh.sqs.eu-west-1.vpce.amazonaws.com',
      ),
  },
  {
    name: 'the interface endpoints stand in public subnets of one zone only',
    cause: 40,
    apply: (config) => {
      const [found] = interfaceEndpoints(config, 'sqs');
      if (!found || !calls(config) || listAt(found[1], 'subnet_ids').length < 2 || !config.has('aws_subnet'))
        return false;
      const open = config.all('aws_subnet').find(([name]) => /^dmz_a$/.test(name))?.[0];
      if (!open) return false;
      found[1].subnet_ids = [`\${aws_subnet.${open}.id}`];
      return true;
    },
  },
  {
    name: 'both private subnets stand in one zone',
    cause: null,
    rule: 'one-zone',
    apply: (config) => {
      const names = privateSubnets(config).map((each) => each.split('.')[1] ?? '');
      const subnets = config.all('aws_subnet').filter(([name]) => names.includes(name));
      if (subnets.length < 2 || config.has('aws_efs_mount_target')) return false;
      for (const [, subnet] of subnets) {
        if (subnet.availability_zone_id) subnet.availability_zone_id = subnets[0]?.[1].availability_zone_id;
        else subnet.availability_zone = subnets[0]?.[1].availability_zone;
      }
      return true;
    },
  },
  {
    name: 'an endpoint stands there that nothing uses',
    cause: null,
    rule: 'unused-endpoint',
    hidden_in_plans: true,
    apply: (config) => {
      const vpc = vpcOf(config);
      if (!vpc || config.inside().length === 0) return false;
      config.add('aws_vpc_endpoint', 'tongues', {
        vpc_id: `\${aws_vpc.${vpc}.id}`,
        service_name: 'com.amazonaws.eu-west-1.translate',
        vpc_endpoint_type: 'Interface',
        private_dns_enabled: true,
        subnet_ids: privateSubnets(config).map((each) => `\${${each}.id}`),
        security_group_ids: interfaceEndpoints(config)[0]?.[1].security_group_ids ?? [],
      });
      return true;
    },
  },
  {
    name: 'a function needs nothing in its VPC',
    cause: null,
    rule: 'detach-function',
    hidden_in_plans: true,
    apply: (config) =>
      isForeign(config) &&
      !['aws_db_instance', 'aws_elasticache_replication_group', 'aws_efs_file_system'].some((type) => config.has(type)),
  },
  {
    name: 'files are mounted by a function with a short limit',
    cause: null,
    rule: 'files-short-limit',
    apply: (config) => {
      const mounting = config.inside().find(([, { file_system_config }]) => file_system_config);
      if (!mounting) return false;
      mounting[1].timeout = 10;
      return true;
    },
  },
  {
    name: 'S3 invokes a function that has no dead letters',
    cause: null,
    rule: 'no-dead-letters',
    apply: (config) => {
      if (!isForeign(config)) return false;
      config.add('aws_lambda_permission', 'docs', {
        action: 'lambda:InvokeFunction',
        function_name: '${aws_lambda_function.edge.function_name}',
        principal: 's3.amazonaws.com',
      });
      return true;
    },
  },
  {
    name: 'S3 takes the NAT although a gateway endpoint is free',
    cause: null,
    rule: 'gateway-endpoint-saves',
    apply: (config) => {
      const found = config.all('aws_vpc_endpoint').find(([, { service_name }]) => String(service_name).endsWith('.s3'));
      if (!hasNat(config) || !found || !calls(config) || routes(config).length === 0) return false;
      config.remove('aws_vpc_endpoint', found[0]);
      return true;
    },
  },
];
