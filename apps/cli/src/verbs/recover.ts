import { rm } from 'node:fs/promises';
import { createSubmitJob } from '@slipstream/pipeline/submit-job';
import { expandTilde, type Settings } from '@slipstream/runtime';
import { LOCAL_CALLER, QUEUES, SlipstreamError } from '@slipstream/shared';
import { recoverEmbeddedStore } from '@slipstream/store-embedded';
import { colour, EXIT_FAILED, printJson, printLine, type Verb } from '@slipstream/terminal';
import { liveDevs } from '../home/dev-marker.ts';
import { catalogueFolder } from '../home/home-catalogue.ts';
import { type Home, homeOf } from '../home/open-home.ts';
import { drainQueue } from '../local/drain-queue.ts';

const SETTINGS = ['data', 'image_bytes_max', 'image_pixels_max'] as const;

export const recoverVerb: Verb<(typeof SETTINGS)[number]> = {
  name: 'recover',
  summary:
    'Make the records of a data folder again from the originals in it, when its database is lost, damaged or too old',
  examples: ['slipstream recover', 'slipstream recover --data ~/receipts --json'],
  settings: SETTINGS,
  run: async ({ settings, json, logger }) => {
    const dataDir = expandTilde(settings.data ?? '.');
    const [running] = liveDevs(dataDir);
    if (running) {
      throw new SlipstreamError(
        'STORE_BUSY',
        `slipstream dev (process ${running.pid}) works on ${dataDir}: stop it first.`,
      );
    }
    const { store, report } = await recoverEmbeddedStore({ dataDir, logger });
    // Its rows are of records that are made anew: slipstream dev fills another.
    if (report.database_set_aside !== null) await rm(catalogueFolder(dataDir), { recursive: true, force: true });
    const home = homeOf(dataDir, store, logger);
    try {
      const jobs = await makeRecords(home, settings);
      const { database_set_aside, adopted, duplicates, set_aside, unreadable, originals_lost } = report;
      if (json) {
        printJson({
          data: dataDir,
          database_set_aside,
          adopted,
          jobs,
          duplicates,
          set_aside,
          unreadable,
          originals_lost,
        });
      } else {
        if (database_set_aside) printLine(`The database could not be used; it is kept as ${database_set_aside}.`);
        printLine(`${adopted.length} originals have their records again.`);
        if (duplicates > 0) printLine(`${duplicates} files were second copies of originals and are removed.`);
        if (set_aside > 0) printLine(`${set_aside} files that are no whole originals lie in objects/lost+found.`);
        if (unreadable > 0) printLine(colour.red(`${unreadable} files could not be read; they stay where they are.`));
        for (const key of originals_lost) {
          printLine(colour.red(`The original of ${key.replace('raw/', '')} is lost: submit the photograph again.`));
        }
        printLine('What was typed in by hand and was in the lost database only is not among it.');
        printLine('They are read again when slipstream dev runs.');
      }
      return unreadable + originals_lost.length > 0 ? EXIT_FAILED : 0;
    } finally {
      await home.close();
    }
  },
};

/** The events of the adopted originals, as `slipstream dev` would follow them: IMAGE, UPLOAD and OCR_JOB records. */
async function makeRecords(
  home: Home,
  settings: Pick<Settings, 'image_bytes_max' | 'image_pixels_max'>,
): Promise<number> {
  const limits = { bytesMax: settings.image_bytes_max, pixelsMax: settings.image_pixels_max };
  const handler = createSubmitJob(home, limits, { senderOfUnannounced: LOCAL_CALLER });
  return drainQueue(
    {
      queue: home.queues['uploads-queue'],
      handler,
      batching: QUEUES['uploads-queue'].batching.embedded,
      timeoutMs: 120_000,
    },
    home,
  );
}
