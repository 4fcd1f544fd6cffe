import type { Logger } from '@slipstream/runtime';
import { type Clock, SlipstreamError } from '@slipstream/shared';
import type { OcrEngine } from '../engines/engine.ts';

/** How often an engine that is not well is looked at; it spaces its own attempts. */
const INTERVAL_MS = 15_000;

export interface EngineWatchOptions {
  readonly engine: OcrEngine;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The engine reads nothing, and no other stands in for it: only a new process can help. */
  readonly onFailed: (error: SlipstreamError) => void;
}

/**
 * Warms the engine up and keeps an eye on it: says each change of its health, and lets it recover while no image comes.
 * Whatever prewarming comes to, images are read meanwhile.
 */
export async function watchEngine({ engine, clock, logger, onFailed }: EngineWatchOptions, signal: AbortSignal) {
  await attempt(() => engine.prewarm(), logger, 'the engine could not be warmed up');
  let before = 'ok';
  while (!signal.aborted) {
    const { health } = engine;
    if (health !== undefined && health.state !== before) {
      before = health.state;
      const fields = { engine: engine.name, health: health.state, engine_level: health.level, reason: health.reason };
      if (health.state === 'ok') logger.info(fields, 'the engine is well');
      else logger.warn(fields, 'the engine is not well');
    }
    if (health?.state === 'failed') return onFailed(unusable(engine.name, health.reason));
    if (health?.state === 'degraded')
      await attempt(async () => engine.recover?.(), logger, 'the engine did not recover');
    await clock.sleep(INTERVAL_MS, signal);
  }
}

async function attempt(work: () => Promise<void>, logger: Logger, what: string): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    // Closed while it was at work, or not to be used at all: the next image says which.
    logger.warn({ error: SlipstreamError.from(thrown) }, what);
  }
}

function unusable(name: string, reason: string | null): SlipstreamError {
  return new SlipstreamError(
    'ENGINE_UNAVAILABLE',
    `The engine ${name} cannot be used on this machine: ${reason ?? 'it does not say why'}. Choose --engine auto, or another one.`,
  );
}
