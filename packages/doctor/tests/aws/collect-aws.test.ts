import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { collectAws } from '../../src/collect/aws/collect-aws.ts';
import { diagnose, examine } from '../../src/examine.ts';
import { redactSnapshot } from '../../src/snapshot/redact.ts';
import { snapshotSchema } from '../../src/snapshot/snapshot.ts';
import { startAlteringServer } from './altered-answers.ts';
import { AWS_FAULTS } from './faults.ts';
import { type ForeignAccount, makeForeignAccount } from './foreign-account.ts';
import { whatMotoLacks } from './unsupported.ts';

declare module 'vitest' {
  interface ProvidedContext {
    endpoint: string | null;
  }
}

const endpoint = inject('endpoint');
const choice = { names: [], stack: null, region: 'eu-west-1', profile: null, progress: () => {} };
let account: ForeignAccount;
let server: Awaited<ReturnType<typeof startAlteringServer>>;

beforeAll(async () => {
  if (!endpoint) return;
  account = await makeForeignAccount(endpoint);
  server = await startAlteringServer(endpoint, whatMotoLacks(account));
  process.env.AWS_ENDPOINT_URL = server.endpoint;
});
afterAll(() => {
  server?.stop();
  delete process.env.AWS_ENDPOINT_URL;
});

async function findings() {
  const snapshot = await collectAws({ ...choice, vpc: account.vpc });
  return { snapshot, report: diagnose(examine(snapshot)) };
}

test.skipIf(!endpoint)(
  'a foreign VPC with two functions and a database is healthy, and its snapshot carries no secret',
  async () => {
    const { snapshot, report } = await findings();
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(snapshot.functions.map(({ name }) => name).toSorted()).toEqual([
      'acme-connectivity-probe',
      'acme-reader',
      'acme-worker',
    ]);
    expect(snapshot.databases.map(({ kind }) => kind)).toEqual(['rds', 'elasticache']);
    expect(snapshot.mount_targets).toHaveLength(2);
    const saved = JSON.stringify(redactSnapshot(snapshot));
    expect(saved).not.toContain('very-secret');
    expect(snapshotSchema.parse(JSON.parse(saved)).functions).toHaveLength(3);
  },
);

test.skipIf(!endpoint).each(AWS_FAULTS.map((fault) => [fault.cause, fault.name, fault] as const))(
  'cause %s: %s',
  async (cause, _, fault) => {
    await fault.break_(account, server.alterations);
    try {
      const { report } = await findings();
      const names = report.findings.map(({ id, causes, severity }) => `${severity} ${id} ${causes.join(',')}`);
      const isIt = (each: (typeof report.findings)[number] | undefined) =>
        each !== undefined && (typeof cause === 'string' ? each.id === cause : each.causes.includes(cause));
      expect(names.filter((_name, at) => isIt(report.findings[at]))).not.toEqual([]);
      if (fault.notFirst !== true) expect(isIt(report.findings[0]), names.join('; ')).toBe(true);
      expect(report.findings[0]?.fix).toHaveProperty('command');
    } finally {
      await fault.repair(account, server.alterations);
    }
  },
);

test.skipIf(!endpoint)('the probe is called from inside, and what it measures becomes findings', async () => {
  const path = 'POST /2015-03-31/functions/acme-connectivity-probe/invocations';
  server.alterations.set(path, () =>
    JSON.stringify([
      { target: 'checkip', ok: true, private: false, public_ip: '198.51.100.7', error: null, meaning: 'reachable' },
      { target: 's3', ok: false, private: false, error: 'tcp: TIMED_OUT', meaning: 'It hung while connecting.' },
    ]),
  );
  try {
    const snapshot = await collectAws({ ...choice, vpc: account.vpc, probe: true });
    const { findings: found } = diagnose(examine(snapshot));
    expect(found.find(({ id }) => id === 'probe-unreached')).toMatchObject({
      certainty: 'measured',
      severity: 'error',
    });
    expect(found.find(({ id }) => id === 'probe-address')?.causes).toEqual([25]);
  } finally {
    server.alterations.delete(path);
  }
});

test.skipIf(!endpoint)('a function that does not get through the empty batch is a finding', async () => {
  const path = 'POST /2015-03-31/functions/acme-worker/invocations';
  server.alterations.set(path, () => '{"errorMessage":"Task timed out after 60.00 seconds"}');
  server.headers.set(path, { 'x-amz-function-error': 'Unhandled' });
  try {
    const snapshot = await collectAws({ ...choice, vpc: account.vpc, invoke: ['acme-worker'] });
    expect(snapshot.measured.map(({ id }) => id)).toEqual(['invoke-failed']);
  } finally {
    server.alterations.delete(path);
    server.headers.delete(path);
  }
});

test.skipIf(!endpoint)('logs are read where they are kept, and joined with the way that is missing', async () => {
  const logs = new CloudWatchLogs({ endpoint: endpoint ?? '', region: 'eu-west-1' });
  const logGroupName = '/aws/lambda/acme-reader';
  const logStreamName = '2026/01/05/[$LATEST]0123456789abcdef0123456789abcdef';
  await logs.createLogGroup({ logGroupName });
  await logs.createLogStream({ logGroupName, logStreamName });
  const timestamp = Date.now() - 600_000;
  await logs.putLogEvents({
    logGroupName,
    logStreamName,
    logEvents: Array.from({ length: 5 }, (_, n) => {
      const id = `0000000${n}-0000-4000-8000-000000000000`;
      return [
        `START RequestId: ${id} Version: $LATEST`,
        `${id} ERROR ConnectTimeoutError: Connect timeout on endpoint URL: "https://acme-docs.s3.eu-west-1.amazonaws.com/a"`,
        `${id} Task timed out after 60.00 seconds`,
        `REPORT RequestId: ${id}\tDuration: 60000.00 ms\tMemory Size: 512 MB\tMax Memory Used: 90 MB`,
      ].map((message, at) => ({ message, timestamp: timestamp + n * 1_000 + at }));
    }).flat(),
  });
  server.alterations.set('DescribeVpcEndpoints', (body) => body.replaceAll('eu-west-1.s3<', 'eu-west-1.dynamodb<'));
  for (const RouteTableId of account.innerTables)
    await account.ec2.deleteRoute({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0' });
  try {
    const { snapshot, report } = await findings();
    expect(snapshot.logs.find((log) => log.function === 'acme-reader')).toMatchObject({
      requests: 5,
      verdict: 'all-fail',
    });
    expect(report.findings.filter(({ id }) => id.startsWith('log-'))).toEqual([]);
    expect(report.findings.flatMap(({ hides }) => hides).join()).toContain('log-all-fail');
  } finally {
    server.alterations.delete('DescribeVpcEndpoints');
    for (const RouteTableId of account.innerTables)
      await account.ec2.createRoute({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: account.nat });
    await logs.deleteLogGroup({ logGroupName });
  }
});

test.skipIf(!endpoint)('a VPC that does not exist cannot be looked at', async () => {
  await expect(collectAws({ ...choice, vpc: 'vpc-0000000000000dead' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
