import { basename } from 'node:path';
import { type Logger, submitImage } from '@slipstream/shared';
import chokidar from 'chokidar';
import { IMAGE_FILE_PATTERN, readImageFile } from '../home/image-files.ts';
import type { Home } from '../home/open-home.ts';

/** A file counts as complete when it has not grown for so long: photographs arrive by slow synchronisation. */
const STABLE_MS = 500;

/** Submits each photograph that is in the folder or comes into it. The same bytes again change nothing, so a restart is harmless. */
export async function watchFolder(home: Home, folder: string, logger: Logger, signal: AbortSignal): Promise<void> {
  const watcher = chokidar.watch(folder, {
    ignored: (path, stats) => stats?.isFile() === true && !IMAGE_FILE_PATTERN.test(path),
    awaitWriteFinish: { stabilityThreshold: STABLE_MS, pollInterval: 100 },
    followSymlinks: false,
  });
  const submit = async (path: string) => {
    try {
      const bytes = await readImageFile(path);
      const { image_id, created } = await submitImage(home, { bytes, file_name: basename(path), uploaded_by: 'local' });
      logger.info({ image_id, created }, 'a photograph was submitted');
    } catch (error) {
      logger.error({ file: basename(path), error }, 'a photograph could not be submitted; save it again to retry');
    }
  };
  watcher
    .on('add', submit)
    .on('change', submit)
    .on('error', (error) => logger.error({ error }, 'the folder cannot be watched'));
  await new Promise<void>((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await watcher.close();
}
