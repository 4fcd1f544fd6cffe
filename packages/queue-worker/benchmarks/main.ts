import { parseArgs } from 'node:util';
import { slipstream, sqsConsumerBatch, sqsConsumerEach } from './contenders.ts';
import { type IdleRun, measureIdle } from './idle.ts';
import { startLocalSqs } from './local-sqs.ts';
import { type MemoryRun, measureMemory } from './memory.ts';
import { equalMessages, measureThroughput, mixedMessages, type Throughput } from './throughput.ts';

const USAGE = `Compares the agent's worker with sqs-consumer on one local server of the SQS protocol.

  npm run bench:agent             about six minutes
  npm run bench:agent -- --short  about one minute
  npm run bench:agent -- --json
`;

const BARS = { mixed_factor_min: 3, equal_factor_min: 1, growth_mb_max: 8, idle_cpu_percent_max: 0.5 };

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(USAGE);
else process.exitCode = await main(values.short);

interface Report {
  readonly mixed: readonly Throughput[];
  readonly equal: readonly Throughput[];
  readonly memory: MemoryRun;
  readonly idle: IdleRun;
}

async function main(isShort: boolean): Promise<number> {
  const sqs = await startLocalSqs();
  try {
    const report: Report = {
      idle: await measureIdle(sqs, isShort ? 20 : 60),
      mixed: await compare(mixedMessages(isShort ? 200 : 1_000)),
      equal: await compare(equalMessages(isShort ? 300 : 1_000, 100)),
      memory: await measureMemory(sqs, isShort ? 4_000 : 100_000),
    };
    const bars = barsOf(report);
    if (values.json) console.log(JSON.stringify({ ...report, bars }, null, 2));
    else print(report, bars);
    return bars.every(({ ok }) => ok) ? 0 : 1;
  } finally {
    sqs.stop();
  }

  async function compare(messages: Parameters<typeof measureThroughput>[2]): Promise<Throughput[]> {
    const results: Throughput[] = [];
    for (const contender of [slipstream, sqsConsumerEach, sqsConsumerBatch]) {
      progress(`${contender.name}: ${messages.length} messages`);
      results.push(await measureThroughput(sqs, contender, messages));
    }
    return results;
  }
}

/** On standard error, so that what is printed on standard output is the report alone. */
function progress(what: string): void {
  process.stderr.write(`${what} …\n`);
}

interface Bar {
  readonly what: string;
  readonly ok: boolean;
}

function barsOf({ mixed, equal, memory, idle }: Report): readonly Bar[] {
  const batch = mixed.find(({ name }) => name === sqsConsumerBatch.name);
  const [mixedFactor, equalFactor] = [factor(mixed), factor(equal)];
  const polls = Math.ceil(idle.seconds / 20) + 1;
  return [
    { what: `mixed: ${times(mixedFactor)} of the better mode, at least 3×`, ok: mixedFactor >= BARS.mixed_factor_min },
    { what: `equal: ${times(equalFactor)} of the better mode, at least 1×`, ok: equalFactor >= BARS.equal_factor_min },
    {
      what: 'requests a message, to two decimals: not more than its batch mode',
      ok: hundredths(mixed[0]) <= hundredths(batch),
    },
    { what: `heap grows by at most ${BARS.growth_mb_max} MB`, ok: memory.growth_mb <= BARS.growth_mb_max },
    { what: `idle: below ${BARS.idle_cpu_percent_max} % of a core`, ok: idle.cpu_percent < BARS.idle_cpu_percent_max },
    { what: 'idle: one request in 20 s', ok: idle.requests <= polls },
  ];
}

/** Ours against the better of its modes. */
function factor([ours, ...theirs]: readonly Throughput[]): number {
  return (ours?.per_second ?? 0) / Math.max(...theirs.map(({ per_second }) => per_second));
}

/** The polls and deletes at a run's end are a few more or less: to two decimals they do not count. */
function hundredths(run: Throughput | undefined): number {
  return Math.round((run?.requests_per_message ?? Number.NaN) * 100);
}

function times(value: number): string {
  return `${value.toFixed(1)}×`;
}

function print({ mixed, equal, memory, idle }: Report, bars: readonly Bar[]): void {
  printRuns('90 % take 20 ms, 10 % take 1 s; concurrency 10', mixed);
  printRuns('all take 100 ms; concurrency 10', equal);
  const heap = memory.heap_mb.map((mb) => mb.toFixed(1)).join(', ');
  console.log(`memory: heap over ${memory.messages} messages, MB: ${heap} (${Math.round(memory.seconds)} s)`);
  console.log(`idle: ${idle.cpu_percent.toFixed(2)} % of a core, ${idle.requests} requests in ${idle.seconds} s\n`);
  for (const { what, ok } of bars) console.log(`${ok ? 'ok  ' : 'FAIL'}  ${what}`);
}

function printRuns(title: string, runs: readonly Throughput[]): void {
  console.log(title);
  for (const { name, messages, seconds, per_second, requests_per_message } of runs) {
    const figures = [`${per_second.toFixed(1)}/s`, `${requests_per_message.toFixed(3)} requests a message`];
    console.log(`  ${name.padEnd(22)} ${figures.join('   ')}   (${messages} in ${seconds.toFixed(1)} s)`);
  }
  console.log('');
}
