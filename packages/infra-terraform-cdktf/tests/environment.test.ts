import { describe, expect, test } from 'vitest';
import { needsOfBundles } from '../src/bundles/bundle.ts';
import { environmentFaults } from '../src/environments/check-environment.ts';
import { dev } from '../src/environments/dev.ts';
import { type Environment, environmentSchema, type NewNetwork } from '../src/environments/environment.ts';
import { environmentNotes } from '../src/environments/environment-notes.ts';
import { parseIpv4Range } from '../src/environments/ipv4-range.ts';
import { prod } from '../src/environments/prod.ts';
import { zonePrefix } from '../src/environments/zones.ts';
import { emptyBundles } from './support/empty-bundles.ts';
import { synthesised } from './support/synthesised.ts';

const network = dev.network;
if (network.kind !== 'new') throw new Error('dev makes its own network.');
const changed = (change: Partial<NewNetwork>): Environment => ({ ...dev, network: { ...network, ...change } });

const NEEDS = needsOfBundles(emptyBundles());
/** Every service by an endpoint, and no way to the internet. */
const withoutNat: Environment = {
  ...dev,
  nat: { kind: 'none' },
  endpoints: { sqs: true, secretsmanager: true, logs: false },
};

describe('an environment', () => {
  test('dev and prod fit together', () => {
    expect(environmentFaults(dev, NEEDS)).toEqual([]);
    expect(environmentFaults(prod, NEEDS)).toEqual([]);
  });

  test.each([
    [
      'overlapping subnets',
      changed({ public_subnets: [{ cidr: '10.0.101.128/25', zone_id: 'use1-az1' }] }),
      /overlaps/,
    ],
    [
      'a subnet outside the VPC',
      changed({ public_subnets: [{ cidr: '10.9.0.0/24', zone_id: 'use1-az1' }] }),
      /outside/,
    ],
    ['bits behind the prefix', changed({ vpc_cidr: '10.0.5.0/16' }), /bits set/],
    ['a VPC that is too large', changed({ vpc_cidr: '10.0.0.0/8' }), /between \/16/],
    [
      'private subnets in one zone',
      changed({ private_subnets: network.private_subnets.map((subnet) => ({ ...subnet, zone_id: 'use1-az1' })) }),
      /share a zone/,
    ],
    [
      'deltas that die before their dead letters',
      { ...dev, retention: { ...dev.retention, delta_days: 20 } },
      /delta_days/,
    ],
    [
      'dead letters that expire with their messages',
      { ...dev, retention: { ...dev.retention, message_days: 14 } },
      /dead_letter_days/,
    ],
    ['EFS without a VPC', { ...dev, efs: true, functions: { ...dev.functions, vpc: 'none' } }, /EFS/],
    [
      'no NAT and no Secrets Manager endpoint',
      { ...dev, nat: { kind: 'none' } },
      /process-ocr-results runs in the VPC and calls secretsmanager.*validate-receipt/s,
    ],
    [
      'EFS without a NAT and without endpoints, for which only some functions stand in the VPC',
      {
        ...dev,
        nat: { kind: 'none' },
        efs: true,
        endpoints: { sqs: false, secretsmanager: false, logs: false },
        functions: { ...dev.functions, vpc: 'needed' },
      },
      /process-ocr-results.*calls sqs.*process-ocr-results.*calls secretsmanager.*compaction.*calls sqs/s,
    ],
    [
      'a model on the internet without a way out',
      { ...withoutNat, llm: { base_url: 'https://models.example.com:8443/v1', model: 'm' } },
      /validate-receipt.*models\.example\.com:8443/,
    ],
    [
      'a model that only the laptop has',
      { ...dev, llm: { base_url: 'http://localhost:11434/v1', model: 'm' } },
      /llm\.base_url names localhost, which is the function itself/,
    ],
    ['a model by an IPv6 address', { ...dev, llm: { base_url: 'http://[fd00::7]:11434/v1', model: 'm' } }, /no IPv6/],
    [
      'a model by a name that no name server has',
      { ...dev, llm: { base_url: 'http://ollama:11434/v1', model: 'm' } },
      /use a full name, such as ollama\.internal/,
    ],
    [
      'a model in the VPC, and functions outside of it',
      {
        ...dev,
        llm: { base_url: 'http://models.internal:11434/v1', model: 'm' },
        functions: { ...dev.functions, vpc: 'none' },
      },
      /process-ocr-results and validate-receipt would run outside of it/,
    ],
    [
      'a public name that begins like a private address, without a way out',
      { ...withoutNat, llm: { base_url: 'https://10.models.example.com/v1', model: 'm' } },
      /10\.models\.example\.com:443, which it cannot reach/,
    ],
    ['another partition', { ...dev, region: 'us-gov-west-1' }, /another partition/],
    [
      'a batch that SQS would not gather',
      {
        ...dev,
        functions: {
          ...dev.functions,
          sizes: { ...dev.functions.sizes, 'submit-job': { ...dev.functions.sizes['submit-job'], batch_size: 25 } },
        },
      },
      /submit-job: batch_size 25 needs a batching window/,
    ],
    [
      'zones of another region',
      { ...dev, region: 'eu-west-1' },
      /use1-az1, use1-az2 are no zones of eu-west-1, whose ids begin with euw1-/,
    ],
    [
      'private subnets without room for the functions’ interfaces',
      changed({
        private_subnets: network.private_subnets.map(({ zone_id }, index) => ({
          zone_id,
          cidr: `10.0.101.${index * 16}/28`,
        })),
      }),
      /10\.0\.101\.16\/28 is too small/,
    ],
    [
      'a protected environment whose alarms notify no one',
      { ...prod, watching: { ...prod.watching, alarm_email: null } },
      /alarm_email is null.*'none'/,
    ],
    [
      'a protected environment with an IAM user for its agent',
      { ...prod, agent_access: { kind: 'user' } },
      /agent_access 'user'/,
    ],
    [
      'one name for two regions that share no data',
      {
        ...dev,
        api: {
          ...dev.api,
          domain: {
            name: 'receipts.example.com',
            zone_id: 'Z0123',
            weighted: { weight: 1, set_identifier: 'a', data: 'separate' },
          },
        },
      },
      /know nothing of each other/,
    ],
  ] satisfies [string, Environment, RegExp][])('%s is refused at synth', (_, environment, reason) => {
    expect(environmentFaults(environment, NEEDS).join()).toMatch(reason);
    expect(() => synthesised(environment)).toThrow(reason);
  });

  test('a zone is named by its id, not by its letter', () => {
    const lettered = {
      ...dev,
      network: { ...network, public_subnets: [{ cidr: '10.0.0.0/24', zone_id: 'us-east-1a' }] },
    };
    expect(environmentSchema.safeParse(lettered).success).toBe(false);
  });

  test.each(['10.0.0.0', '10.0.0.256/24', '10.0.0.0/33', 'ten', '10.0.0.1/24'])('%s is no range', (cidr) => {
    expect(() => parseIpv4Range(cidr)).toThrow(cidr);
  });
});

