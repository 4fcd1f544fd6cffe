import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '@slipstream/runtime';
import { rawKey } from '@slipstream/shared';
import { type Home, openHome } from '../src/home/open-home.ts';

/** What has become of all that was submitted. */
export interface Account {
  readonly images: number;
  readonly completed: number;
  /** By the reason's code. */
  readonly failed: Readonly<Record<string, number>>;
  /** Not ended, or not even known. */
  readonly open: number;
  readonly originals_missing: number;
  readonly receipts: number;
  readonly dead_letters: number;
  readonly waiting: number;
  /** Where it waits, and how. */
  readonly queues: Readonly<Record<string, string>>;
}

/** Asks until everything has ended, or the time is over. `isDone` says whether it is worth asking again. */
export async function accountFor(
  dataDir: string,
  imageIds: readonly string[],
  deadlineMs: number,
  isDone: (account: Account) => boolean,
): Promise<Account> {
  const home = await openHome(dataDir, createLogger({ name: 'soak', level: 'silent' }));
  try {
    for (;;) {
      const account = await take(home, imageIds);
      if (isDone(account) || performance.now() > deadlineMs) return account;
      await sleep(1_000);
    }
  } finally {
    await home.close();
  }
}

async function take(home: Home, imageIds: readonly string[]): Promise<Account> {
  let [completed, open, missing, receipts, dead, waiting] = [0, 0, 0, 0, 0, 0];
  const failed: Record<string, number> = {};
  for (const imageId of imageIds) {
    const job = (await home.jobs.current(imageId))?.job;
    if (job?.status === 'COMPLETED') completed += 1;
    else if (job?.status === 'FAILED') failed[job.reason_code ?? ''] = (failed[job.reason_code ?? ''] ?? 0) + 1;
    else open += 1;
    if ((await home.raw.head(rawKey(imageId))) === null) missing += 1;
    receipts += (await home.receipts.ofImage(imageId)).length;
  }
  const queues: Record<string, string> = {};
  for (const queue of Object.values(home.queues)) {
    const depth = await queue.depth();
    dead += depth.dead;
    waiting += depth.ready + depth.inFlight + depth.delayed;
    const { ready, inFlight, delayed } = depth;
    if (ready + inFlight + delayed > 0)
      queues[queue.name] = `${ready} ready, ${inFlight} in flight, ${delayed} delayed`;
  }
  return {
    images: imageIds.length,
    completed,
    failed,
    open,
    originals_missing: missing,
    receipts,
    dead_letters: dead,
    waiting,
    queues,
  };
}
