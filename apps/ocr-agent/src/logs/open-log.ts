import type { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { createLogger, type Logger, makePrivateFolder, type Settings } from '@slipstream/runtime';
import { trimOutput } from '@slipstream/service';
import buildRollingFile from 'pino-roll';
import { AGENT_SERVICE } from '../service/agent-service.ts';

/** At most this much disk: ten files of 10 MB, some weeks of an agent that is never idle. */
const FILE_SIZE = '10m';
const FILES_KEPT = 9;
/** Lines that cannot be written, because the disk is full, wait in memory up to this. */
const BACKLOG_BYTES_MAX = 1_000_000;

/** To standard error, or to files in a folder that are rotated by the agent itself; `current.log` is the newest. */
export async function openLog(level: Settings['log_level'], logDir: string | null): Promise<Logger> {
  if (logDir === null) return createLogger({ name: 'receipt-ocr', level });
  // Not left to pino-roll, which makes the link at once and the folder a little later.
  makePrivateFolder(logDir);
  await trimOutput(join(logDir, AGENT_SERVICE.outputName));
  const destination = await buildRollingFile({
    file: `${logDir}/receipt-ocr`,
    size: FILE_SIZE,
    limit: { count: FILES_KEPT, removeOtherLogFiles: true },
    symlink: true,
    maxLength: BACKLOG_BYTES_MAX,
  });
  outliveErrors(destination, logDir);
  return createLogger({ name: 'receipt-ocr', level, destination });
}

/** A full disk is no reason to drop the work in hand: it is said once until lines are written again. */
function outliveErrors(destination: EventEmitter, logDir: string): void {
  let isSaid = false;
  destination.on('error', (error: Error) => {
    if (!isSaid) process.stderr.write(`the log in ${logDir} cannot be written: ${error.message}\n`);
    isSaid = true;
  });
  destination.on('write', () => {
    isSaid = false;
  });
}
