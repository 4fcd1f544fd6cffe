import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteCatalogue } from '../src/index.ts';
import { catalogueContract } from '../testing/index.ts';

catalogueContract(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'slipstream-catalogue-'));
  const catalogue = openSqliteCatalogue({ folder, inProcess: true });
  return {
    catalogue,
    another: () => openSqliteCatalogue({ folder, inProcess: true }),
    close: async () => {
      await catalogue.close();
      await rm(folder, { recursive: true });
    },
  };
});
