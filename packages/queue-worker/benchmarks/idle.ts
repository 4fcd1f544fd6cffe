import { setTimeout as sleep } from 'node:timers/promises';
import { slipstream } from './contenders.ts';
import { countRequests } from './count-requests.ts';
import type { LocalSqs } from './local-sqs.ts';

export interface IdleRun {
  readonly seconds: number;
  /** Of one core. */
  readonly cpu_percent: number;
  readonly requests: number;
}

/** What a worker costs that has nothing to do; its start is not counted. */
export async function measureIdle(sqs: LocalSqs, seconds: number): Promise<IdleRun> {
  const url = await sqs.createQueue();
  const running = slipstream.start(sqs, url, async () => {});
  await sleep(2_000);
  const requests = countRequests();
  const before = process.cpuUsage();
  await sleep(seconds * 1_000);
  const { user, system } = process.cpuUsage(before);
  const total = requests.total();
  requests.restore();
  await running.stop();
  return { seconds, cpu_percent: (user + system) / (seconds * 10_000), requests: total };
}
