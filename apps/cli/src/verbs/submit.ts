import { basename } from 'node:path';
import { SlipstreamError, styled, systemClock } from '@slipstream/shared';
import { colour, EXIT_FAILED, printError, printJson, printLine, startProgress, type Verb } from '@slipstream/terminal';
import { findImageFiles, readImageFile } from '../home/image-files.ts';
import {
  type FileOutcome,
  hasNoReceipt,
  outcomeRow,
  outcomeView,
  photoHintLines,
  printOutcomes,
  progressNote,
} from '../output/outcomes.ts';
import { openReceipts, PLACE_SETTINGS } from '../service/open-receipts.ts';
import { waitForImages } from '../service/wait-for-images.ts';

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
    const files = await findImageFiles(args);
    const service = await openReceipts(settings, logger);
    try {
      if (options.wait && service.idleNote !== null) {
        throw new SlipstreamError(
          'ENGINE_UNAVAILABLE',
          `Nothing works on ${service.place}, so there is nothing to wait for: start slipstream dev in another terminal.`,
        );
      }
      const submitted: { file: string; image_id: string; created: boolean }[] = [];
      const refused: { file: string; error: SlipstreamError }[] = [];
      for (const file of files) {
        try {
          const bytes = await readImageFile(file);
          submitted.push({ file, ...(await service.submit({ bytes, file_name: basename(file) })) });
        } catch (thrown) {
          const error = SlipstreamError.from(thrown);
          // Of one file that was named there is nothing else to say; among several it keeps back no other.
          if (files.length === 1 || !isOfFile(error)) throw error;
          refused.push({ file, error });
          printError(error, json);
        }
      }
      if (!options.wait) {
        if (json) printJson(submitted);
        else {
          for (const { file, image_id, created } of submitted)
            printLine(styled`${image_id}  ${file}${created ? '' : colour.dim('  (was here already)')}`);
          if (service.idleNote !== null) printLine(colour.dim(service.idleNote));
        }
        return refused.length === 0 ? 0 : EXIT_FAILED;
      }
      const progress = startProgress(new Set(submitted.map(({ image_id }) => image_id)).size, 'reading');
      const startedAt = performance.now();
      const endedAfterS = new Map<string, number>();
      const imageIds = submitted.map(({ image_id }) => image_id);
      const fileOf = new Map(submitted.map(({ image_id, file }) => [image_id, file]));
      const outcomes = await waitForImages(
        service,
        systemClock,
        imageIds,
        (outcome, ended) => {
          endedAfterS.set(outcome.image_id, (performance.now() - startedAt) / 1_000);
          progress.update(ended, progressNote(fileOf.get(outcome.image_id) ?? '', outcome));
        },
        new AbortController().signal,
        new Set(submitted.filter(({ created }) => created).map(({ image_id }) => image_id)),
      );
      progress.stop();
      const results: FileOutcome[] = outcomes.map((outcome, index) => ({
        file: submitted[index]?.file ?? '',
        seconds: endedAfterS.get(outcome.image_id) ?? null,
        outcome,
      }));
      if (json) printJson(results.map(outcomeView));
      else {
        printOutcomes(results.flatMap(outcomeRow));
        for (const line of photoHintLines(results)) printLine(line);
        printWithoutReceipt(results);
      }
      const isEachRead = results.every(({ outcome }) => outcome.job?.status === 'COMPLETED' && !hasNoReceipt(outcome));
      return isEachRead && refused.length === 0 ? 0 : EXIT_FAILED;
    } finally {
      await service.close();
    }
  },
};

/** The file's own failure: it cannot be read, is no file, or is too large. */
function isOfFile({ code, retry }: SlipstreamError): boolean {
  return retry === 'never' || code === 'NOT_FOUND';
}

function printWithoutReceipt(results: readonly FileOutcome[]): void {
  const without = results.filter(({ outcome }) => hasNoReceipt(outcome));
  if (without.length === 0) return;
  printLine(
    `No receipt was found on ${without.length} of ${results.length} images: photograph them again, nearer and flat. slipstream list --status NO_RECEIPT shows them, slipstream reprocess IMAGE_ID reads one again.`,
  );
}
