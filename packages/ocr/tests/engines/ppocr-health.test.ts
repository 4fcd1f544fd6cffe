import { SlipstreamError } from '@slipstream/shared';
import { FakeClock } from '@slipstream/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { ReadingPool } from '../../src/children/reading-pool.ts';
import { ReadingProcess } from '../../src/children/reading-process.ts';
import { PpocrEngine } from '../../src/engines/ppocr/index.ts';
import { PpocrHealth } from '../../src/engines/ppocr/ppocr-health.ts';
import type { EngineImage } from '../../src/pictures/engine-image.ts';
import { NEVER } from './sample-images.ts';

const crashed = new SlipstreamError('ENGINE_FAILED', 'The process that reads images ended with SIGABRT.');

describe('the health of PP-OCR', () => {
  it('is degraded after three failures in a row, and ok with the next picture that is read', () => {
    const clock = new FakeClock();
    const health = new PpocrHealth('latin', clock);
    health.failed(crashed);
    health.failed(new SlipstreamError('IMAGE_UNREADABLE', 'damaged'));
    health.failed(crashed);
    expect(health.now).toMatchObject({ state: 'ok', level: 'latin', reason: null });
    health.failed(crashed);
    expect(health.now).toMatchObject({
      state: 'degraded',
      reason: expect.stringMatching(/^3 images in a row.*SIGABRT/),
    });
    health.succeeded('onnxruntime-node 1.30.0');
    expect(health.now).toMatchObject({ state: 'ok', level: 'latin', reason: null });
  });

  it('has failed where no runtime can be loaded, and names the price of the slow one', () => {
    const health = new PpocrHealth('latin', new FakeClock());
    health.succeeded('onnxruntime-web 1.30.0');
    expect(health.now).toMatchObject({ state: 'ok', level: expect.stringContaining('4.5 times') });
    health.failed(new SlipstreamError('ENGINE_UNAVAILABLE', 'no library for this platform'));
    expect(health.now).toMatchObject({ state: 'failed', reason: 'no library for this platform' });
  });

  describe('of the engine', () => {
    const child = new URL('../children/test-child.ts', import.meta.url);
    const pool = new ReadingPool({ size: 1, timeoutMs: 20_000 }, () => new ReadingProcess(child));
    afterEach(() => pool.close());
    const image = (order: string): EngineImage => ({
      image_id: order,
      bytes: new TextEncoder().encode(order),
      sha256: '0'.repeat(64),
      type: 'jpeg',
      width: 1,
      height: 1,
      orientation: 1,
    });

    it('follows what becomes of its processes, and recovers by starting one', async () => {
      const engine = new PpocrEngine(pool, { languages: [], script: 'latin' });
      await engine.prewarm();
      expect(engine.health).toMatchObject({ state: 'ok', level: 'latin' });
      for (const _ of [1, 2, 3]) await expect(engine.recognise(image('exit'), NEVER)).rejects.toThrow('exit code 3');
      expect(engine.health.state).toBe('degraded');
      await engine.recover();
      expect(engine.health.state).toBe('ok');
    });
  });
});
