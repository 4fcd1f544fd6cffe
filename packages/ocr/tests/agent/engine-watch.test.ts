import { createLogger } from '@slipstream/runtime';
import { type EngineHealth, SlipstreamError } from '@slipstream/shared';
import { FakeClock } from '@slipstream/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { watchEngine } from '../../src/agent/engine-watch.ts';
import { type EngineImage, NullEngine, type OcrEngine } from '../../src/index.ts';

/** An engine whose health is what the test says. */
class PatientEngine extends NullEngine implements OcrEngine {
  health: EngineHealth = { state: 'ok', level: 'accurate', since: '2026-03-14T09:26:53.589Z', reason: null };
  prewarming: () => Promise<void> = async () => {};
  recoveries = 0;

  override prewarm(): Promise<void> {
    return this.prewarming();
  }

  async recover(): Promise<void> {
    this.recoveries += 1;
  }

  become(state: EngineHealth['state'], reason: string | null): void {
    this.health = { ...this.health, state, reason };
  }

  override recognise(image: EngineImage) {
    return super.recognise(image);
  }
}

let engine: PatientEngine;
let clock: FakeClock;
let failures: SlipstreamError[];
let logged: { level: string; msg: string; reason?: string }[];
let stop: AbortController;
beforeEach(() => {
  engine = new PatientEngine();
  clock = new FakeClock();
  failures = [];
  logged = [];
  stop = new AbortController();
});

function watch(): Promise<void> {
  const logger = createLogger({
    name: 'test',
    level: 'info',
    destination: { write: (line: string) => void logged.push(JSON.parse(line)) },
  });
  const onFailed = (error: SlipstreamError) => void failures.push(error);
  return watchEngine({ engine, clock, logger, onFailed }, stop.signal);
}

describe('the watch over an engine', () => {
  it('a prewarming that fails ends nothing', async () => {
    engine.prewarming = async () => {
      throw new SlipstreamError('ENGINE_FAILED', 'the recogniser is broken');
    };
    const watching = watch();
    await clock.advance(60_000);
    stop.abort();
    await watching;
    expect(failures).toEqual([]);
    expect(logged).toMatchObject([{ level: 'warn', msg: 'the engine could not be warmed up' }]);
  });

  it('says each change once, and lets a degraded engine recover', async () => {
    engine.become('degraded', 'accurate fails');
    const watching = watch();
    await clock.advance(60_000);
    expect(engine.recoveries).toBeGreaterThan(2);
    engine.become('ok', null);
    await clock.advance(60_000);
    stop.abort();
    await watching;
    expect(logged.map(({ level, msg }) => `${level} ${msg}`)).toEqual([
      'warn the engine is not well',
      'info the engine is well',
    ]);
    expect(failures).toEqual([]);
  });

  it('an engine that reads nothing is told once, with its reason', async () => {
    engine.prewarming = async () => engine.become('failed', 'both of its levels fail');
    await watch();
    expect(failures).toMatchObject([
      { code: 'ENGINE_UNAVAILABLE', message: expect.stringContaining('both of its levels fail') },
    ]);
  });
});
