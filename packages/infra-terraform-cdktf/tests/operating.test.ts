import { FUNCTION_NAMES, PRICED_REGIONS, pricesOf } from '@slipstream/shared';
import { describe, expect, test } from 'vitest';
import { costRows, natGatewayMonth, natInstanceMonth } from '../src/cost/cost-rows.ts';
import { alarmCount, standingMetrics, workMetricsMax } from '../src/cost/watching-rows.ts';
import { dev } from '../src/environments/dev.ts';
import type { Environment } from '../src/environments/environment.ts';
import { dataKept } from '../src/operate/data-kept.ts';
import { type ReleasePorts, release } from '../src/operate/release-plan.ts';
import { verifyCommand } from '../src/operate/verify-command.ts';
import { synthesised } from './support/synthesised.ts';

const OPTIONS = { functions: ['api', 'sweeper'], share: 0.1, watch_ms: 90_000, look_every_ms: 30_000 };

/** Aliases as AWS keeps them, and alarms that rise when told. */
function fakeAws(
  script: { verify?: boolean | readonly boolean[]; alarms?: readonly (readonly string[])[]; breaks?: 'shift' } = {},
) {
  const live = new Map([
    ['api', '3'],
    ['sweeper', '7'],
  ]);
  const newest = new Map([
    ['api', '4'],
    ['sweeper', '7'],
  ]);
  const events: string[] = [];
  let look = 0;
  let verified = 0;
  const ports: ReleasePorts = {
    versions: async (name) => ({ live: live.get(name) ?? '', newest: newest.get(name) ?? '' }),
    shift: async (name, _live, version, share) => {
      if (script.breaks === 'shift') throw new Error('AWS said no');
      events.push(`${name} ${share} to ${version}`);
    },
    settle: async (name, version) => {
      live.set(name, version);
      events.push(`${name} all to ${version}`);
    },
    alarmsRaised: async () => script.alarms?.[look++] ?? [],
    verify: async () => {
      events.push('verify');
      const { verify = true } = script;
      return typeof verify === 'boolean' ? verify : (verify[verified++] ?? true);
    },
    prune: async (name, keep) => {
      events.push(`${name} keeps ${keep.join(' and ')}`);
      return 1;
    },
    wait: async () => {},
    say: () => {},
  };
  return { ports, live, events };
}

describe('a release', () => {
  test('shifts a tenth, verifies, watches, then all and verifies again; what is not new is left alone', async () => {
    const aws = fakeAws();
    expect(await release(aws.ports, OPTIONS)).toBe('released');
    expect(aws.events).toEqual(['api 0.1 to 4', 'verify', 'api all to 4', 'verify', 'api keeps 3 and 4']);
  });

  test('what verify passes at a tenth by luck goes back when it fails with all calls', async () => {
    const aws = fakeAws({ verify: [true, false] });
    expect(await release(aws.ports, OPTIONS)).toBe('rolled back');
    expect(aws.events).toEqual(['api 0.1 to 4', 'verify', 'api all to 4', 'verify', 'api all to 3']);
  });

  test.each([
    ['verify fails', { verify: false as const }],
    ['an alarm is raised', { alarms: [[], [], ['slipstream-dev-api-errors']] }],
  ])('goes back when %s', async (_, script) => {
    const aws = fakeAws(script);
    expect(await release(aws.ports, OPTIONS)).toBe('rolled back');
    expect(aws.live.get('api')).toBe('3');
  });

  test('goes back when AWS fails in the midst of it, and says why', async () => {
    const aws = fakeAws({ breaks: 'shift' });
    await expect(release(aws.ports, OPTIONS)).rejects.toThrow('AWS said no');
    expect(aws.events).toEqual(['api all to 3']);
  });

  test('does not begin while an alarm is raised', async () => {
    const aws = fakeAws({ alarms: [['slipstream-dev-no-agent']] });
    await expect(release(aws.ports, OPTIONS)).rejects.toThrow('slipstream-dev-no-agent');
    expect(aws.events).toEqual([]);
  });
});

describe('what a release verifies with', () => {
  const none = { asOperator: false, targets: null, wait: null };

  test('passes on what verify needs', () => {
    expect(verifyCommand(dev, none)).toBe('npm run --silent verify -- --env dev');
    expect(verifyCommand(dev, { asOperator: true, targets: 's3,sqs', wait: '60' })).toBe(
      'npm run --silent verify -- --env dev --as-operator --targets s3,sqs --wait 60',
    );
  });

  test('nothing that a shell would take for more than a word', () => {
    expect(() => verifyCommand(dev, { ...none, targets: 's3; rm' })).toThrow('s3; rm');
  });
});

