import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@slipstream/shared';
import { createMacVision, type MacVision } from 'node-mac-vision';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppleVisionEngine, SteadyVision } from '../../src/engines/apple-vision/index.ts';
import { EngineInPlace } from '../../src/engines/engine-in-place.ts';
import { NullEngine } from '../../src/engines/null-engine.ts';
import { paint } from './painted.ts';

/** Vision in its real child process, whose addon fails as it does on this year's macOS. */
const OPTIONS = { languages: [], customWords: [], concurrency: 1, version: 'test' };
const NEVER = new AbortController().signal;
let folder = '';
let vision: MacVision;
let nowMs = 0;
/** Real time for what waits; pauses are passed over by hand. */
const clock = { ...systemClock, now: () => Date.now() + nowMs, monotonic: () => performance.now() + nowMs };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipstream-vision-'));
  nowMs = 0;
  process.env.NODE_MAC_VISION_ADDON = fileURLToPath(new URL('./vision-stand-in.cjs', import.meta.url));
  process.env.STAND_IN_FOLDER = folder;
  process.env.STAND_IN_COMPILE_MS = '20';
});
afterEach(async () => {
  await vision.close();
  rmSync(folder, { recursive: true });
  delete process.env.NODE_MAC_VISION_ADDON;
});

function macos(name: '15' | '26.4' | '27.0' | 'none'): void {
  writeFileSync(join(folder, 'macos'), name);
}
function engineOn(name: Parameters<typeof macos>[0]): AppleVisionEngine {
  macos(name);
  writeFileSync(join(folder, 'starts'), '');
  vision = createMacVision({ isolated: true });
  return new AppleVisionEngine(new SteadyVision(vision, clock), OPTIONS);
}
const starts = () => readFileSync(join(folder, 'starts'), 'utf8').length;
const image = () => paint({ width: 400, height: 500 }, []);
async function read(engine: Pick<AppleVisionEngine, 'recognise'>) {
  const { engine: by, lines } = await engine.recognise(await image(), NEVER);
  return { level: by.level, degraded: by.degraded, text: lines[0]?.text };
}
const ACCURATE = { level: 'accurate', degraded: undefined, text: 'read-accurate' };
const FAST = { level: 'fast', degraded: expect.stringContaining('broken'), text: 'read-fast' };

describe('macOS 26.4, where accurate recognition fails always', () => {
  it('reads fast, says so in document and health, and tries accurate again after a pause only', async () => {
    const engine = engineOn('26.4');
    expect(engine.health).toMatchObject({ state: 'ok', reason: null });
    expect(await read(engine)).toEqual(FAST);
    expect(engine.health).toMatchObject({
      state: 'degraded',
      level: 'fast',
      since: expect.stringMatching(/Z$/),
      reason: expect.stringContaining('the accurate recogniser is broken'),
    });
    const before = starts();
    for (let count = 0; count < 5; count += 1) expect(await read(engine)).toEqual(FAST);
    expect(starts()).toBe(before);
  });

  it('is well again by itself when macOS is', async () => {
    const engine = engineOn('26.4');
    await engine.prewarm();
    expect(engine.health?.state).toBe('degraded');
    macos('15');
    await engine.recover();
    expect(engine.health?.state).toBe('degraded');
    nowMs += 61_000;
    await engine.recover();
    expect(engine.health).toMatchObject({ state: 'ok', level: 'accurate', reason: null });
    expect(await read(engine)).toEqual(ACCURATE);
  });

  it('prewarming ends without an error', async () => {
    await expect(engineOn('26.4').prewarm()).resolves.toBeUndefined();
  });
});

describe('macOS 27.0, where a process is good or bad for its whole life', () => {
  it('a bad process is replaced: no image is read fast', async () => {
    const engine = engineOn('27.0');
    for (let count = 0; count < 4; count += 1) expect(await read(engine)).toEqual(ACCURATE);
    expect(engine.health?.state).toBe('ok');
    // The first was bad, the second has read everything since.
    expect(starts()).toBe(2);
  });

  it('a first call that takes as long as a compilation is waited for', async () => {
    process.env.STAND_IN_COMPILE_MS = '1500';
    macos('15');
    writeFileSync(join(folder, 'starts'), '');
    vision = createMacVision({ isolated: true, firstTimeoutMs: 10_000, timeoutMs: 500 });
    const engine = new AppleVisionEngine(new SteadyVision(vision, clock), OPTIONS);
    expect(await read(engine)).toEqual(ACCURATE);
    expect(await read(engine)).toEqual(ACCURATE);
  });

  it('its own fallback retires the process and is tried in a fresh one', async () => {
    engineOn('27.0');
    const first = await vision.recognizeText((await image()).bytes, { fallbackToFast: true });
    expect(first.fallback).toBeUndefined();
    expect(first.level).toBe('accurate');
    expect(starts()).toBe(2);
  });

  it('a process that fell back is not kept, where no process reads accurately', async () => {
    engineOn('26.4');
    const read = await vision.recognizeText((await image()).bytes, { fallbackToFast: true });
    expect(read).toMatchObject({ level: 'fast', fallback: { from: 'accurate' } });
    macos('15');
    const next = await vision.recognizeText((await image()).bytes, { fallbackToFast: true });
    expect(next.level).toBe('accurate');
  });
});

describe('a Mac on which Vision reads nothing', () => {
  it('the named engine has failed, and says why', async () => {
    const engine = engineOn('none');
    await engine.prewarm();
    expect(engine.health).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('both of its levels fail'),
    });
    await expect(read(engine)).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
  });

  it('auto takes the next engine, says so once, and marks what it reads', async () => {
    const said: string[] = [];
    const next = { open: async () => new NullEngine(), onSwitch: (sentence: string) => void said.push(sentence) };
    const engine = new EngineInPlace(engineOn('none'), next, clock);
    await engine.prewarm();
    expect(engine.name).toBe('null');
    expect(engine.health).toMatchObject({ state: 'degraded' });
    for (let count = 0; count < 2; count += 1) {
      const document = await engine.recognise(await image(), NEVER);
      expect(document.engine).toMatchObject({ name: 'null', degraded: expect.stringContaining('cannot be used') });
    }
    expect(said).toEqual([expect.stringMatching(/^apple-vision cannot be used .*: null reads in its place\.$/)]);
  });

  it('auto changes also when Vision fails in the middle of the work', async () => {
    const next = { open: async () => new NullEngine(), onSwitch: () => {} };
    const engine = new EngineInPlace(engineOn('15'), next, clock);
    expect((await engine.recognise(await image(), NEVER)).engine.name).toBe('apple-vision');
    macos('none');
    expect((await engine.recognise(await image(), NEVER)).engine.name).toBe('null');
  });
});
