import { basename } from 'node:path';
import { submitImage } from '@slipstream/records';
import { readImageFile } from '../home/image-files.ts';
import type { Home } from '../home/open-home.ts';
import { watchFolder } from './watch-folder.ts';

/** Submits each photograph of a folder. The same bytes again change nothing, so a restart is harmless. */
export function submitFromFolder(home: Home, folder: string, signal: AbortSignal): Promise<void> {
  const { logger } = home;
  const submit = async (path: string) => {
    try {
      const bytes = await readImageFile(path);
      const { image_id, created } = await submitImage(home, { bytes, file_name: basename(path), uploaded_by: 'local' });
      logger.info({ image_id, created }, 'a photograph was submitted');
    } catch (error) {
      logger.error({ file: basename(path), error }, 'a photograph could not be submitted; save it again to retry');
    }
  };
  return watchFolder(folder, submit, logger, signal);
}
