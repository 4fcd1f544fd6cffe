import { Agents, Jobs } from '@slipstream/records';
import { expandTilde, type Logger, requireSetting } from '@slipstream/runtime';
import { systemClock } from '@slipstream/shared';
import { openEmbeddedStore } from '@slipstream/store-embedded';
import type { AgentHome, HomeSettings } from './agent-home.ts';

/** The data folder of `slipstream dev`; several programs may have it open. */
export async function openEmbeddedHome(settings: Pick<HomeSettings, 'data'>, logger?: Logger): Promise<AgentHome> {
  const dataDir = expandTilde(requireSetting('data', settings.data));
  const store = await openEmbeddedStore({ dataDir, ...(logger ? { logger } : {}) });
  return {
    place: dataDir,
    queue: store.queue('ocr-queue'),
    results: store.queue('ocr-results-queue'),
    jobs: new Jobs(store.records, systemClock),
    agents: new Agents(store.records, systemClock),
    raw: store.raw,
    artifacts: store.artifacts,
    close: () => store.close(),
  };
}
