import {
  createMerchantMemory,
  initIndex,
  type MerchantMemory,
  openEmbedder,
  openStackVectors,
  type VectorStore,
} from '@slipstream/merchant-index';
import { type INDEX_SETTINGS, indexCollections, type Settings } from '@slipstream/runtime';
import { openHomeVectors } from './home-vectors.ts';
import type { Home } from './open-home.ts';

export type IndexSettings = Pick<Settings, (typeof INDEX_SETTINGS)[number]>;

/** The home with its merchant index, which lies in the same folder: opened on first use, once. */
export function withHomeMemory<H extends Home>(home: H, settings: IndexSettings): H & { closeMemory(): Promise<void> } {
  let opened: Promise<MerchantMemory | null> | null = null;
  return {
    ...home,
    merchantMemory: () => {
      opened ??= openHomeMemory(home, settings).catch((error: unknown) => {
        // The next one who asks finds it mended, perhaps.
        opened = null;
        throw error;
      });
      return opened;
    },
    closeMemory: async () => {
      const memory = await opened?.catch(() => null);
      await memory?.close();
    },
  };
}

async function openHomeMemory(home: Home, settings: IndexSettings): Promise<MerchantMemory | null> {
  const collections = indexCollections(settings);
  if (collections.length === 0) return null;
  const { budgets, indexRecords, clock } = home;
  // From the environment, never from a flag that everybody on the machine can read.
  const embedder = openEmbedder(settings, { apiKey: async () => process.env.OPENAI_API_KEY || null, budgets });
  const vectors = homeVectors(home, settings);
  if (await isUnused(home)) {
    const ports = { indexRecords, vectors, clock, identity: embedder.identity };
    for (const collection of collections) await initIndex(ports, collection);
  }
  return createMerchantMemory({ embedder, vectors, collections, indexRecords, clock });
}

/** In the data folder, or on a Chroma server that the settings name. */
export function homeVectors(home: Home, settings: IndexSettings): VectorStore {
  const chromaKey = process.env.CHROMA_API_KEY ?? null;
  return settings.vector_store === 'chroma'
    ? openStackVectors(home, settings, { copies: null, chromaKey })
    : openHomeVectors(home.dataDir);
}

/** A home without a receipt has nothing that an index could lack. One with receipts is told to make and fill it. */
async function isUnused({ records }: Home): Promise<boolean> {
  const { items } = await records.query({ index: 'gsi1', partition: 'RECEIPT', limit: 1 });
  return items.length === 0;
}
