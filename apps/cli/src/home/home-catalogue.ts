import { join } from 'node:path';
import { type Catalogue, openSqliteCatalogue } from '@slipstream/catalogue';
import { cataloguePorts, rebuildCatalogue } from '@slipstream/pipeline/catalogue';
import type { Logger } from '@slipstream/runtime';
import { isSlipstreamError } from '@slipstream/shared';
import { startProgress } from '@slipstream/terminal';
import { isDevLive } from './dev-marker.ts';
import type { Home } from './open-home.ts';

const FOLDER = 'catalogue';

export const catalogueFolder = (dataDir: string): string => join(dataDir, FOLDER);

/** The catalogue in a data folder. `inProcess`: in a verb, which does nothing else meanwhile. */
export function openHomeCatalogue(
  { dataDir, logger }: Pick<Home, 'dataDir' | 'logger'>,
  { inProcess = false } = {},
): Catalogue {
  return openSqliteCatalogue({
    folder: catalogueFolder(dataDir),
    inProcess,
    onNotice: (sentence) => logger.warn(sentence),
  });
}

/**
 * Makes a catalogue that is not there yet, or that was damaged, of the records; another program may be at it already.
 * Returns how many receipts were entered; null where there was nothing to do.
 */
async function fillCatalogue(
  home: Home,
  catalogue: Catalogue,
  options: { readonly onProgress?: (done: number, total: number) => void; readonly signal?: AbortSignal } = {},
): Promise<number | null> {
  if ((await catalogue.status()).is_complete) return null;
  try {
    return (await rebuildCatalogue(cataloguePorts(home, catalogue), catalogue, options)).receipts;
  } catch (error) {
    if (isSlipstreamError(error, 'STORE_BUSY') || options.signal?.aborted) return null;
    throw error;
  }
}

/** In `slipstream dev`: what was made is said where there were receipts to enter. */
export async function keepCatalogue(
  home: Home,
  catalogue: Catalogue,
  signal: AbortSignal,
  logger: Logger,
): Promise<void> {
  const entered = await fillCatalogue(home, catalogue, { signal });
  if (entered) logger.warn({ receipts: entered }, 'the catalogue was missing or damaged; it was made of the records');
}

/** For a verb that asks: made first where nothing else makes it. */
export async function readyCatalogue(home: Home, catalogue: Catalogue): Promise<Catalogue> {
  if (isDevLive(home.dataDir, home.store.folderId) || (await catalogue.status()).is_complete) return catalogue;
  const progress = startProgress(0, 'catalogue');
  progress.line('The catalogue is made of the records first.');
  await fillCatalogue(home, catalogue).finally(() => progress.stop());
  return catalogue;
}
