import {
  createLocalEmbedder,
  createMerchantMemory,
  type MerchantMemory,
  openLanceStore,
} from '@slipstream/merchant-index';
import {
  INDEX_SETTINGS,
  indexCollections,
  loadSettings,
  requireSetting,
  type SettingSources,
} from '@slipstream/shared';
import type { FunctionPorts } from './function-ports.ts';

/** Gives a function's ports the merchant index that the variables describe: opened on first use, once. */
export function withMerchantMemory(ports: FunctionPorts, env: SettingSources['env']): FunctionPorts {
  let opened: Promise<MerchantMemory | null> | null = null;
  return {
    ...ports,
    merchantMemory: () => {
      opened ??= openFromVariables(ports, env);
      return opened;
    },
  };
}

async function openFromVariables(ports: FunctionPorts, env: SettingSources['env']): Promise<MerchantMemory | null> {
  const settings = loadSettings([...INDEX_SETTINGS, 'artifacts_bucket'], { flags: {}, env });
  const collections = indexCollections(settings);
  if (collections.length === 0) return null;
  const vectors = openLanceStore({ uri: `s3://${requireSetting('artifacts_bucket', settings.artifacts_bucket)}` });
  const { indexRecords, clock } = ports;
  return createMerchantMemory({ embedder: createLocalEmbedder(), vectors, collections, indexRecords, clock });
}
