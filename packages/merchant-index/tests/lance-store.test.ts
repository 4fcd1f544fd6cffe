import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLanceStore } from '../src/index.ts';
import { vectorStoreContract } from './vector-store-contract.ts';

vectorStoreContract(
  'LanceDB in a folder',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'slipstream-lance-'));
    const store = openLanceStore({ uri: folder });
    return {
      store,
      close: async () => {
        await store.close();
        await rm(folder, { recursive: true, force: true });
      },
    };
  },
  { pinsVersions: true },
);
