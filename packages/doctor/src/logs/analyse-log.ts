import type { Finding } from '../findings/finding.ts';
import { readAwsHost } from '../needs/aws-hosts.ts';
import { type LogReading, type RequestRow, readRequests } from './requests.ts';
import { judgeTimeLine, type TimeLine } from './time-line.ts';
import type { Trace } from './traces.ts';

export interface LogAnalysis extends TimeLine {
  readonly rows: readonly RequestRow[];
  readonly more_requests: number;
  /** Hosts that time-outs and refusals name, with the AWS service where it is one. */
  readonly hosts: readonly { readonly host: string; readonly service: string | null; readonly count: number }[];
  readonly traces: readonly (Trace & { readonly count: number })[];
  readonly findings: readonly Finding[];
}

export async function analyseLogs(files: readonly string[]): Promise<LogAnalysis> {
  const reading = await readRequests(files);
  return analyse(reading, files);
}

export function analyse(reading: LogReading, files: readonly string[]): LogAnalysis {
  const line = judgeTimeLine(reading);
  const hosts = [...reading.hosts]
    .map(([host, count]) => ({ host, service: readAwsHost(host.split(':')[0] ?? '')?.service ?? null, count }))
    .toSorted((a, b) => b.count - a.count);
  return {
    ...line,
    rows: reading.rows,
    more_requests: reading.more,
    hosts,
    traces: [...reading.traces.values()].toSorted((a, b) => b.count - a.count),
    findings: logFindings(reading, line, hosts, files),
  };
}

const NAT_PAGE = 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html';
const LAMBDA = 'https://docs.aws.amazon.com/lambda/latest/dg';
const IDLE_S = 350;

