import { Random } from '@slipstream/testing';
import { diagnose, examine } from '../../src/examine.ts';
import { logFacts } from '../../src/logs/log-facts.ts';
import { readRequestsOf } from '../../src/logs/requests.ts';
import { probeAnswerSchema, probeFindings } from '../../src/probe/probe-findings.ts';
import { emptySnapshot, type LogFacts } from '../../src/snapshot/snapshot.ts';
import type { Config } from '../matrix/config.ts';
import { FAULTS } from '../matrix/faults.ts';
import { foreignStack, type Shape } from '../matrix/foreign-stack.ts';
import { look } from '../matrix/run-matrix.ts';

/** A situation that somebody looked for hours for, and what has to be found: no id means that nothing is wrong there. */
export interface Story {
  readonly situation: string;
  readonly finds: string | null;
  readonly cause?: number;
  /** What is said beside the finding, or in its place. */
  readonly also?: string;
  found(): readonly { readonly id: string; readonly causes: readonly number[] }[];
}

const SHAPE: Shape = {
  nat: 'interface',
  zones: 2,
  rules: 'inline',
  sources: 'group',
  routes: 'separate',
  tables: 'own',
  acl: 'default',
  database: false,
  cache: false,
  files: true,
  endpoints: true,
};

/** A healthy stack, then broken by name. */
function broken(shape: Partial<Shape>, ...faults: string[]) {
  const config = foreignStack({ ...SHAPE, ...shape });
  for (const name of faults) {
    const fault = FAULTS.find((each) => each.name === name);
    if (!fault?.apply(config, new Random(1))) throw new Error(`this stack cannot be broken so: ${name}`);
  }
  return examined(config);
}

function examined(config: Config) {
  return look(config, { needs: [] }, 'json').findings.filter(({ severity }) => severity !== 'advice');
}

function advised(shape: Partial<Shape>, change: (config: Config) => void = () => {}) {
  const config = foreignStack({ ...SHAPE, ...shape });
  change(config);
  return look(config, { needs: [] }, 'json').findings;
}

const T0 = Date.parse('2026-01-05T23:35:22Z');

interface Call {
  readonly startMs: number;
  readonly tookMs: number;
  readonly failed: boolean;
  readonly lines?: readonly string[];
}

