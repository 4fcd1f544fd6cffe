import { expect, test } from 'vitest';
import { dev } from '../src/environments/dev.ts';
import { FUNCTION_SIZES } from '../src/environments/function-sizes.ts';
import { type AccountFacts, preflight } from '../src/operate/preflight.ts';

const FACTS: AccountFacts = {
  accountId: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/ada',
  zoneIds: ['use1-az1', 'use1-az2'],
  concurrency: { limit: 10, unreserved: 10 },
  addresses: { quota: 5, used: 1 },
  vpcs: { quota: 5, used: 1 },
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
