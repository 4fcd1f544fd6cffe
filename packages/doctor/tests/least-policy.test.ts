import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ACTIONS, leastPolicy } from '../src/collect/aws/least-policy.ts';

const FOLDER = new URL('../src/collect/aws/', import.meta.url);

test('the policy allows each call that the collectors make, and nothing that changes anything', () => {
  const sources = readdirSync(FOLDER)
    .filter((name) => name.startsWith('collect-'))
    .map((name) => readFileSync(new URL(name, FOLDER), 'utf8'))
    .join('\n');
  const called = new Set([...sources.matchAll(/'([a-z0-9]+:[A-Z]\w+)'/g)].map(([, action]) => action));
  called.delete('sts:GetCallerIdentity'); // needs no permission
  expect([...called].filter((action) => !ACTIONS.some((each) => each === action))).toEqual([]);
  expect(ACTIONS.every((action) => /:(Describe|Get|GET$|List|Query|Search|Filter)/.test(action))).toBe(true);
  // Called under the name of the listing that they belong to.
  const aside = ['iam:GetPolicy', 'sqs:GetQueueUrl'];
  expect(ACTIONS.filter((action) => !called.has(action) && !aside.includes(action))).toEqual([]);
  expect(JSON.stringify(leastPolicy())).toContain('ec2:DescribeRouteTables');
  expect(JSON.stringify(leastPolicy())).toContain('"dynamodb:LeadingKeys":["AGENT","AGENT#*"]');
  expect(JSON.stringify(leastPolicy())).not.toContain('lambda:InvokeFunction');
  expect(JSON.stringify(leastPolicy(true))).toContain('lambda:InvokeFunction');
});
