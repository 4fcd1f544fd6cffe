import { listAt } from './config.ts';
import type { Fault } from './fault.ts';
import {
  closeGroup,
  groupsOf,
  hasNat,
  interfaceEndpoints,
  isForeign,
  privateSubnets,
  setVariable,
  vpcOf,
} from './stack-parts.ts';

/** Endpoints: missing, closed, refusing, in the wrong place. */
export const ENDPOINT_FAULTS: readonly Fault[] = [
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
    name: 'an endpoint for private APIs answers for a public one',
    cause: 22,
    hidden_in_plans: true,
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
    hidden_in_plans: true,
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
];
