import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@slipstream/runtime';
import type { Clock, RecordChange } from '@slipstream/shared';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Home, openHome } from '../src/home/open-home.ts';
import { runStream } from '../src/local/run-stream.ts';

const IMAGES = ['one', 'two', 'three'];
const logger = createLogger({ name: 'test', level: 'silent' });

let folder = '';
let home: Home;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipstream-stream-'));
  home = await openHome(folder, logger);
  for (const each of IMAGES) {
    const record = { pk: `IMAGE#${each}`, sk: 'UPLOAD#local', type: 'UPLOAD', revision: 1 };
    await home.records.write({ kind: 'put', record });
  }
});
afterEach(async () => {
  await home.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Notes the pauses instead of waiting; idles end the run. */
function impatientClock(pauses: number[], stopping: AbortController): Clock {
  return {
    now: () => home.clock.now(),
    monotonic: () => home.clock.monotonic(),
    sleep: async (ms) => {
      if (ms === 50) stopping.abort();
      else pauses.push(ms);
    },
  };
}

it('a change that fails comes ever more rarely, and those behind it wait for it', async () => {
  const [pauses, stopping] = [[] as number[], new AbortController()];
  const invocations: string[][] = [];
  const handler = async (changes: readonly RecordChange[]) => {
    invocations.push(changes.map(({ key }) => key.pk));
    const failing = invocations.length <= 5 ? changes.find(isOfTwo) : undefined;
    return { retryFrom: failing?.sequence ?? null };
  };
  await runStream(home.store.records, handler, { clock: impatientClock(pauses, stopping), logger }, stopping.signal);
  expect(pauses).toEqual([200, 400, 800, 1_600, 3_200]);
  const behind = ['IMAGE#two', 'IMAGE#three'];
  expect(invocations).toEqual([['IMAGE#one', ...behind], behind, behind, behind, behind, behind]);
});

const isOfTwo = ({ key }: RecordChange) => key.pk === 'IMAGE#two';
