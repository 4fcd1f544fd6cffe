import { type FoundFiles, fileNameOf, findImageFiles, readImageFile } from '@slipstream/runtime';
import { SlipstreamError, styled, systemClock } from '@slipstream/shared';
import {
  colour,
  EXIT_FAILED,
  printError,
  printJson,
  printLine,
  printNote,
  startProgress,
  type Verb,
} from '@slipstream/terminal';
import {
  type FileOutcome,
  hasNoReceipt,
  nameColumns,
  outcomeLine,
  outcomeView,
  photoHintLines,
  printOutcomes,
} from '../output/outcomes.ts';
import { counted } from '../output/why-empty.ts';
import { openForSubmitting, PLACE_SETTINGS } from '../service/open-receipts.ts';
import type { ReceiptsService } from '../service/receipts-service.ts';
import { waitForImages } from '../service/wait-for-images.ts';

/** As a shell says it of a program that Ctrl-C ended. */
const EXIT_INTERRUPTED = 130;

interface SubmittedFile {
  readonly file: string;
  readonly image_id: string;
  readonly created: boolean;
}

export const submitVerb: Verb<(typeof PLACE_SETTINGS)[number]> = {
  name: 'submit',
  summary: 'Submit photographs of receipts; folders are searched for images',
  examples: [
    'slipstream submit receipt.jpg',
    'slipstream submit ~/Pictures/receipts --wait',
    'slipstream submit *.jpg --json',
    'slipstream submit receipt.heic --stack dev --wait',
  ],
  args: [['<files...>', 'Image files, or folders of them']],
  options: [['--wait', 'Wait for the result of each; ends with 1 unless receipts were found on all of them']],
  settings: PLACE_SETTINGS,
  run: async ({ args, options, settings, json, logger }) => {
    const found = await findImageFiles(args);
    for (const { error } of found.refused) printError(error, json);
    if (found.files.length === 0) return EXIT_FAILED;
    const service = await openForSubmitting(settings, logger);
    const interrupted = new AbortController();
    const onInterrupt = () => interrupted.abort();
    process.once('SIGINT', onInterrupt);
    try {
      if (options.wait && service.idleNote !== null) {
        throw new SlipstreamError(
          'ENGINE_UNAVAILABLE',
          `Nothing works on ${service.place}, so there is nothing to wait for: start slipstream dev in another terminal.`,
        );
      }
      const { submitted, refused, left } = await submitAll(service, found, json, interrupted.signal);
      const isAll = refused === 0;
      if (!options.wait) {
        if (json) printJson(submitted);
        else printSubmitted(submitted, service.idleNote);
        if (left > 0) return noteUnsubmitted(submitted.length, left);
        return isAll ? 0 : EXIT_FAILED;
      }
      const { results, isInterrupted } = await waitForAll(service, submitted, json, interrupted.signal);
      if (json) printJson(results.map(outcomeView));
      else {
        if (results.length > 0) printOutcomes(results);
        for (const line of photoHintLines(results)) printLine(line);
        printWithoutReceipt(results);
      }
      if (left > 0) noteUnsubmitted(submitted.length, left);
      if (isInterrupted) return noteTheRest(results);
      const isEachRead = results.every(({ outcome }) => outcome.job?.status === 'COMPLETED' && !hasNoReceipt(outcome));
      return isEachRead && isAll ? 0 : EXIT_FAILED;
    } finally {
      process.off('SIGINT', onInterrupt);
      await service.close();
    }
  },
};

/** Each file for itself: one that cannot be read keeps back no other. Those that are `left` were not come to before Ctrl-C. */
async function submitAll(
  service: ReceiptsService,
  { files, refused: missing }: FoundFiles,
  json: boolean,
  signal: AbortSignal,
) {
  const submitted: SubmittedFile[] = [];
  let refused = missing.length;
  for (const [index, file] of files.entries()) {
    if (signal.aborted) return { submitted, refused, left: files.length - index };
    try {
      const bytes = await readImageFile(file);
      submitted.push({ file, ...(await service.submit({ bytes, file_name: fileNameOf(file) })) });
    } catch (thrown) {
      const error = SlipstreamError.from(thrown);
      // Of one file that was named there is nothing else to say.
      if (files.length + missing.length === 1 || !isOfFile(error)) throw error;
      refused += 1;
      printError(error, json);
    }
  }
  return { submitted, refused, left: 0 };
}

/** The file's own failure: it cannot be read, is no file, or is too large. */
function isOfFile({ code, retry }: SlipstreamError): boolean {
  return retry === 'never' || code === 'NOT_FOUND';
}

function printSubmitted(submitted: readonly SubmittedFile[], idleNote: string | null): void {
  for (const { file, image_id, created } of submitted)
    printLine(styled`${image_id}  ${file}${created ? '' : colour.dim('  (was here already)')}`);
  if (idleNote !== null) printLine(colour.dim(idleNote));
}

/** Until each has ended, or Ctrl-C; a line a file as it ends, above a bar. */
async function waitForAll(
  service: ReceiptsService,
  submitted: readonly SubmittedFile[],
  json: boolean,
  signal: AbortSignal,
) {
  const imageIds = submitted.map(({ image_id }) => image_id);
  const fileOf = new Map(submitted.map(({ image_id, file }) => [image_id, file]));
  const columns = nameColumns([...fileOf.values()]);
  const progress = startProgress(fileOf.size, 'reading');
  const startedAt = performance.now();
  const endedAfterS = new Map<string, number>();
  try {
    const outcomes = await waitForImages(
      service,
      systemClock,
      imageIds,
      (outcome, ended) => {
        const file = fileOf.get(outcome.image_id) ?? '';
        endedAfterS.set(outcome.image_id, (performance.now() - startedAt) / 1_000);
        progress.update(ended, '');
        if (!json) progress.line(outcomeLine(file, outcome, columns));
      },
      signal,
      new Set(submitted.filter(({ created }) => created).map(({ image_id }) => image_id)),
    );
    const results = outcomes.map((outcome, index): FileOutcome => {
      const { file = '' } = submitted[index] ?? {};
      return { file, seconds: endedAfterS.get(outcome.image_id) ?? null, outcome };
    });
    return { results, isInterrupted: signal.aborted };
  } finally {
    progress.stop();
  }
}

/** Ctrl-C while the files were being submitted. */
function noteUnsubmitted(submitted: number, left: number): number {
  printNote(
    `Stopped submitting. ${counted(submitted, 'file is', 'files are')} submitted, ${left} not: the same command goes on, and takes none twice.`,
  );
  return EXIT_INTERRUPTED;
}

/** Ctrl-C ends the waiting, not the work. */
function noteTheRest(results: readonly FileOutcome[]): number {
  const left = results.filter(({ seconds }) => seconds === null).length;
  printNote(
    `Stopped waiting. ${counted(left, 'image is', 'images are')} still being read, and will be: slipstream status says how far it is, slipstream list shows what was read.`,
  );
  return EXIT_INTERRUPTED;
}

function printWithoutReceipt(results: readonly FileOutcome[]): void {
  const without = results.filter(({ outcome }) => hasNoReceipt(outcome));
  if (without.length === 0) return;
  printLine(
    `No receipt was found on ${without.length} of ${results.length} images: photograph them again, nearer and flat. slipstream list --status NO_RECEIPT shows them, slipstream reprocess IMAGE_ID reads one again.`,
  );
}
