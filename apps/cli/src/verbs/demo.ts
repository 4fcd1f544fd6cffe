import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LOCAL_SENDER, submitImage } from '@slipstream/records';
import { fileNameOf, findImageFiles, readImageFile } from '@slipstream/runtime';
import { SlipstreamError, styled } from '@slipstream/shared';
import { colour, EXIT_FAILED, printError, printJson, printLine, startProgress, type Verb } from '@slipstream/terminal';
import { openHome } from '../home/open-home.ts';
import { RUN_SETTINGS, type RunningHome, runHome } from '../local/run-home.ts';
import { type FileOutcome, nameColumns, outcomeLine, outcomeView, printOutcomes } from '../output/outcomes.ts';
import { localReceipts } from '../service/local-receipts.ts';
import { waitForImages } from '../service/wait-for-images.ts';

export const demoVerb: Verb<(typeof RUN_SETTINGS)[number]> = {
  name: 'demo',
  summary:
    'The main job from start to end, on the samples or on your own files, in a folder of its own that is removed again',
  examples: ['slipstream demo', 'slipstream demo receipt.jpg', 'slipstream demo ~/Pictures/receipts --json'],
  args: [['[files...]', 'Image files or folders; none given: the samples']],
  settings: RUN_SETTINGS,
  logLevel: 'error',
  run: async ({ args, settings, json, logger }) => {
    const { files, refused: missing } = await findImageFiles(args.length > 0 ? args : [samplesFolder()]);
    for (const { error } of missing) printError(error, json);
    let refused = missing.length;
    if (files.length === 0) return EXIT_FAILED;
    const dataDir = await mkdtemp(join(tmpdir(), 'slipstream-demo-'));
    const home = await openHome(dataDir, logger);
    const interrupted = new AbortController();
    process.once('SIGINT', () => interrupted.abort());
    let running: RunningHome | null = null;
    try {
      const startedAt = performance.now();
      running = await runHome(home, settings);
      const readingSeconds = new Map<string, number>();
      running.agent.events.on('job-ended', ({ image_id, duration_ms }) => {
        if (image_id) readingSeconds.set(image_id, duration_ms / 1_000);
      });
      const submitted: { file: string; image_id: string }[] = [];
      for (const file of files) {
        const bytes = await readOrRefuse(file, json);
        if (bytes === null) {
          refused += 1;
          continue;
        }
        const upload = { bytes, file_name: fileNameOf(file), ...LOCAL_SENDER };
        submitted.push({ file, ...(await submitImage(home, upload)) });
      }
      if (submitted.length === 0) return EXIT_FAILED;
      const columns = nameColumns(files);
      const progress = startProgress(new Set(submitted.map(({ image_id }) => image_id)).size, 'reading');
      const outcomes = await waitForImages(
        localReceipts(home),
        home.clock,
        submitted.map(({ image_id }) => image_id),
        (outcome, ended) => {
          const { file = '' } = submitted.find(({ image_id }) => image_id === outcome.image_id) ?? {};
          progress.update(ended, '');
          if (!json) progress.line(outcomeLine(file, outcome, columns));
        },
        interrupted.signal,
      );
      progress.stop();
      const seconds = (performance.now() - startedAt) / 1_000;
      const results = outcomes.map(
        (outcome, index): FileOutcome => ({
          file: submitted[index]?.file ?? '',
          seconds: readingSeconds.get(outcome.image_id) ?? null,
          outcome,
        }),
      );
      const failed = results.filter(({ outcome }) => outcome.job?.status !== 'COMPLETED').length;
      if (json) printJson({ seconds: Number(seconds.toFixed(2)), failed, results: results.map(outcomeView) });
      else {
        printOutcomes(results);
        printSummary(results, seconds, failed);
      }
      return failed + refused === 0 ? 0 : EXIT_FAILED;
    } finally {
      await running?.stop();
      await home.close();
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};

/** Each file for itself: one that cannot be read keeps back no other. */
async function readOrRefuse(file: string, json: boolean): Promise<Uint8Array | null> {
  try {
    return await readImageFile(file);
  } catch (error) {
    printError(error, json);
    return null;
  }
}

function printSummary(results: readonly FileOutcome[], seconds: number, failed: number): void {
  const receipts = results.flatMap(({ outcome }) => outcome.receipts);
  const checked = receipts.filter(
    (receipt) => receipt.checks_total > 0 && receipt.checks_ok === receipt.checks_total,
  ).length;
  printLine();
  printLine(
    styled`${results.length} files in ${seconds.toFixed(1)} s: ${receipts.length} receipts, ${checked} whose sums all hold${
      failed > 0 ? styled`, ${colour.red(`${failed} failed`)}` : ''
    }`,
  );
  printLine('Everything was read on this machine, and the folder it was kept in is removed again.');
  printLine(
    styled`Next: ${colour.cyan('slipstream dev')} keeps receipts from now on; then, in another terminal, ${colour.cyan('slipstream submit receipt.jpg --wait')}`,
  );
}

/** Beside the sources and, three folders up as well, beside the bundle. */
function samplesFolder(): string {
  const candidates = ['../../../samples', '../../../../samples'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  const folder = candidates.find((path) => existsSync(path));
  if (folder) return folder;
  throw new SlipstreamError(
    'NOT_FOUND',
    'The samples are not beside this program; name files: slipstream demo receipt.jpg.',
  );
}