describe('what is said at synth', () => {
  const noteOf = (environment: Environment) => environmentNotes(environment, NEEDS).join('\n');

  test('nothing of dev', () => {
    expect(noteOf(dev)).toBe('');
  });

  test('a host that only a key would call is a warning, and no reason to refuse', () => {
    expect(environmentFaults(withoutNat, NEEDS)).toEqual([]);
    expect(noteOf(withoutNat)).toMatch(
      /api\.openai\.com is unreachable for validate-receipt.*set no openai key, or choose a NAT/,
    );
    expect(noteOf(withoutNat)).toMatch(/places\.googleapis\.com.*places key/);
  });

  test('a model inside the private network is reached without a NAT', () => {
    const inside = { ...withoutNat, llm: { base_url: 'http://models.internal:11434/v1', model: 'm' } };
    expect(environmentFaults(inside, NEEDS)).toEqual([]);
  });

  test('what the model’s address still wants from the network', () => {
    const named = (base_url: string) => noteOf({ ...dev, llm: { base_url, model: 'm' } });
    expect(named('http://192.168.1.20:11434/v1')).toMatch(/outside of 10\.0\.0\.0\/16: add a peering/);
    expect(named('http://10.0.101.7:8000/v1')).toBe('');
    expect(named('http://models.internal:11434/v1')).toMatch(/private hosted zone/);
    expect(named('http://models.example.com/v1')).toMatch(/no TLS/);
    expect(named('https://models.example.com/v1')).toBe('');
  });

  test('what would be paid for nothing is not built, and said', () => {
    const outside = { ...dev, functions: { ...dev.functions, vpc: 'none' as const } };
    const made = synthesised(outside);
    for (const type of ['aws_autoscaling_group', 'aws_launch_template', 'aws_eip', 'aws_nat_gateway'])
      expect(made.has(type), type).toBe(false);
    expect(noteOf(outside)).toMatch(/The sqs endpoint is not built.*The NAT is not built/s);
    const elsewhere: Environment = {
      ...outside,
      nat: { kind: 'none' },
      network: {
        kind: 'existing',
        vpc_id: 'vpc-0123456789abcdef0',
        subnet_ids: ['subnet-0123456789abcdef0'],
        route_table_ids: ['rtb-0123456789abcdef0'],
        endpoints_present: [],
      },
    };
    expect(synthesised(elsewhere).has('aws_vpc_endpoint')).toBe(false);
  });
});

