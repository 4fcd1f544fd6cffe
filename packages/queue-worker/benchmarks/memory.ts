import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { slipstream } from './contenders.ts';
import type { LocalSqs, SleepMessage } from './local-sqs.ts';

export interface MemoryRun {
  readonly messages: number;
  /** After a garbage collection, at equal steps of the run. */
  readonly heap_mb: readonly number[];
  /** From the first quarter's end to the run's end. */
  readonly growth_mb: number;
  readonly seconds: number;
}

const STEPS = 8;
/** The queue is kept this full, so that what is sent is not what is weighed. */
const BACKLOG = 500;
const FILL_BATCH = 100;

/** Works off many messages that take no time, while they are being sent, and weighs the heap on the way. */
export async function measureMemory(sqs: LocalSqs, messages: number): Promise<MemoryRun> {
  const collect = garbageCollector();
  const url = await sqs.createQueue();
  const heap_mb: number[] = [];
  let handled = 0;
  const startedAt = performance.now();
  const running = slipstream.start(sqs, url, async () => {
    handled += 1;
    if (handled % Math.ceil(messages / STEPS) === 0) {
      collect();
      heap_mb.push(process.memoryUsage().heapUsed / 1_048_576);
    }
  });
  for (let sent = 0; sent < messages; sent += FILL_BATCH) {
    while (sent - handled > BACKLOG) await new Promise((resolve) => setTimeout(resolve, 20));
    await sqs.fill(url, batch(sent, Math.min(FILL_BATCH, messages - sent)));
  }
  while (handled < messages) await new Promise((resolve) => setTimeout(resolve, 20));
  await running.stop();
  const [early = 0, late = 0] = [heap_mb[STEPS / 4 - 1], heap_mb.at(-1)];
  return { messages, heap_mb, growth_mb: late - early, seconds: (performance.now() - startedAt) / 1_000 };
}

function batch(from: number, count: number): SleepMessage[] {
  return Array.from({ length: count }, (_, index) => ({ n: from + index, sleep_ms: 0 }));
}

/** What `node --expose-gc` gives, without having to be started so. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('this Node does not let its garbage be collected');
  return () => {
    collect();
  };
}
