import { describe, expect, test } from 'vitest';
import { dev } from '../src/environments/dev.ts';
import type { ExistingNetwork } from '../src/environments/environment.ts';
import { FUNCTION_SIZES } from '../src/environments/function-sizes.ts';
import { type AccountFacts, preflight } from '../src/operate/preflight.ts';

const FACTS: AccountFacts = {
  accountId: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/ada',
  zoneIds: ['use1-az1', 'use1-az2'],
  concurrency: { limit: 10, unreserved: 10 },
  addresses: { quota: 5, used: 1 },
  vpcs: { quota: 5, used: 1 },
  subnets: [],
  isDeployed: false,
};
const failures = (facts: Partial<AccountFacts>, environment = dev, state: { account_id: string } | null = null) =>
  preflight(environment, state, { ...FACTS, ...facts })
    .filter(({ ok }) => ok === false)
    .map(({ check, detail }) => `${check}: ${detail}`)
    .join('\n');
const reserving = {
  ...dev,
  functions: {
    ...dev.functions,
    sizes: { ...FUNCTION_SIZES, compaction: { ...FUNCTION_SIZES.compaction, concurrency_reserved: 1 } },
  },
};

test('a new account, with ten concurrent executions of which none can be reserved, is enough', () => {
  expect(failures({})).toBe('');
  expect(Object.values(FUNCTION_SIZES).every(({ concurrency_reserved }) => concurrency_reserved === null)).toBe(true);
});

test('what is to be reserved has to be there beside the hundred that stay free', () => {
  expect(failures({}, reserving)).toMatch(/Lambda concurrency.*L-B99A9384/);
  expect(failures({ concurrency: { limit: 101, unreserved: 101 } }, reserving)).toBe('');
});

test.each([
  ['another account', { accountId: '999900001111' }, /account.*111122223333: choose its profile/],
  [
    'a zone that the account lacks',
    { zoneIds: ['use1-az1', 'use1-az4'] },
    /no use1-az2 in us-east-1; it has use1-az1, use1-az4/,
  ],
  ['no address left', { addresses: { quota: 5, used: 5 } }, /Elastic IP addresses: 5 of 5/],
  ['no VPC left', { vpcs: { quota: 5, used: 5 } }, /VPCs: 5 of 5.*L-F678F1CE/],
] as const)('%s is named before anything is made', (_, facts, reason) => {
  expect(failures(facts, dev, { account_id: '111122223333' })).toMatch(reason);
});

test('what is provisioned is taken out of the account as well, and within what is reserved not once more', () => {
  const warm = (concurrency_reserved: number | null): typeof dev => ({
    ...dev,
    functions: {
      ...dev.functions,
      sizes: { ...FUNCTION_SIZES, api: { ...FUNCTION_SIZES.api, concurrency_provisioned: 5, concurrency_reserved } },
    },
  });
  expect(failures({}, warm(null))).toMatch(/5 of this account's 10/);
  expect(failures({ concurrency: { limit: 106, unreserved: 106 } }, warm(6))).toBe('');
});

test('no address is asked for where the NAT is not built', () => {
  const outside: typeof dev = { ...dev, functions: { ...dev.functions, vpc: 'none' } };
  expect(failures({ addresses: { quota: 5, used: 5 } }, outside)).toBe('');
});

describe('an existing network', () => {
  const network: ExistingNetwork = {
    kind: 'existing',
    vpc_id: 'vpc-0a',
    subnet_ids: ['subnet-0a', 'subnet-0b'],
    route_table_ids: ['rtb-0a'],
    endpoints_present: [],
  };
  const environment: typeof dev = { ...dev, network, nat: { kind: 'none' } };
  const subnet = { vpcId: 'vpc-0a', freeAddresses: 200 };
  const [first, second] = [
    { ...subnet, id: 'subnet-0a', zoneId: 'use1-az1' },
    { ...subnet, id: 'subnet-0b', zoneId: 'use1-az2' },
  ];

  test.each([
    ['a subnet that is not there', [first], /there is no subnet-0b in us-east-1/],
    ['one of another VPC', [first, { ...second, vpcId: 'vpc-0b' }], /subnet-0b lie outside of vpc-0a/],
    ['one that is full', [first, { ...second, freeAddresses: 3 }], /subnet-0b have fewer than 8 free addresses/],
  ])('%s is named before anything is made', (_, subnets, reason) => {
    expect(failures({ subnets }, environment)).toMatch(reason);
  });

  test('two subnets of one zone are refused for EFS alone', () => {
    const subnets = [first, { ...second, zoneId: 'use1-az1' }];
    expect(failures({ subnets }, environment)).toBe('');
    expect(failures({ subnets }, { ...environment, efs: true })).toMatch(/share a zone/);
    expect(failures({ subnets: [first, second] }, { ...environment, efs: true })).toBe('');
  });
});

test('a stack that stands already is counted in, and what may not be asked stops nobody', () => {
  expect(failures({ isDeployed: true, vpcs: { quota: 5, used: 5 }, addresses: { quota: 5, used: 5 } })).toBe('');
  const unknown = { unknown: 'not checked: AccessDenied' };
  const checks = preflight(dev, null, {
    ...FACTS,
    zoneIds: unknown,
    concurrency: unknown,
    vpcs: unknown,
    addresses: unknown,
  });
  expect(checks.map(({ ok }) => ok)).toEqual([true, null, null, null, null]);
});
