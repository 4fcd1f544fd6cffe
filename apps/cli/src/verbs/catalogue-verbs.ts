import type { Catalogue } from '@slipstream/catalogue';
import {
  type CatalogueComparison,
  cataloguePorts,
  compareCatalogue,
  isCatalogueDifferent,
  rebuildCatalogue,
} from '@slipstream/pipeline/catalogue';
import {
  colour,
  EXIT_FAILED,
  printJson,
  printLine,
  printPairs,
  startProgress,
  type Verb,
  type VerbContext,
} from '@slipstream/terminal';
import { openHomeCatalogue } from '../home/home-catalogue.ts';
import { type Home, openExistingHome } from '../home/open-home.ts';

type CatalogueVerb = Verb<'data'>;
/** While receipts are read, what differs may be on its way. */
const LOOKS_MAX = 5;
const LOOK_PAUSE_MS = 1_000;
const MEGABYTE = 1_000_000;

export const catalogueStatusVerb: CatalogueVerb = {
  name: 'status',
  summary: 'Show what the catalogue holds, and whether one is being made',
  examples: ['slipstream catalogue status', 'slipstream catalogue status --json'],
  settings: ['data'],
  run: (context) =>
    withCatalogue(context, async (catalogue, home) => {
      const status = await catalogue.status();
      const waiting = await waitingIn(home);
      if (context.json) printJson({ ...status, waiting });
      else {
        const { receipts, merchants, words, bytes, is_complete, building, location } = status;
        printPairs([
          ['catalogue', location],
          ['receipts', String(receipts)],
          ['merchants', String(merchants)],
          ['words', String(words)],
          ['size', `${(bytes / MEGABYTE).toFixed(1)} MB`],
          ['waiting', waiting === 0 ? 'nothing' : `${waiting} changes`],
          ...(building ? [['being made', `${building.done} of ${building.total} receipts`] as const] : []),
        ]);
        if (!is_complete)
          printLine(
            colour.yellow(
              'It does not hold every receipt yet. slipstream dev makes it, or slipstream catalogue rebuild.',
            ),
          );
      }
      return status.is_complete ? 0 : EXIT_FAILED;
    }),
};

export const catalogueVerifyVerb: CatalogueVerb = {
  name: 'verify',
  summary: 'Compare the catalogue with the records; a difference ends with 1',
  examples: ['slipstream catalogue verify', 'slipstream catalogue verify --json'],
  settings: ['data'],
  run: (context) =>
    withCatalogue(context, async (catalogue, home) => {
      const compared = await compareNewest(catalogue, home);
      const isWrong = isCatalogueDifferent(compared);
      if (context.json) printJson(compared);
      else {
        const { receipts, found, missing, extra, different, examples, faults, waiting } = compared;
        printPairs([
          ['receipts', String(receipts)],
          ['found', String(found)],
          ['missing', String(missing)],
          ['extra', String(extra)],
          ['different', String(different)],
        ]);
        for (const fault of faults) printLine(colour.red(fault));
        for (const example of examples) printLine(`  slipstream show ${example}`);
        if (waiting > 0) printLine(`${waiting} changes wait to be entered; slipstream dev enters them.`);
        if (isWrong)
          printLine(
            colour.red('The catalogue is not what the records say. Make it again: slipstream catalogue rebuild'),
          );
      }
      return isWrong ? EXIT_FAILED : 0;
    }),
};

export const catalogueRebuildVerb: CatalogueVerb = {
  name: 'rebuild',
  summary: 'Make the catalogue again of records and documents; the old one is used until it is done',
  examples: ['slipstream catalogue rebuild', 'slipstream catalogue rebuild --json'],
  settings: ['data'],
  run: (context) =>
    withCatalogue(context, async (catalogue, home) => {
      const progress = startProgress(0, 'catalogue');
      const rebuilt = await rebuildCatalogue(cataloguePorts(home, catalogue), catalogue, {
        onProgress: (done, total) => progress.update(done, `of ${total}`),
      }).finally(() => progress.stop());
      if (context.json) printJson(rebuilt);
      else {
        const { receipts, resumed, caught_up } = rebuilt;
        printLine(`${receipts} receipts are in the catalogue${resumed ? '; it went on where a run had ended' : ''}.`);
        if (caught_up > 0) printLine(colour.dim(`${caught_up} changed meanwhile and were brought in.`));
      }
      return 0;
    }),
};

async function withCatalogue(
  { settings, logger }: VerbContext<'data'>,
  work: (catalogue: Catalogue, home: Home) => Promise<number>,
): Promise<number> {
  const home = await openExistingHome(settings.data ?? '.', logger);
  const catalogue = openHomeCatalogue(home, { inProcess: true });
  try {
    return await work(catalogue, home);
  } finally {
    await catalogue.close();
    await home.close();
  }
}

/** A difference counts where nothing waits any more that could bring it in. */
async function compareNewest(
  catalogue: Catalogue,
  home: Home,
): Promise<CatalogueComparison & { readonly waiting: number }> {
  for (let looks = 1; ; looks += 1) {
    const compared = await compareCatalogue(cataloguePorts(home, catalogue), catalogue);
    const waiting = await waitingIn(home);
    if (!isCatalogueDifferent(compared) || looks === LOOKS_MAX) return { ...compared, waiting };
    await home.clock.sleep(LOOK_PAUSE_MS);
  }
}

async function waitingIn({ queues }: Home): Promise<number> {
  const { ready, inFlight, delayed } = await queues['catalogue-queue'].depth();
  return ready + inFlight + delayed;
}
