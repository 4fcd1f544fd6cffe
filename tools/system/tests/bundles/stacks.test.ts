import { createServer } from 'node:http';
import { imageIdOf, rawKey } from '@slipstream/shared';
import { sqsRecord } from '@slipstream/testing/lambda-events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LocalFunction } from '../../runtime-api/index.ts';
import { bundleOf } from './bundles.ts';

/** Forbids everything, which makes the SDK throw. */
const aws = createServer((request, response) => void request.resume().on('end', () => response.writeHead(403).end()));
let fn: LocalFunction;
const logged: string[] = [];
beforeAll(async () => {
  await new Promise<void>((resolve) => aws.listen(0, '127.0.0.1', resolve));
  const address = aws.address();
  fn = new LocalFunction({
    name: 'submit-job',
    bundle_dir: bundleOf('submit-job'),
    variables: {
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      RAW_BUCKET: 'raw',
      DYNAMO_TABLE_NAME: 'records',
    },
    onLog: (line) => logged.push(line),
  });
});
afterAll(() => {
  fn.close();
  aws.close();
  aws.closeAllConnections();
});

it('a stack in a bundle’s log names the lines of the sources', async () => {
  const object = { key: rawKey(imageIdOf('0'.repeat(64))) };
  const uploaded = { eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', s3: { bucket: { name: 'raw' }, object } };
  await fn.invoke({ Records: [sqsRecord({ id: 'm', body: JSON.stringify({ Records: [uploaded] }) })] });
  const { stack } = JSON.parse(logged.find((line) => line.includes('"cause"')) ?? '').error.cause;
  expect(stack).toMatch(/\n {4}at deserializeResponse \(node_modules\/@smithy\/.+\.js:\d+:\d+\)/);
  expect(stack).not.toContain('index.mjs');
});