function logFindings(
  reading: LogReading,
  line: TimeLine,
  hosts: LogAnalysis['hosts'],
  files: readonly string[],
): Finding[] {
  const [host] = hosts;
  const destination =
    hosts.length === 0
      ? null
      : hosts
          .slice(0, 4)
          .map((each) => each.host)
          .join(', ');
  const again = `slipstream doctor logs ${files.join(' ')}`;
  const make = (id: string, causes: number[], parts: Partial<Finding> & Pick<Finding, 'message' | 'fix'>): Finding => ({
    id,
    causes,
    severity: 'error',
    certainty: 'measured',
    resources: [],
    functions: [],
    destination,
    evidence: [],
    verify: again,
    monthly_usd: null,
    page: `${LAMBDA}/troubleshooting-networking.html`,
    hides: [],
    ...parts,
  });
  const pattern = [
    `${line.failed} of ${line.requests} requests fail`,
    ...(line.p_value === null ? [] : [`permutation test: p = ${line.p_value.toFixed(4)}`]),
    ...(line.humps_ms === null ? [] : [`two humps: ${line.humps_ms[0]} ms and ${line.humps_ms[1]} ms`]),
    ...lastLines(reading),
  ];
  const aws = host?.service ?? null;
  const found: Finding[] = [];
  const inNetwork =
    reading.connect_timeouts > 0 || (line.failed > 0 && reading.read_timeouts === 0 && hosts.length > 0);
  switch (line.verdict) {
    case 'saturation':
      found.push(
        make('log-saturation', [42], {
          message: `${line.sentence} It fits a NAT instance that is full (connections, CPU credits), not a NAT gateway.`,
          evidence: pattern,
          fix: {
            change:
              aws === 's3' || aws === 'dynamodb'
                ? `Add the free gateway endpoint for ${aws}; then look at the NAT's connection table and CPU credits.`
                : "Look at the NAT's connection table and CPU credits; keep connections alive; give clients connect time-outs of 2 s.",
          },
          page: NAT_PAGE,
        }),
      );
      break;
    case 'all-fail':
      if (reading.dns_errors > 0 && reading.connect_timeouts === 0)
        found.push(
          make('log-dns', [18, 19, 38], {
            message: `No name is resolved: ${destination ?? 'every lookup'} fails.`,
            evidence: [`${reading.dns_errors} lines of failed lookups`, ...pattern],
            fix: {
              change:
                "Look at the VPC's DNS attributes, DHCP options and private zones: slipstream doctor --function NAME.",
            },
            page: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html',
          }),
        );
      else if (reading.read_timeouts > reading.connect_timeouts) found.push(slow());
      else if (inNetwork || hosts.length > 0 || timedOut() > 0)
        found.push(
          make('log-all-fail', aws === 's3' || aws === 'dynamodb' ? [3, 1] : aws !== null ? [4, 1] : [1, 24, 7], {
            certainty: hosts.length > 0 ? 'measured' : 'inferred',
            message: `Every request fails${host ? ` at ${host.host}` : ''}${aws ? ` (${aws})` : ''}: the way there is missing.`,
            evidence: [`${reading.connect_timeouts} connect time-outs`, ...pattern],
            fix: { change: 'Compare what is needed with what is reached: slipstream doctor --function NAME.' },
          }),
        );
      break;
    case 'random-loss':
      found.push(
        make('log-random-loss', [36], {
          certainty: 'inferred',
          message: `${line.sentence} One of several subnets, zones or targets is the usual reason.`,
          evidence: pattern,
          fix: { change: "Compare the function's subnets: slipstream doctor paths --function NAME." },
        }),
      );
      break;
    case 'open-handles':
      found.push(
        make('log-open-handles', [8], {
          message: `${line.sentence} It is no network fault.`,
          evidence: pattern,
          fix: {
            change:
              'Close connections and timers before the handler ends, or set context.callbackWaitsForEmptyEventLoop = false in a callback handler.',
          },
          page: `${LAMBDA}/nodejs-handler.html`,
        }),
      );
      break;
    case 'init-timeout':
      found.push(
        make('log-init-timeout', [29], {
          message: line.sentence,
          evidence: [`${reading.init_timeouts} INIT_REPORT lines with Status: timeout`],
          fix: {
            change:
              'Read secrets and parameters in the handler, with time-outs, and give the function a way to Secrets Manager and SSM.',
          },
          page: `${LAMBDA}/lambda-runtime-environment.html`,
        }),
      );
      break;
    case 'throttling':
      found.push(
        make('log-throttling', [], {
          severity: 'warning',
          message: line.sentence,
          evidence: pattern,
          fix: { change: 'Raise the quota, or call less often; limit concurrency with the mapping.' },
          page: `${LAMBDA}/lambda-concurrency.html`,
        }),
      );
      break;
    case 'slow-code':
      found.push(
        reading.read_timeouts > 0 || hosts.length > 0
          ? slow()
          : make('log-slow-code', [], {
              severity: 'warning',
              certainty: 'inferred',
              message: line.sentence,
              evidence: pattern,
              fix: { change: 'Make the work smaller (batch size), give it more memory, or raise the time-out.' },
              page: `${LAMBDA}/configuration-timeout.html`,
            }),
      );
      break;
    case 'cold-starts':
      found.push(
        make('log-cold-starts', [], {
          severity: 'advice',
          message: line.sentence,
          evidence: pattern,
          fix: { change: 'Load less at module level, give more memory, or provision concurrency.' },
          page: `${LAMBDA}/lambda-runtime-environment.html`,
        }),
      );
      break;
    default:
      break;
  }
  function timedOut(): number {
    return reading.rows.filter(({ outcome }) => outcome === 'timeout').length;
  }
  function slow(): Finding {
    return make('log-slow-remote', [15], {
      message: `${host?.host ?? 'A remote API'} answers too slowly: connections stand, answers do not come (${reading.read_timeouts} read time-outs).`,
      evidence: pattern,
      fix: { change: 'Give the client a read time-out well below the function time-out, and retry or queue.' },
    });
  }
  if (reading.read_timeouts > 2 && !found.some(({ id }) => id === 'log-slow-remote') && line.verdict !== 'saturation')
    found.push(slow());
  const near = reading.rows.filter(
    ({ duration_ms }) => duration_ms !== null && Math.abs(duration_ms / 1_000 - IDLE_S) <= 6,
  );
  if (near.length > 0 || (reading.resets >= 2 && idleGaps(reading) > 0))
    found.push(
      make('log-idle-drop', [28], {
        certainty: near.length > 0 ? 'measured' : 'inferred',
        message: `Connections die after about ${IDLE_S} s of idleness: a NAT gateway resets them, a NAT instance says nothing.`,
        evidence: [`${near.length} requests of about ${IDLE_S} s, ${reading.resets} resets`],
        fix: { change: 'Turn on TCP keep-alive below 350 s, or retire idle connections after 300 s.' },
        page: NAT_PAGE,
      }),
    );
  if (reading.dns_errors > 0 && line.verdict !== 'all-fail' && line.failed < line.requests)
    found.push(
      make('log-dns-bursts', [39], {
        severity: 'warning',
        certainty: 'inferred',
        message: `${reading.dns_errors} lookups failed while others passed: more than 1,024 packets a second from one interface are dropped.`,
        evidence: [`${reading.dns_errors} lines of failed lookups`],
        fix: { change: 'Keep connections alive and cache lookups.' },
        page: 'https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html',
      }),
    );
  if (reading.refused_403 > 0)
    found.push(
      make('log-refused', [25, 34, 35, 22], {
        severity: 'warning',
        certainty: 'inferred',
        message: `${reading.refused_403} answers are 403${host ? ` (${host.host})` : ''}: an allow list without the NAT's address, or an endpoint's or resource's policy.`,
        evidence: [`${reading.refused_403} lines with 403`],
        fix: {
          change:
            'Compare the address that the world sees (log the body of https://checkip.amazonaws.com from inside the function) with the allow list.',
        },
        page: 'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html',
      }),
    );
  const bare = reading.rows.filter(({ outcome, host: named }) => outcome === 'timeout' && named === null);
  if (reading.limit_s !== null && reading.limit_s <= 10 && bare.length > 0 && line.verdict !== 'open-handles')
    found.push(
      make('log-short-limit', [7], {
        severity: 'warning',
        message: `The function ends after ${reading.limit_s} s before its clients can say what hangs (${bare.length} time-outs name no host).`,
        evidence: [`Task timed out after ${reading.limit_s} seconds`],
        fix: { change: "Raise the function's time-out above the clients', and set those to a few seconds." },
        page: `${LAMBDA}/configuration-timeout.html`,
      }),
    );
  const full = reading.rows.filter(
    ({ memory_mb, used_mb }) =>
      memory_mb !== null && used_mb !== null && (used_mb >= memory_mb * 0.97 || (memory_mb <= 128 && line.failed > 0)),
  );
  if (full.length > 0)
    found.push(
      make('log-small-memory', [30], {
        severity: 'warning',
        certainty: 'inferred',
        message: `${full.length} requests run with ${full[0]?.memory_mb} MB, of which ${full[0]?.used_mb} are used: TLS and SDK take seconds there.`,
        evidence: full.slice(0, 2).map(({ id, used_mb, memory_mb }) => `${id}: ${used_mb} of ${memory_mb} MB`),
        fix: { change: 'Give it 512 MB or more.' },
        page: `${LAMBDA}/configuration-memory.html`,
      }),
    );
  return found;
}

function lastLines(reading: LogReading): string[] {
  const counts = new Map<string, number>();
  for (const { last_line } of reading.rows)
    if (last_line) counts.set(shape(last_line), (counts.get(shape(last_line)) ?? 0) + 1);
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, 2)
    .map(([text, count]) => `${count} time-outs wait for what comes after "${text.slice(0, 120)}"`);
}

/** Without times and ids, so that the same line counts as the same. */
function shape(line: string): string {
  return line
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)?/g, '')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function idleGaps({ rows }: LogReading): number {
  const starts = rows.flatMap(({ start_ms }) => start_ms ?? []).toSorted((a, b) => a - b);
  return starts.filter((each, at) => at > 0 && each - (starts[at - 1] ?? each) > IDLE_S * 1_000).length;
}
