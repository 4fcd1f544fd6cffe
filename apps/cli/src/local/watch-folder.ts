import type { Logger } from '@slipstream/runtime';
import chokidar from 'chokidar';
import { IMAGE_FILE_PATTERN } from '../home/image-files.ts';

/** A file counts as complete when it has not grown for so long: photographs arrive by slow synchronisation. */
const STABLE_MS = 500;

/** Tells of each photograph that is in the folder or comes into it, until the signal aborts. */
export async function watchFolder(
  folder: string,
  onPhotograph: (path: string) => unknown,
  logger: Logger,
  signal: AbortSignal,
): Promise<void> {
  const watcher = chokidar.watch(folder, {
    ignored: (path, stats) => stats?.isFile() === true && !IMAGE_FILE_PATTERN.test(path),
    awaitWriteFinish: { stabilityThreshold: STABLE_MS, pollInterval: 100 },
    followSymlinks: false,
  });
  watcher
    .on('add', onPhotograph)
    .on('change', onPhotograph)
    .on('error', (error) => logger.error({ error }, 'the folder cannot be watched'));
  await new Promise<void>((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await watcher.close();
}
