import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { collectAws } from '../src/collect/aws/collect-aws.ts';
import { snapshotOfStack } from '../src/collect/synth/collect-synth.ts';
import { diagnose, examine } from '../src/examine.ts';
import { reportSchema } from '../src/findings/finding.ts';
import { parseSnapshot } from '../src/snapshot/read-snapshot.ts';
import { asPlan } from './matrix/as-plan.ts';
import { foreignStack, type Shape } from './matrix/foreign-stack.ts';

const folder = mkdtempSync(join(tmpdir(), 'doctor-input-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const PROGRAM = new URL('../src/program/slipstream-doctor.ts', import.meta.url).pathname;
const SHAPE: Shape = {
  nat: 'gateway',
  zones: 2,
  rules: 'inline',
  sources: 'group',
  routes: 'separate',
  tables: 'own',
  acl: 'default',
  database: true,
  cache: false,
  files: false,
  endpoints: true,
};

function doctor(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

function put(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test('a healthy stack prints one line and ends with 0', () => {
  const { status, stdout } = doctor('--synth', put('healthy.tf.json', foreignStack(SHAPE).text()));
  expect(status).toBe(0);
  expect(stdout.trim().split('\n')).toHaveLength(1);
  expect(stdout).toMatch(/^healthy {2}2 functions of /);
});

test('findings end with 1, in the schema word for word, and a saved snapshot gives the same', () => {
  const config = foreignStack(SHAPE);
  for (const [name] of config.all('aws_route').filter(([each]) => each.startsWith('work')))
    config.remove('aws_route', name);
  const [stack, saved, page] = [
    put('broken.tf.json', config.text()),
    join(folder, 'saved.json'),
    join(folder, 'page.html'),
  ];
  const { status, stdout } = doctor('--synth', stack, '--json', '--save', saved, '--html', page);
  expect(status).toBe(1);
  const report = reportSchema.parse(JSON.parse(stdout));
  expect(Object.keys(JSON.parse(stdout))).toEqual(['healthy', 'findings', 'not_checked']);
  expect(Object.keys(report.findings[0] ?? {})).toEqual([
    ...['id', 'causes', 'severity', 'certainty', 'message', 'resources', 'functions', 'destination', 'evidence'],
    ...['fix', 'verify', 'monthly_usd', 'page', 'hides'],
  ]);
  const again = doctor('--snapshot', saved, '--json');
  expect(JSON.parse(again.stdout).findings).toEqual(JSON.parse(stdout).findings);
  const html = readFileSync(page, 'utf8');
  expect(html).toContain('✕');
  // It needs nothing else: no script, no style sheet, no picture from anywhere.
  expect(html).not.toMatch(/<(script|link|img|iframe)|url\(|@import/);
});

test('a snapshot of another version is a sentence and exit code 2', () => {
  const { status, stderr } = doctor('--snapshot', put('old.json', '{"schema_version":99}'));
  expect(status).toBe(2);
  expect(stderr).toContain('is a snapshot of version 99; this program reads version 1');
});

test.each([
  ['not JSON', 'PK\u0003\u0004'],
  ['no resources', '{}'],
  ['a plan without values', '{"format_version":"1.2"}'],
])('a stack that is %s is a sentence', (_, text) => {
  expect(() => snapshotOfStack(text, 'x.json')).toThrow(/terraform show -json|planned_values/);
});

test('a snapshot that was cut off, or is of something else, is a sentence', () => {
  expect(() => parseSnapshot([], 'x')).toThrow(/is no snapshot/);
  expect(() => parseSnapshot({ schema_version: 1 }, 'x')).toThrow(/not a valid snapshot at /);
});

test('values that a plan does not know are said as unknown, not as broken', () => {
  const { status, stdout } = doctor('--synth', put('plan.json', asPlan(foreignStack(SHAPE), 'eu-west-1')), '--json');
  const report = reportSchema.parse(JSON.parse(stdout));
  expect(status).toBe(0);
  expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(report.not_checked.join('\n')).toMatch(/variables of acme-worker/);
});

test('what could not be listed is said as not known, never as missing', () => {
  const snapshot = snapshotOfStack(foreignStack({ ...SHAPE, nat: 'none' }).text(), 'account');
  snapshot.source = { ...snapshot.source, kind: 'aws' };
  Object.assign(snapshot, { endpoints: [], unread: ['endpoints', 'nat_gateways', 'internet_gateways', 'interfaces'] });
  const { findings, not_checked } = diagnose(examine(snapshot));
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(not_checked.join('\n')).toContain('could not be read');
  const natted = snapshotOfStack(foreignStack(SHAPE).text(), 'account');
  natted.source = { ...natted.source, kind: 'aws' };
  Object.assign(natted, { nat_gateways: [], internet_gateways: [], unread: ['nat_gateways', 'internet_gateways'] });
  expect(diagnose(examine(natted)).findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('--probe and --invoke want something that is deployed', () => {
  const { status, stderr } = doctor('--synth', folder, '--probe');
  expect(status).toBe(2);
  expect(stderr).toContain('call what is deployed');
});

test('an account without any permission cannot be looked at, and says which policy is needed', async () => {
  const { createServer } = await import('node:http');
  const server = createServer((_, answer) => {
    answer.writeHead(403, { 'content-type': 'application/json', 'x-amzn-errortype': 'AccessDeniedException' });
    answer.end('{"__type":"AccessDeniedException","message":"not authorized"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const before = { ...process.env };
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  try {
    await expect(
      collectAws({ names: ['fn'], stack: null, vpc: null, region: 'eu-west-1', profile: null, progress: () => {} }),
    ).rejects.toMatchObject({ code: 'ACCESS_DENIED', message: expect.stringContaining('doctor policy') });
  } finally {
    process.env = before;
    server.closeAllConnections();
    server.close();
  }
});
