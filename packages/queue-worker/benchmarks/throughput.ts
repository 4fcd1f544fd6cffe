import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '@slipstream/testing';
import type { Contender } from './contenders.ts';
import { countRequests } from './count-requests.ts';
import type { LocalSqs, SleepMessage } from './local-sqs.ts';

export interface Throughput {
  readonly name: string;
  readonly messages: number;
  readonly seconds: number;
  readonly per_second: number;
  readonly requests_per_message: number;
}

/** Deletes that are still on their way when the last handler has ended. */
const SETTLING_MS = 1_500;
const MIX_SEED = 1;

/** 90 % take 20 ms and 10 % take 1 s, spread over the queue by chance, the same way for everyone. */
export function mixedMessages(count: number): SleepMessage[] {
  const random = new Random(MIX_SEED);
  const slow = new Set(random.shuffled(Array.from({ length: count }, (_, n) => n)).slice(0, count / 10));
  return Array.from({ length: count }, (_, n) => ({ n, sleep_ms: slow.has(n) ? 1_000 : 20 }));
}

export function equalMessages(count: number, sleep_ms: number): SleepMessage[] {
  return Array.from({ length: count }, (_, n) => ({ n, sleep_ms }));
}

/** Fills a queue, lets one contender empty it, and measures from its start to the end of the last message. */
export async function measureThroughput(
  sqs: LocalSqs,
  contender: Contender,
  messages: readonly SleepMessage[],
): Promise<Throughput> {
  const url = await sqs.createQueue();
  await sqs.fill(url, messages);
  const requests = countRequests();
  const handled = new Set<number>();
  const all = Promise.withResolvers<void>();
  const startedAt = performance.now();
  const running = contender.start(sqs, url, async (body) => {
    const { n, sleep_ms }: SleepMessage = JSON.parse(body);
    await sleep(sleep_ms);
    handled.add(n);
    if (handled.size === messages.length) all.resolve();
  });
  await all.promise;
  const seconds = (performance.now() - startedAt) / 1_000;
  await sleep(SETTLING_MS);
  const total = requests.total();
  await running.stop();
  requests.restore();
  return {
    name: contender.name,
    messages: messages.length,
    seconds,
    per_second: messages.length / seconds,
    requests_per_message: total / messages.length,
  };
}
