// 3,000 images through the built program while faults are injected at random: at the end every one is accounted for.
// Run with: npm run soak -- [--images N] [--faults N] [--seed N] [--minutes N] [--json]

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { sha256Hex } from '@slipstream/runtime';
import { imageIdOf, rawKey } from '@slipstream/shared';
import { seededRandom } from '@slipstream/testing';
import { png } from '../tests/png.ts';
import { type Account, accountFor } from './account.ts';
import { FAULTS, type Fault, inject } from './faults.ts';
import { openSmallDisk } from './small-disk.ts';
import { SoakedDev } from './soaked-dev.ts';

const { values } = parseArgs({
  options: {
    images: { type: 'string', default: '3000' },
    faults: { type: 'string', default: '40' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    minutes: { type: 'string', default: '10' },
    json: { type: 'boolean', default: false },
  },
});
const [IMAGES, FAULT_COUNT, SEED] = [Number(values.images), Number(values.faults), Number(values.seed)];
const deadlineMs = performance.now() + Number(values.minutes) * 60_000;
const AT_ONCE = 6;
/** Room for what 3,000 images need, three times over. */
const DISK_BYTES = 600_000_000;

const random = seededRandom(SEED);
const disk = openSmallDisk(DISK_BYTES);
const outside = mkdtempSync(join(tmpdir(), 'slipstream-soak-'));
const dev = new SoakedDev(disk.root, outside);
const lost = new Set<string>();
const injected = Object.fromEntries(FAULTS.map((fault) => [fault, 0]));
const startedAt = performance.now();

// Half of them over the API, half into the watched folder; small and large ones.
const images = Array.from({ length: IMAGES }, (_, n) => png(`${SEED} ${n} `.padEnd(n % 2 === 0 ? 100 : 40_000, 'x')));
const ids = images.map((bytes) => imageIdOf(sha256Hex(bytes)));

try {
  await dev.start();
  const submitting = submitAll();
  await injectAll();
  await submitting;
  dev.moveClock(0);
  disk.empty();
  if (dev.url === null) await dev.start();
  const before = await accountFor(dev.dataDir, ids, deadlineMs, ({ open, waiting }) => open === 0 || waiting === 0);
  // What was lost is submitted again, as its FAILED job says: that heals it.
  for (const [n, id] of ids.entries()) if (lost.has(rawKey(id))) await post(images[n] ?? png(''));
  const account = await accountFor(dev.dataDir, ids, deadlineMs, isAllDone);
  const isMet = isAllDone(account);
  report({
    seed: SEED,
    ...account,
    failed_before_lost_ones_came_again: before.failed,
    originals_lost_and_submitted_again: lost.size,
    faults: injected,
    skipped: disk.notFillable === null ? [] : [`disk full: ${disk.notFillable}`],
    unasked_ends: dev.ends.length,
    seconds: Math.round((performance.now() - startedAt) / 1_000),
    is_met: isMet,
  });
  process.exitCode = isMet ? 0 : 1;
} finally {
  await dev.end('SIGKILL');
  disk.dispose();
  rmSync(outside, { recursive: true, force: true });
}

/** Every image read, every original and receipt there, and nothing left in a queue or among the dead letters. */
function isAllDone({ completed, originals_missing, receipts, waiting, dead_letters }: Account): boolean {
  const isRead = completed === IMAGES && receipts === IMAGES && originals_missing === 0;
  return isRead && waiting === 0 && dead_letters === 0;
}

async function submitAll(): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let n = next++; n < images.length; n = next++) {
      const bytes = images[n] ?? png('');
      if (n % 4 < 2) await post(bytes);
      else writeFileSync(join(dev.watched, `${n}.png`), bytes);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** As any client would: again and again until it is acknowledged. */
async function post(bytes: Uint8Array): Promise<void> {
  while (performance.now() < deadlineMs) {
    try {
      const answer = await fetch(`${dev.url}/images`, { method: 'POST', body: Buffer.from(bytes) });
      await answer.body?.cancel();
      if (answer.status === 202) return;
    } catch {
      // the program was killed under the request, or is not up
    }
    await sleep(100);
  }
}

async function injectAll(): Promise<void> {
  const possible: readonly Fault[] = FAULTS.filter((fault) => fault !== 'disk full' || disk.notFillable === null);
  for (let n = 0; n < FAULT_COUNT; n += 1) {
    await sleep(200 + random() * 1_500);
    // Each kind in turn first, so that none is left to chance.
    const fault = possible[n < possible.length ? n : Math.floor(random() * possible.length)] ?? 'kill';
    await inject(fault, { dev, disk, random, lost });
    injected[fault] = (injected[fault] ?? 0) + 1;
    if (dev.url === null) await dev.start();
  }
}

function report(result: Readonly<Record<string, unknown>>): void {
  if (values.json) {
    console.log(JSON.stringify(result, null, 2));
    return;
  }
  for (const [name, value] of Object.entries(result)) {
    const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
    console.log(`${name.replaceAll('_', ' ').padEnd(36)} ${text}`);
  }
  if (disk.notFillable !== null) console.log(`skipped disk full: ${disk.notFillable}`);
}