function log(calls: readonly Call[], head: readonly string[] = []): LogFacts {
  const lines = [...head];
  for (const [n, { startMs, tookMs, failed, lines: words = [] }] of calls.entries()) {
    const id = `${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
    const at = (ms: number) => new Date(T0 + startMs + ms).toISOString();
    lines.push(`${at(0)} START RequestId: ${id} Version: 1`);
    for (const word of words) lines.push(`${at(10)} ${id} ${word}`);
    if (failed) lines.push(`${at(tookMs)} ${id} Task timed out after ${(tookMs / 1_000).toFixed(2)} seconds`);
    lines.push(
      `${at(tookMs + 1)} REPORT RequestId: ${id}\tDuration: ${tookMs}.00 ms\tMemory Size: 1024 MB\tMax Memory Used: 300 MB`,
    );
  }
  return logFacts(readRequestsOf(lines.map((line) => `${line}\n`)), 'log', null);
}

/** Ten at once: the first five pass within seconds, the last five hang for ten minutes. */
function tens(bursts: number): LogFacts {
  const timeout =
    'ERROR ConnectTimeoutError: Connect timeout on endpoint URL: "https://acme-docs.s3.eu-west-1.amazonaws.com/x.pdf"';
  return log(
    Array.from({ length: bursts * 10 }, (_, n) => {
      const failed = n % 10 >= 5;
      const startMs = Math.floor(n / 10) * 900_000 + (n % 10) * 90;
      return { startMs, tookMs: failed ? 600_000 : 2_300 + (n % 5) * 60, failed, lines: failed ? [timeout] : [] };
    }),
  );
}

function probed(target: string, error: string | null, extra: Record<string, unknown> = {}) {
  const answer = probeAnswerSchema.parse([{ target, ok: error === null, error, meaning: 'it hung', ...extra }]);
  const snapshot = emptySnapshot({ kind: 'aws', name: 'dev', collected_at: '' });
  return probeFindings(answer, 'connectivity-probe', snapshot, 'again');
}

export const STORIES: readonly Story[] = [
  {
    situation: "routes, groups and source/destination check are right, and the NAT's guest does not masquerade",
    finds: 'nat-guest',
    cause: 13,
    found: () => broken({}, 'user data of the NAT does not masquerade'),
  },
  {
    situation: 'the connectivity probe ends with "urlopen error timed out"',
    finds: 'probe-unreached',
    cause: 13,
    found: () => probed('openai', 'tcp: TIMED_OUT'),
  },
  {
    situation: 'ConnectTimeoutError to DynamoDB in a private subnet without its gateway endpoint',
    finds: 'gateway-endpoint-missing',
    cause: 3,
    found: () => broken({ nat: 'none' }, 'the DynamoDB gateway endpoint has lost a route table, without a NAT'),
  },
  {
    situation: "the NAT's group admits nothing from the functions",
    finds: 'nat-group-closed',
    cause: 14,
    found: () => broken({}, "the NAT's group admits nothing"),
  },
  {
    situation: 'a function that needs nothing in the VPC is attached to it',
    finds: 'detach-function',
    also: 'NAT and endpoints that become needless, and the saving',
    found: () => advised({ files: false, nat: 'gateway' }),
  },
  {
    situation: 'the function does not process messages: its mapping is off',
    finds: 'mapping-off',
    found: () => broken({}, 'a mapping is off'),
  },
  {
    situation: 'the function does not process messages: it hangs while it initialises',
    finds: 'log-init-timeout',
    cause: 29,
    found: () =>
      log([], ['2026-01-05T23:35:22Z INIT_REPORT Init Duration: 9999.60 ms\tPhase: init\tStatus: timeout']).findings,
  },
  {
    situation: 'messages are stuck in flight',
    finds: 'messages-in-flight',
    also: 'they return after the visibility time-out, not after 60 s: `explain in-flight-sixty-seconds`',
    found: () => inFlight(),
  },
  {
    situation: 'the visibility time-out is shorter than six times the function time-out',
    finds: 'visibility-too-short',
    found: () => broken({}, 'visibility is shorter than six time-outs'),
  },
  {
    situation: 'EFS connection time-out: no mount target in the zone of the function',
    finds: 'no-mount-target',
    cause: 32,
    found: () => broken({}, 'a mount target is gone'),
  },
  {
    situation: 'EFS connection time-out: port 2049 is closed',
    finds: 'files-port-closed',
    cause: 32,
    found: () => broken({}, "the file system's group admits no NFS"),
  },
  {
    situation: 'EFS hangs while the function initialises, and copies outlast it',
    finds: 'files-short-limit',
    found: () => broken({}, 'files are mounted by a function with a short limit'),
  },
  {
    situation: 'SDK clients are made at module level, "before the interface is attached"',
    finds: null,
    also: '`explain clients-in-handler`; what hangs is one of causes 1, 4, 16, 20',
    found: () => broken({}),
  },
  {
    situation: "an endpoint's group has no egress rule back to the functions",
    finds: null,
    also: 'groups are stateful: `explain endpoint-egress-rule`',
    found: () => broken({ rules: 'inline' }),
  },
  {
    situation: 'the first five of ten uploads succeed, the last five time out after ten minutes',
    finds: 'log-saturation',
    cause: 42,
    also: 'not five connections of a NAT gateway: `explain nat-gateway-five`',
    found: () => tens(1).findings,
  },
  {
    situation: 'half of 40 PDFs fail to upload to S3, always the last of each batch, and S3 has no endpoint',
    finds: 'log-saturation',
    cause: 42,
    also: '`gateway-endpoint-saves` where the stack is examined with the log',
    found: () => tens(4).findings,
  },
  {
    situation: 'S3 takes the NAT although its gateway endpoint costs nothing',
    finds: 'gateway-endpoint-saves',
    cause: 3,
    found: () => advised({}, (config) => config.remove('aws_vpc_endpoint', 's3')),
  },
  {
    situation: 'every call to one AWS service fails',
    finds: 'log-all-fail',
    cause: 4,
    found: () =>
      log(
        Array.from({ length: 6 }, (_, n) => ({
          startMs: n * 10_000,
          tookMs: 60_000,
          failed: true,
          lines: ['ERROR ConnectTimeoutError: Connect timeout on endpoint URL: "https://sqs.eu-west-1.amazonaws.com/"'],
        })),
      ).findings,
  },
  {
    situation: 'the interface endpoint is missing, and no NAT is there',
    finds: 'interface-endpoint-missing',
    cause: 4,
    found: () => broken({ nat: 'none' }, 'the SQS endpoint is gone, without a NAT'),
  },
  {
    situation: "the endpoint exists, and its policy does not allow one's own bucket",
    finds: 'endpoint-policy-denies',
    cause: 34,
    found: () => broken({}, "the S3 endpoint's policy names another bucket"),
  },
  {
    situation: 'it runs for ten minutes after "PDF generated", where more logging shows nothing',
    finds: 'log-all-fail',
    also: 'the last line is what was finished: `explain hangs-where-it-logged`',
    found: () =>
      log(
        Array.from({ length: 5 }, (_, n) => ({
          startMs: n * 5_000,
          tookMs: 600_000,
          failed: true,
          lines: ['INFO PDF generated', 'INFO Uploading to https://acme-docs.s3.eu-west-1.amazonaws.com/x.pdf'],
        })),
      ).findings,
  },
  {
    situation: 'failures are scattered over the whole time',
    finds: 'log-random-loss',
    cause: 36,
    found: () =>
      log(
        Array.from({ length: 40 }, (_, n) => ({
          startMs: n * 1_500,
          tookMs: [0, 3, 4, 7].includes(n % 9) ? 60_000 : 2_000 + (n % 7) * 90,
          failed: [0, 3, 4, 7].includes(n % 9),
        })),
      ).findings,
  },
  {
    situation: 'both private subnets stand in one zone',
    finds: 'one-zone',
    found: () => broken({ files: false }, 'both private subnets stand in one zone'),
  },
  {
    situation: 'the SQS endpoint covers one subnet only',
    finds: 'endpoint-zone',
    cause: 40,
    found: () => broken({}, 'the SQS endpoint stands in one zone'),
  },
  {
    situation: 'an endpoint for CloudWatch Logs is paid for',
    finds: 'unused-endpoint',
    also: 'log lines do not take it: `explain logs-need-endpoint`',
    found: () =>
      advised({}, (config) => {
        const [, like] = config.all('aws_vpc_endpoint').find(([name]) => name === 'sqs') ?? [];
        config.add('aws_vpc_endpoint', 'logs', { ...like, service_name: 'com.amazonaws.eu-west-1.logs' });
      }),
  },
  {
    situation: 'a function stands in public subnets "with direct internet"',
    finds: 'public-subnet',
    cause: 2,
    found: () => broken({ files: false }, 'functions stand in public subnets'),
  },
];

function inFlight() {
  const snapshot = emptySnapshot({ kind: 'aws', name: 'dev', collected_at: '' });
  snapshot.queues.push({
    id: 'arn:aws:sqs:us-east-1:111122223333:results',
    arn: 'arn:aws:sqs:us-east-1:111122223333:results',
    name: 'results',
    visibility_s: 300,
    retention_s: 345_600,
    dead_letter_arn: null,
    max_receives: null,
    policy: [],
    ready: 0,
    in_flight: 4,
    oldest_age_s: 900,
  });
  return diagnose(examine(snapshot)).findings;
}