test('verify is given what a network without a way out can reach', () => {
  const targets = (environment: Partial<Environment>) =>
    Object(synthesised(environment).stack.output.verify_targets).value;
  expect(targets({})).toBe('');
  expect(targets(withoutNat)).toBe('s3,dynamodb,sqs,secretsmanager');
  expect(targets({ ...withoutNat, llm: { base_url: 'http://models.internal:11434/v1', model: 'm' } })).toContain(
    'openai',
  );
});

test('an endpoint that takes over a service’s name in an existing VPC lets the VPC’s other hosts in', () => {
  const ranges = (environment: Partial<Environment>) =>
    synthesised(environment)
      .all('aws_vpc_security_group_ingress_rule')
      .flatMap(([id, rule]) => (id.startsWith('endpoints') && rule.cidr_ipv4 ? [rule.cidr_ipv4] : []));
  expect(ranges({})).toEqual([]);
  const existing: Environment['network'] = {
    kind: 'existing',
    vpc_id: 'vpc-0123456789abcdef0',
    subnet_ids: ['subnet-0123456789abcdef0'],
    route_table_ids: ['rtb-0123456789abcdef0'],
    endpoints_present: [],
  };
  expect(ranges({ network: existing, nat: { kind: 'none' } })).toContain('10.0.0.0/8');
});

test('the functions may leave by the port of the model that is configured, and by no other than they need', () => {
  const ports = (environment: Partial<Environment>) =>
    synthesised(environment)
      .all('aws_vpc_security_group_egress_rule')
      .flatMap(([id, rule]) => (id.startsWith('functions-group') ? [rule.from_port] : []));
  expect(ports({})).toEqual([443]);
  expect(ports({ llm: { base_url: 'http://models.internal:11434/v1', model: 'm' } })).toEqual([443, 11434]);
});

test.each([
  ['us-east-1', 'use1'],
  ['us-west-2', 'usw2'],
  ['eu-central-1', 'euc1'],
  ['ap-southeast-2', 'apse2'],
  ['ap-northeast-1', 'apne1'],
  ['ca-central-1', 'cac1'],
  ['us-gov-west-1', 'usgw1'],
])('zones of %s begin with %s', (region, prefix) => {
  expect(zonePrefix(region)).toBe(prefix);
});
