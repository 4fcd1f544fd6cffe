import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createMerchantMemory,
  endpointOptions,
  type MerchantMemory,
  openEmbedder,
  openStackVectors,
} from '@slipstream/merchant-index';
import { budgetsOf, indexRecordsOf, type MemoryPorts, type WorkPorts } from '@slipstream/pipeline';
import { INDEX_SETTINGS, indexCollections, loadSettings, type SettingSources } from '@slipstream/runtime';
import { createSecretReader } from './secret-reader.ts';

/** In the only folder of a function that it may write: /tmp. */
const COPIES = join(tmpdir(), 'index-copies');

/** Gives a function's ports the merchant index that the variables describe: opened on first use, once. */
export function withMerchantMemory(ports: WorkPorts, env: SettingSources['env']): WorkPorts & MemoryPorts {
  let opened: Promise<MerchantMemory | null> | null = null;
  return {
    ...ports,
    merchantMemory: () => {
      opened ??= openFromVariables(ports, env).catch((error: unknown) => {
        // The next one who asks finds it mended, perhaps.
        opened = null;
        throw error;
      });
      return opened;
    },
  };
}

async function openFromVariables(ports: WorkPorts, env: SettingSources['env']): Promise<MerchantMemory | null> {
  const settings = loadSettings(INDEX_SETTINGS, { flags: {}, env });
  const collections = indexCollections(settings);
  if (collections.length === 0) return null;
  const { clock, logger } = ports;
  const [budgets, indexRecords] = [budgetsOf(ports), indexRecordsOf(ports)];
  const storageOptions = endpointOptions(env.AWS_ENDPOINT_URL);
  const vectors = openStackVectors({ ...ports, indexRecords }, settings, { storageOptions, copies: COPIES });
  const apiKey = createSecretReader({ variable: 'OPENAI_SECRET_ARN', field: 'api_key', logger });
  const embedder = openEmbedder(settings, { apiKey, budgets });
  return createMerchantMemory({ embedder, vectors, collections, indexRecords, clock });
}
