import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DEPLOYED_QUEUE_NAMES, queueVariables } from '@slipstream/shared';
import { type Invocation, LocalFunction } from '../runtime-api/index.ts';
import { startFakeAws } from './fake-aws.ts';
import { FIRST_EVENTS } from './first-events.ts';

/**
 * Each bundle's size, cold start and memory. A cold start is the time from the start of a process to its first
 * response (to a health check), less the same of a bundle that does nothing: Node's own start and the runtime's.
 * `first call` is the same up to the response to an event for which the function calls its store. All are measured in
 * turns, so that what else the machine does weighs on all; the fastest of all rounds count, since everything that
 * disturbs a start only makes it slower. For the same reason one that is over the bar is measured again, on a machine
 * that does something else at the same time, up to `ROUNDS_FACTOR_MAX` times as often.
 */
const ROUNDS_FACTOR_MAX = 3;
const BAR = { bundle_bytes: 2_500_000, cold_start_ms: 150 };

/** They carry LanceDB and what reads its tables, 150 MB beside the bundle: shown, but no bar is set for them. */
const WITH_VECTOR_INDEX = ['compaction', 'process-ocr-results'];

const HEALTH_CHECK = { Records: [] };

const { values } = parseArgs({ options: { json: { type: 'boolean' }, rounds: { type: 'string', default: '10' } } });
const DIST = fileURLToPath(new URL('../../../apps/lambdas/dist', import.meta.url));
const EMPTY = fileURLToPath(new URL('empty-bundle', import.meta.url));

interface Row {
  readonly function: string;
  readonly bundle_bytes: number;
  readonly cold_start_ms: number;
  readonly first_call_ms: number;
  readonly memory_mb: number | null;
  readonly rounds: number;
  readonly ok: boolean;
}

interface Start {
  readonly ms: number;
  readonly memory_bytes: number | null;
}

const aws = await startFakeAws();
const variables = {
  AWS_REGION: 'us-east-1',
  AWS_ENDPOINT_URL: aws.endpoint,
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  DYNAMO_TABLE_NAME: 'table',
  RAW_BUCKET: 'raw',
  ARTIFACTS_BUCKET: 'artifacts',
  LOG_LEVEL: 'silent',
  ...Object.fromEntries(
    DEPLOYED_QUEUE_NAMES.flatMap((name) => [
      [queueVariables(name).url, `${aws.endpoint}/000000000000/${name}`],
      [queueVariables(name).dead, `${aws.endpoint}/000000000000/${name}-dead`],
    ]),
  ),
};

const rows: Row[] = [];
if (!values.json) printHead();
for (const name of readdirSync(DIST).toSorted()) {
  const row = await measure(name, Number(values.rounds));
  rows.push(row);
  if (!values.json) printRow(row);
}
aws.close();

if (values.json) console.log(JSON.stringify({ bar: BAR, rows }, null, 2));
else printBar();
process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;

async function measure(name: string, rounds: number): Promise<Row> {
  const measured: Rounds = { starts: [], calls: [], empty: [] };
  let row = rowOf(name, measured);
  for (let round = 1; round <= rounds * ROUNDS_FACTOR_MAX; round += 1) {
    measured.empty.push(await start('empty', EMPTY, {}));
    measured.starts.push(await start(name, `${DIST}/${name}`, HEALTH_CHECK));
    measured.calls.push(await start(name, `${DIST}/${name}`, FIRST_EVENTS[name] ?? HEALTH_CHECK));
    row = rowOf(name, measured);
    if (round >= rounds && row.ok) break;
  }
  return row;
}

interface Rounds {
  readonly starts: Start[];
  readonly calls: Start[];
  readonly empty: Start[];
}

function rowOf(name: string, { starts, calls, empty }: Rounds): Row {
  const fastest = (all: readonly Start[]) => Math.min(...all.map(({ ms }) => ms));
  const memory = calls.map(({ memory_bytes }) => memory_bytes ?? 0);
  const bundle_bytes = statSync(`${DIST}/${name}/index.mjs`).size;
  const cold_start_ms = Math.round(fastest(starts) - fastest(empty));
  return {
    function: name,
    bundle_bytes,
    cold_start_ms,
    first_call_ms: Math.round(fastest(calls) - fastest(empty)),
    memory_mb: memory.includes(0) ? null : Math.round(Math.max(...memory) / 1_048_576),
    rounds: starts.length,
    ok: WITH_VECTOR_INDEX.includes(name) || (bundle_bytes <= BAR.bundle_bytes && cold_start_ms <= BAR.cold_start_ms),
  };
}

async function start(name: string, bundle_dir: string, event: object): Promise<Start> {
  const fn = new LocalFunction({ name, bundle_dir, variables, memory_mb: 512 });
  try {
    const invocation: Invocation = await fn.invoke(event);
    if (invocation.outcome.kind !== 'returned') {
      throw new Error(`${name} came to ${JSON.stringify(invocation.outcome)}`);
    }
    return { ms: invocation.duration_ms, memory_bytes: fn.peakMemoryBytes() };
  } finally {
    fn.close();
  }
}

function printHead(): void {
  console.log('function               bundle MB   cold start ms   first call ms   memory MB   rounds');
}

function printRow({ function: name, bundle_bytes, cold_start_ms, first_call_ms, memory_mb, rounds, ok }: Row): void {
  const size = (bundle_bytes / 1e6).toFixed(2);
  console.log(
    `${name.padEnd(22)} ${size.padStart(9)} ${String(cold_start_ms).padStart(15)} ${String(first_call_ms).padStart(15)} ${String(memory_mb ?? '-').padStart(11)} ${String(rounds).padStart(8)}  ${ok ? '' : 'over the bar'}`,
  );
}

function printBar(): void {
  console.log(
    `bar: a bundle of at most ${BAR.bundle_bytes / 1e6} MB, a cold start of at most ${BAR.cold_start_ms} ms; none for ${WITH_VECTOR_INDEX.join(' and ')}`,
  );
}
