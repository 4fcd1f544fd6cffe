import { type AllPorts, allPorts } from '@slipstream/pipeline';
import { expandTilde, type Logger, makePrivateFolder } from '@slipstream/runtime';
import { recordKeys, SlipstreamError, systemClock } from '@slipstream/shared';
import { type EmbeddedStore, isDataFolder, openEmbeddedStore } from '@slipstream/store-embedded';
import { forgetLetters } from './forget-letters.ts';

/** The embedded home: everything in one folder, for one program among several that may have it open. */
export interface Home extends AllPorts {
  readonly store: EmbeddedStore;
  readonly dataDir: string;
  close(): Promise<void>;
}

export async function openHome(dataDir: string, logger: Logger, uploadBaseUrl?: () => string): Promise<Home> {
  const folder = expandTilde(dataDir);
  const clock = systemClock;
  const store = await openEmbeddedStore({
    dataDir: folder,
    clock,
    logger,
    ...(uploadBaseUrl ? { uploadBaseUrl } : {}),
  });
  if (!makePrivateFolder(folder))
    logger.warn({ folder }, 'the mode of the data folder cannot be changed: other users of this machine may read it');
  return homeOf(folder, store, logger);
}

/**
 * A home that is there: who only reads makes none, so that a mistyped folder is an error and no empty database. One whose
 * database is lost is opened as ever, which says how it is recovered.
 */
export async function openExistingHome(dataDir: string, logger: Logger): Promise<Home> {
  const folder = expandTilde(dataDir);
  if (isDataFolder(folder)) return openHome(folder, logger);
  throw new SlipstreamError(
    'NOT_FOUND',
    `There is no data in ${folder}: is --data right? The first slipstream submit, or slipstream dev, begins a data folder.`,
  );
}

/** The same over a store that is open. */
export function homeOf(folder: string, store: EmbeddedStore, logger: Logger): Home {
  const clock = systemClock;
  const ports = allPorts(store, { clock, logger });
  return {
    ...ports,
    store,
    dataDir: folder,
    forgetLetters: (imageId) => forgetLetters(ports.queues, imageId),
    eraseHistory: (imageId) => store.eraseHistory(recordKeys.image(imageId).pk),
    close: () => store.close(),
  };
}
