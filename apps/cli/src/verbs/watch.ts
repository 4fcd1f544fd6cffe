import { systemClock } from '@slipstream/shared';
import { printJson, printLine, stopSignal, type Verb } from '@slipstream/terminal';
import { PLACE_SETTINGS } from '../service/open-receipts.ts';
import { openTarget } from '../watch/open-target.ts';
import { watchedFolder, watchFolder } from '../watch/watch-folder.ts';

const SETTINGS = [...PLACE_SETTINGS, 'watch_stable_s'] as const;

export const watchVerb: Verb<(typeof SETTINGS)[number]> = {
  name: 'watch',
  summary:
    'Submit each photograph that is in a folder or comes into it, once, as it is; waits while the network is gone',
  examples: ['slipstream watch ~/Pictures/receipts --stack dev', 'slipstream watch ./scans --watch-stable 10'],
  args: [['<folder>', 'Folder of photographs; the folders in it count too']],
  settings: SETTINGS,
  logLevel: 'info',
  run: async ({ args, settings, json, logger }) => {
    const folder = await watchedFolder(args[0] ?? '');
    const { target, ledgerFile, close } = await openTarget(settings, logger);
    try {
      const stopping = new AbortController();
      const watching = watchFolder(
        {
          folder,
          ledgerFile: ledgerFile(folder),
          target,
          stableMs: settings.watch_stable_s * 1_000,
          clock: systemClock,
          logger,
        },
        stopping.signal,
      );
      if (json) printJson({ folder, place: target.place, pid: process.pid });
      else printLine(`Photographs in ${folder} are sent to ${target.place}. Stop with Ctrl-C.`);
      await stopSignal();
      stopping.abort();
      await watching;
      return 0;
    } finally {
      await close();
    }
  },
};
