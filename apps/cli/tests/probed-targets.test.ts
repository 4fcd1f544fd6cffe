import { expect, test } from 'vitest';
import { probedTargets } from '../src/verify/probe-steps.ts';

const withoutNat = { outputs: { verify_targets: 's3,dynamodb,sqs' } };

test('verify probes what the deploy says its network reaches, unless targets are given', () => {
  expect(probedTargets(undefined, withoutNat)).toEqual(['s3', 'dynamodb', 'sqs']);
  expect(probedTargets('checkip', withoutNat)).toEqual(['checkip']);
});

test('a network with a way out, and a stack of before, are probed for everything', () => {
  expect(probedTargets(undefined, { outputs: { verify_targets: '' } })).toEqual([]);
  expect(probedTargets(undefined, { outputs: {} })).toEqual([]);
});
