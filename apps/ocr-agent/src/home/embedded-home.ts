import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  Agents,
  Jobs,
  type OcrJobMessage,
  type OcrResultMessage,
  requireSetting,
  systemClock,
} from '@slipstream/shared';
import { openEmbeddedStore } from '@slipstream/store-embedded';
import type { AgentHome, HomeSettings } from './agent-home.ts';

/** The data folder of `slipstream dev`; several programs may have it open. */
export async function openEmbeddedHome(settings: Pick<HomeSettings, 'data'>): Promise<AgentHome> {
  const dataDir = expandTilde(requireSetting('data', settings.data));
  const store = await openEmbeddedStore({ dataDir });
  return {
    place: dataDir,
    queue: store.queue<OcrJobMessage>('ocr-queue'),
    results: store.queue<OcrResultMessage>('ocr-results-queue'),
    jobs: new Jobs(store.records, systemClock),
    agents: new Agents(store.records, systemClock),
    raw: store.raw,
    artifacts: store.artifacts,
    close: () => store.close(),
  };
}

/** A config file's `~/receipts` was never seen by a shell. */
function expandTilde(path: string): string {
  return path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;
}
