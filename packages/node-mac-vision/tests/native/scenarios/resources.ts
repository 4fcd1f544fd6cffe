import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createMacVision } from '../../../src/index.ts';
import { requireAddon } from '../../../src/load-addon.ts';
import { startJob } from '../../../src/native-addon.ts';
import { fakeCounters, fakeImage, rectangle } from '../fake-image.ts';
import type { Effort, Scenario } from '../scenario.ts';
import { NATIVE_OPTIONS } from './cancelling.ts';

const MIB = 1024 * 1024;
/**
 * What a thousand images may leave in use. A leak shows in every block of images, whereas what V8 and the test runner allocate
 * for themselves shows in one or another: so the block that grew least is judged. A leaked observation would be 2 MiB.
 */
const HEAP_GROWTH_MAX_BYTES = 0.25 * MIB;
const BLOCK_IMAGES = 1_000;
/** Resident memory also holds V8's heap and what the allocator keeps for later: it shows only a gross leak. */
const RESIDENT_GROWTH_MAX_BYTES = 96 * MIB;

const LINES = Array.from({ length: 20 }, (_, i) => ({
  text: `line ${i} of a receipt 12,50`,
  quad: rectangle(0.1, i / 20, 0.8, 0.04),
}));

const collectGarbage: () => void = globalThis.gc ?? exposedGc();

function exposedGc(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
}

/** V8 frees the buffers that it collected in the background: they are taken off, and given a moment. */
async function memory() {
  for (let round = 0; round < 3; round++) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { rss, arrayBuffers } = process.memoryUsage();
  return { heap: fakeCounters().heapBytes - arrayBuffers, resident: rss };
}

function assertGrowth(what: string, bytes: number, max_bytes: number): void {
  assert.ok(bytes < max_bytes, `${what} grew by ${(bytes / MIB).toFixed(1)} MiB, more than ${max_bytes / MIB}`);
}

async function readMany(count: number): Promise<void> {
  const vision = createMacVision({ concurrency: 4 });
  const image = fakeImage({ lines: LINES });
  for (let done = 0; done < count; done += 50) {
    await Promise.all(Array.from({ length: 50 }, () => vision.recognizeText(image)));
  }
}

export function resourceScenarios({ jobs }: Effort): Scenario[] {
  return [
    {
      name: 'the caller may overwrite its buffer, or give it away, as soon as the call is back',
      async run() {
        const overwritten = fakeImage({ delayMs: 20, lines: LINES });
        const first = startJob(requireAddon(), overwritten, NATIVE_OPTIONS).promise;
        overwritten.fill(0);
        assert.equal((await first).texts[19], 'line 19 of a receipt 12,50');

        const given = new Uint8Array(fakeImage({ delayMs: 20, lines: LINES }));
        const second = startJob(requireAddon(), given, NATIVE_OPTIONS).promise;
        structuredClone(given.buffer, { transfer: [given.buffer] });
        assert.equal(given.byteLength, 0);
        assert.equal((await second).texts.length, 20);
      },
    },
    {
      name: 'one image at a time unless more is asked for',
      async run() {
        const vision = createMacVision();
        const { performed } = fakeCounters();
        const images = Array.from({ length: 4 }, () => vision.recognizeText(fakeImage({ delayMs: 5 })));
        await Promise.all(images);
        assert.equal(fakeCounters().performed, performed + 4);
      },
    },
    {
      name: 'a fifth image at once is refused, whoever asks',
      async run() {
        const slow = fakeImage({ delayMs: 60_000 });
        const jobs = Array.from({ length: 4 }, () => startJob(requireAddon(), slow, NATIVE_OPTIONS));
        assert.throws(() => startJob(requireAddon(), fakeImage(), NATIVE_OPTIONS), { kind: 'busy' });
        const refused = createMacVision().recognizeText(fakeImage());
        await assert.rejects(refused, { code: 'busy' });
        for (const { cancel } of jobs) cancel();
        await Promise.all(jobs.map(({ promise }) => assert.rejects(promise, { kind: 'cancelled' })));
        await createMacVision().recognizeText(fakeImage());
      },
    },
    {
      name: 'arguments of the wrong type are refused by name',
      async run() {
        const start = (...args: unknown[]) => Reflect.apply(requireAddon().start, undefined, args);
        assert.throws(() => start('bytes', NATIVE_OPTIONS), /bytes must be a Uint8Array/);
        assert.throws(() => start(new Float64Array(2), NATIVE_OPTIONS), /bytes must be a Uint8Array/);
        assert.throws(() => start(new Uint8Array(1)), /options must be an object/);
        assert.throws(() => start(new Uint8Array(1), { ...NATIVE_OPTIONS, fast: 1 }), /fast must be a boolean/);
        assert.throws(() => start(new Uint8Array(1), { ...NATIVE_OPTIONS, pixelsMax: '1' }), /pixelsMax must be/);
        assert.throws(() => start(new Uint8Array(1), { ...NATIVE_OPTIONS, languages: [1] }), /languages must be/);
        assert.throws(() => start(new Uint8Array(1), NATIVE_OPTIONS, 'done'), /done must be a function/);
        await createMacVision().recognizeText(fakeImage());
      },
    },
    {
      name: `${jobs} images leave memory flat, no object behind, and the main thread alone`,
      async run() {
        const block = Math.min(jobs, BLOCK_IMAGES);
        await readMany(block);
        const begin = await memory();
        let before = begin;
        let leastGrowth = Number.POSITIVE_INFINITY;
        for (let done = 0; done < jobs; done += block) {
          await readMany(block);
          const after = await memory();
          leastGrowth = Math.min(leastGrowth, after.heap - before.heap);
          before = after;
        }
        assertGrowth('memory in use', leastGrowth, HEAP_GROWTH_MAX_BYTES);
        assertGrowth('resident memory', before.resident - begin.resident, RESIDENT_GROWTH_MAX_BYTES);
        const { liveObjects, mainThreadCalls, peakThreads } = fakeCounters();
        assert.equal(liveObjects, 0);
        assert.equal(mainThreadCalls, 0);
        assert.ok(peakThreads <= 4);
      },
    },
  ];
}
