import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { IsolatedVision } from '../../src/isolated/isolated-vision.ts';
import { fakeImage, rectangle } from '../native/fake-image.ts';
import { skippedWithoutTools, useFake } from '../native/use-fake.ts';

const LINES = [{ text: 'alive', quad: rectangle(0.1, 0.1, 0.5, 0.1) }];
const GOOD = fakeImage({ lines: LINES });
const LONG_MS = 20_000;

async function pidOnceAtWork(vision: IsolatedVision): Promise<number> {
  while (vision.pid === undefined) await sleep(1);
  return vision.pid;
}

async function ended(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await sleep(5);
  }
}

describe.skipIf(skippedWithoutTools)('Vision in a process of its own', () => {
  const made: IsolatedVision[] = [];
  function isolated(settings = {}): IsolatedVision {
    const vision = new IsolatedVision(settings);
    made.push(vision);
    return vision;
  }
  beforeAll(() => useFake('manual'));
  afterEach(async () => {
    await Promise.all(made.splice(0).map((vision) => vision.close()));
  });

  it('reads as it does in this process, bytes and options alike', async () => {
    const vision = isolated();
    const image = fakeImage({ echo: true, lines: LINES });
    const result = await vision.recognizeText(image, { level: 'fast', languages: ['de-DE'] });
    expect(result.lines.map(({ text }) => text)[0]).toBe('alive');
    expect(result.lines[1]?.text).toContain('level=1 corrects=1 minimum=0.0080 orientation=1 languages=de-DE');
    expect(await vision.supportedLanguages('fast')).toEqual(['en-US', 'de-DE']);
    await expect(vision.recognizeText(Buffer.from('no'))).rejects.toMatchObject({ code: 'not_an_image' });
    await expect(vision.recognizeText(GOOD, { languages: ['xx'] })).rejects.toMatchObject({
      code: 'unsupported_language',
    });
  });

  it('keeps one process for image after image', async () => {
    const vision = isolated();
    await vision.prewarm();
    const { pid } = vision;
    await vision.recognizeText(GOOD);
    await expect(vision.recognizeText(Buffer.from('no'))).rejects.toMatchObject({ code: 'not_an_image' });
    await vision.recognizeText(GOOD);
    expect(vision.pid).toBe(pid);
  });

  it('a crash costs its image, and the next one is read', async () => {
    const vision = isolated();
    await expect(vision.recognizeText(fakeImage({ crash: true }))).rejects.toMatchObject({
      code: 'crashed',
      message: 'the process that ran Vision ended with SIGSEGV',
    });
    expect((await vision.recognizeText(GOOD)).lines[0]?.text).toBe('alive');
  });

  it('a process killed from outside in mid-image costs that image', async () => {
    const vision = isolated();
    const job = vision.recognizeText(fakeImage({ delayMs: LONG_MS }));
    process.kill(await pidOnceAtWork(vision), 'SIGKILL');
    await expect(job).rejects.toMatchObject({ code: 'crashed' });
    expect((await vision.recognizeText(GOOD)).lines).toHaveLength(1);
  });

  it('a hung Vision is ended after its time, and the next image is read', async () => {
    const vision = isolated({ firstTimeoutMs: 60_000, timeoutMs: 300 });
    await vision.prewarm();
    const pid = await pidOnceAtWork(vision);
    const hung = fakeImage({ delayMs: LONG_MS, deaf: true });
    await expect(vision.recognizeText(hung)).rejects.toMatchObject({ code: 'timeout' });
    await ended(pid);
    expect((await vision.recognizeText(GOOD)).lines).toHaveLength(1);
    expect(vision.pid).not.toBe(pid);
  });

  it('gives the first image of every new process the longer time', async () => {
    const vision = isolated({ firstTimeoutMs: 60_000, timeoutMs: 1 });
    await expect(vision.recognizeText(GOOD)).resolves.toBeDefined();
    await expect(vision.recognizeText(fakeImage({ delayMs: 500 }))).rejects.toMatchObject({ code: 'timeout' });
    await expect(vision.recognizeText(fakeImage({ delayMs: 50, lines: LINES }))).resolves.toBeDefined();
  });

  it('a poisoned recogniser is replaced: it costs one image, not all that follow', async () => {
    const vision = isolated();
    await vision.prewarm();
    const { pid } = vision;
    await expect(vision.recognizeText(fakeImage({ poison: true }))).rejects.toMatchObject({ code: 'vision_failed' });
    expect((await vision.recognizeText(GOOD)).lines).toHaveLength(1);
    expect(vision.pid).not.toBe(pid);
  });

  it('a cancel reaches the process, which goes on', async () => {
    const vision = isolated();
    await vision.prewarm();
    const { pid } = vision;
    const stop = new AbortController();
    const job = vision.recognizeText(fakeImage({ delayMs: LONG_MS }), { signal: stop.signal });
    await sleep(50);
    stop.abort(new Error('enough'));
    await expect(job).rejects.toThrow('enough');
    expect((await vision.recognizeText(GOOD)).lines).toHaveLength(1);
    expect(vision.pid).toBe(pid);
  });

  it('four at once: one crash fails those under way and none that wait', async () => {
    const vision = isolated({ concurrency: 4 });
    await vision.prewarm();
    const slow = Array.from({ length: 3 }, () => vision.recognizeText(fakeImage({ delayMs: LONG_MS })));
    const crash = vision.recognizeText(fakeImage({ delayMs: 100, crash: true }));
    const waiting = vision.recognizeText(GOOD);
    for (const job of [...slow, crash]) await expect(job).rejects.toMatchObject({ code: 'crashed' });
    expect((await waiting).lines).toHaveLength(1);
  });

  it('closing waits for the image under way, refuses the next and ends the process', async () => {
    const vision = isolated();
    const job = vision.recognizeText(fakeImage({ delayMs: 50, lines: LINES }));
    const pid = await pidOnceAtWork(vision);
    const closed = vision.close();
    await expect(vision.recognizeText(GOOD)).rejects.toMatchObject({ code: 'closed' });
    expect((await job).lines).toHaveLength(1);
    await closed;
    await ended(pid);
  });

  it('neither an idle process keeps its parent alive, nor does it outlive it', async () => {
    const index = new URL('../../src/index.ts', import.meta.url).href;
    const script = `
      const { createMacVision } = await import('${index}');
      const vision = createMacVision({ isolated: true });
      await vision.prewarm();
      `;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 20_000,
    });
    const [code, signal] = await once(parent, 'exit');
    expect([code, signal]).toEqual([0, null]);
  });
});
