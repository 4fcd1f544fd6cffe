import type { Agent } from '@slipstream/ocr';
import type { Logger } from '@slipstream/runtime';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** The first signal drains; a second one calls off what is under way. Returns how to let signals be signals again. */
export function stopOnSignals(agent: Pick<Agent, 'stop'>, logger: Logger): () => void {
  let signals = 0;
  const stop = (signal: NodeJS.Signals) => {
    signals += 1;
    const what = signals === 1 ? 'draining: what is in hand is finished or given back' : 'stopping at once';
    logger.info({ signal }, what);
    void agent.stop();
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  return () => {
    for (const signal of SIGNALS) process.off(signal, stop);
  };
}
