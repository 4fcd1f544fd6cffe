import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SlipstreamError, systemClock } from '@slipstream/shared';
import type { Verb } from '@slipstream/terminal';
import { printJson, printLine, stopSignal } from '@slipstream/terminal';
import { watchFolder } from '../local/watch-folder.ts';
import { userFile } from '../remote/user-folder.ts';
import { openReceipts, PLACE_SETTINGS } from '../service/open-receipts.ts';
import { PhotographUploader } from '../watch/photograph-uploader.ts';
import { UploadLedger } from '../watch/upload-ledger.ts';

export const watchVerb: Verb<(typeof PLACE_SETTINGS)[number]> = {
  name: 'watch',
  summary:
    'Submit each photograph that is in a folder or comes into it, once, as it is; waits while the network is gone',
  examples: ['slipstream watch ~/Pictures/receipts --stack dev', 'slipstream watch ./scans'],
  args: [['<folder>', 'Folder of photographs; the folders in it count too']],
  settings: PLACE_SETTINGS,
  logLevel: 'info',
  run: async ({ args, settings, json, logger }) => {
    const folder = await folderOf(args[0] ?? '');
    const service = await openReceipts(settings, logger);
    try {
      const ledger = new UploadLedger(userFile('watched', `${nameOf(service.place, folder)}.jsonl`));
      const uploader = new PhotographUploader(service, ledger, systemClock, logger);
      const stopping = new AbortController();
      const { signal } = stopping;
      const watching = watchFolder(folder, (path) => uploader.add(path, signal), logger, signal);
      if (json) printJson({ folder, place: service.place, pid: process.pid });
      else printLine(`Photographs in ${folder} are sent to ${service.place}. Stop with Ctrl-C.`);
      await stopSignal();
      stopping.abort();
      await watching;
      await uploader.settled();
      return 0;
    } finally {
      await service.close();
    }
  },
};

async function folderOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) return resolve(path);
  throw new SlipstreamError('NOT_FOUND', `${path} is no folder: name one that is there.`);
}

/** Another place or another folder is another list. */
function nameOf(place: string, folder: string): string {
  return createHash('sha256').update(`${place}\n${folder}`).digest('hex').slice(0, 32);
}
