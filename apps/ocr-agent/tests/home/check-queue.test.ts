import { createLogger } from '@slipstream/runtime';
import { SlipstreamError } from '@slipstream/shared';
import { beforeEach, expect, it } from 'vitest';
import { regionOfQueue } from '../../src/home/aws-home.ts';
import { checkQueue } from '../../src/home/check-queue.ts';

let logged: { level: string; msg: string }[];
beforeEach(() => {
  logged = [];
});
const logger = createLogger({
  name: 'test',
  level: 'info',
  destination: { write: (line: string) => void logged.push(JSON.parse(line)) },
});
const queue = (error: SlipstreamError) => ({
  depth: async () => {
    throw error;
  },
});
const NO_POLICY = new SlipstreamError(
  'CONFIGURATION_INVALID',
  'The queue has no dead-letter queue: give it a redrive policy.',
);

it('an agent that drains a queue without a redrive policy ends with the sentence', async () => {
  await expect(checkQueue(queue(NO_POLICY), { continuous: false }, logger)).rejects.toThrow(/redrive policy/);
});

it('one that stays warns once, at its start', async () => {
  await checkQueue(queue(NO_POLICY), { continuous: true }, logger);
  expect(logged).toMatchObject([{ level: 'warn', msg: expect.stringContaining('redrive policy') }]);
});

it('an outage is neither', async () => {
  const outage = new SlipstreamError('STORE_UNAVAILABLE', 'AWS cannot be reached.');
  await checkQueue(queue(outage), { continuous: false }, logger);
  await checkQueue(queue(outage), { continuous: true }, logger);
  expect(logged).toEqual([]);
});

it.each([
  ['https://sqs.eu-central-1.amazonaws.com/1/ocr-queue', 'eu-central-1'],
  ['https://sqs-fips.us-gov-west-1.amazonaws.com/1/q', 'us-gov-west-1'],
  ['https://sqs.cn-north-1.amazonaws.com.cn/1/q', 'cn-north-1'],
  ['https://us-east-2.queue.amazonaws.com/1/q', 'us-east-2'],
  ['http://127.0.0.1:4566/1/q', null],
  ['https://sqs.eu-central-1.amazonaws.com.example.org/1/q', null],
  ['no url', null],
])('the region of %s is %s', (url, region) => {
  expect(regionOfQueue(url)).toBe(region);
});
