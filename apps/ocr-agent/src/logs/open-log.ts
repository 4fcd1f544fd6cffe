import { mkdir } from 'node:fs/promises';
import { createLogger, type Logger, type Settings } from '@slipstream/shared';
import buildRollingFile from 'pino-roll';

/** At most this much disk: ten files of 10 MB, some weeks of an agent that is never idle. */
const FILE_SIZE = '10m';
const FILES_KEPT = 9;

/** To standard error, or to files in a folder that are rotated by the agent itself; `current.log` is the newest. */
export async function openLog(level: Settings['log_level'], logDir: string | null): Promise<Logger> {
  if (logDir === null) return createLogger({ name: 'receipt-ocr', level });
  // Not left to pino-roll, which makes the link at once and the folder a little later.
  await mkdir(logDir, { recursive: true });
  const destination = await buildRollingFile({
    file: `${logDir}/receipt-ocr`,
    size: FILE_SIZE,
    limit: { count: FILES_KEPT, removeOtherLogFiles: true },
    symlink: true,
  });
  return createLogger({ name: 'receipt-ocr', level, destination });
}
