import { describe, expect, test } from 'vitest';
import { environmentFaults } from '../src/environments/check-environment.ts';
import { dev } from '../src/environments/dev.ts';
import { type Environment, environmentSchema, type NewNetwork } from '../src/environments/environment.ts';
import { parseIpv4Range } from '../src/environments/ipv4-range.ts';
import { prod } from '../src/environments/prod.ts';
import { synthesised } from './support/synthesised.ts';

const network = dev.network;
if (network.kind !== 'new') throw new Error('dev makes its own network.');
const changed = (change: Partial<NewNetwork>): Environment => ({ ...dev, network: { ...network, ...change } });

describe('an environment', () => {
  test('dev and prod fit together', () => {
    expect(environmentFaults(dev)).toEqual([]);
    expect(environmentFaults(prod)).toEqual([]);
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
      'letters that die with their messages',
      { ...dev, retention: { ...dev.retention, message_days: 14 } },
      /dead_letter_days/,
    ],
    ['EFS without a VPC', { ...dev, efs: true, functions: { ...dev.functions, vpc: 'none' } }, /EFS/],
    ['no NAT and no endpoints', { ...dev, nat: { kind: 'none' } }, /Without a NAT/],
  ] satisfies [string, Environment, RegExp][])('%s is refused at synth', (_, environment, reason) => {
    expect(environmentFaults(environment).join()).toMatch(reason);
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
