import { createMerchantMemory, type MerchantMemory, openEmbedder, openLanceStore } from '@slipstream/merchant-index';
import {
  INDEX_SETTINGS,
  indexCollections,
  loadSettings,
  requireSetting,
  type SettingSources,
} from '@slipstream/shared';
import type { FunctionPorts } from './function-ports.ts';
import { createSecretReader } from './secret-reader.ts';

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
  const { budgets, indexRecords, clock, logger } = ports;
  const apiKey = createSecretReader({ variable: 'OPENAI_SECRET_ARN', field: 'api_key', logger });
  const embedder = openEmbedder(settings, { apiKey, budgets });
  return createMerchantMemory({ embedder, vectors, collections, indexRecords, clock });
}
