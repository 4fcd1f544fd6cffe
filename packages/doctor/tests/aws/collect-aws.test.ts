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
    expect(snapshot.functions.map(({ name }) => name).toSorted()).toEqual(['acme-reader', 'acme-worker']);
    expect(snapshot.databases.map(({ kind }) => kind)).toEqual(['rds', 'elasticache']);
    expect(snapshot.mount_targets).toHaveLength(2);
    const saved = JSON.stringify(redactSnapshot(snapshot));
    expect(saved).not.toContain('very-secret');
    expect(snapshotSchema.parse(JSON.parse(saved)).functions).toHaveLength(2);
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

test.skipIf(!endpoint)('a VPC that does not exist cannot be looked at', async () => {
  await expect(collectAws({ ...choice, vpc: 'vpc-0000000000000dead' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