const OIDC: Environment['api']['authorizer'] = {
  kind: 'oidc',
  issuer: 'https://issuer.example.com',
  audience: ['slipstream'],
  redirects: 'registered',
};

describe('the cost table', () => {
  const prices = pricesOf('us-east-1');
  if (!prices) throw new Error('us-east-1 has prices.');

  test('an instance is about $11, a gateway $32.85 and its address', () => {
    expect(natInstanceMonth('t4g.nano', prices)).toBeCloseTo(11.01, 2);
    expect(natGatewayMonth(prices)).toBeCloseTo(32.85 + 3.65, 2);
  });

  test('an interface endpoint is $7.30 a zone', () => {
    const sqs = costRows(dev, prices).find((row) => row.part.startsWith('Endpoint sqs'));
    expect(sqs?.usd_month).toBeCloseTo(2 * 7.3, 2);
  });

  test('what the stack does not build costs nothing, and what could be spared is said', () => {
    const logs = { ...dev, endpoints: { sqs: true, secretsmanager: false, logs: true } };
    const rowsOf = (environment: Environment) => costRows(environment, prices);
    expect(rowsOf(logs).some(({ advice }) => /log lines do not take/.test(advice ?? ''))).toBe(true);
    const idle = rowsOf({ ...logs, functions: { ...dev.functions, vpc: 'none' } });
    const spared = idle.filter(({ what_for }) => what_for.startsWith('not built'));
    expect(spared.map(({ part, usd_month }) => [part, usd_month])).toEqual([
      ['NAT', 0],
      ['Endpoint sqs', 0],
      ['Endpoint logs', 0],
    ]);
  });

  test.each([
    ['dev', {}],
    ['a NAT gateway', { nat: { kind: 'gateway' } }],
    ['no function in the VPC', { functions: { ...dev.functions, vpc: 'none' } }],
    ['an issuer of one’s own', { api: { ...dev.api, authorizer: OIDC } }],
  ] satisfies [string, Partial<Environment>][])(
    'alarms, secrets and standing metrics are as many as the stack of %s makes',
    (_, change) => {
      const made = synthesised(change);
      const environment = { ...dev, ...change };
      expect(alarmCount(environment)).toBe(made.all('aws_cloudwatch_metric_alarm').length);
      const secrets = costRows(environment, prices).find(({ part }) => part.endsWith('secrets'));
      expect(secrets?.part).toBe(`${made.all('aws_secretsmanager_secret').length} secrets`);
      const filters = made.all('aws_cloudwatch_log_metric_filter').length;
      const ofNat = made.has('aws_autoscaling_group') ? 1 : 0;
      // And two of the sweeper's own work.
      expect(standingMetrics(environment)).toBe(filters + ofNat + 2);
    },
  );

  test('metrics of the work are counted by what a log line reports: 3 outcomes, duration and age of each function', () => {
    expect(workMetricsMax()).toBe(FUNCTION_NAMES.length * 5);
    expect(costRows(dev, prices).find(({ part }) => part === 'Metrics of the work')?.what_for).toContain(
      `$${((FUNCTION_NAMES.length * 5 - 2) * 0.3).toFixed(2)} at most`,
    );
  });

  test('EFS is priced by GB, and every region that is listed has every price', () => {
    for (const region of PRICED_REGIONS) {
      const rows = costRows({ ...dev, efs: true }, pricesOf(region) ?? prices);
      expect(rows.find((row) => row.part === 'EFS')?.what_for).toMatch(/a GB and month/);
      expect(rows.every((row) => row.usd_month === null || Number.isFinite(row.usd_month))).toBe(true);
    }
    expect(pricesOf('mars-north-1')).toBeNull();
  });
});

test('what keeps data is told apart from what does not', () => {
  const kept = dataKept([
    'aws_s3_bucket.buckets_raw',
    'aws_s3_bucket_policy.buckets_raw',
    'aws_dynamodb_table.table',
    'aws_vpc.network',
  ]);
  expect([...kept.keys()]).toEqual(['aws_s3_bucket.buckets_raw', 'aws_dynamodb_table.table']);
});
