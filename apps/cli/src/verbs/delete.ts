import type { ImageView } from '@slipstream/api-contract';
import { INDEX_SETTINGS } from '@slipstream/runtime';
import { SlipstreamError, type StyledText, styled } from '@slipstream/shared';
import { ask, colour, printJson, printLine, type Verb } from '@slipstream/terminal';
import type { IndexSettings } from '../home/home-memory.ts';
import { settleDeletions } from '../local/settle-deletions.ts';
import { findImage, REFERENCE_ARGUMENT } from '../references/find-image.ts';
import { openReceipts, PLACE_SETTINGS } from '../service/open-receipts.ts';
import type { ReceiptsService } from '../service/receipts-service.ts';

const SETTINGS = [...PLACE_SETTINGS, ...INDEX_SETTINGS] as const;

export const deleteVerb: Verb<(typeof SETTINGS)[number]> = {
  name: 'delete',
  summary: 'Delete images for good, with everything that was made of them; they cannot be brought back',
  examples: [
    'slipstream delete last --dry-run',
    'slipstream delete IMAGE_ID --yes',
    'slipstream delete IMAGE_ID IMAGE_ID --yes --json',
  ],
  args: [['<ids...>', REFERENCE_ARGUMENT]],
  options: [
    ['--dry-run', 'Show what would be deleted, and delete nothing'],
    ['-y, --yes', 'Do not ask'],
  ],
  settings: SETTINGS,
  run: async ({ args, options, settings, json, logger }) => {
    const service = await openReceipts(settings, logger);
    try {
      // All of them first: of a list with a wrong id nothing is deleted.
      const images = await namedImages(service, args);
      const isDryRun = options.dryRun === true;
      if (!json) for (const image of images) printLine(sentenceOf(image, isDryRun));
      if (isDryRun) {
        if (json) printJson(images.map((image) => ({ ...viewOf(image), status: 'would_be_deleted' })));
        return 0;
      }
      if (options.yes !== true) await assertWanted(images.length, service.place);
      return await deleteAll(service, images, { settings, json });
    } finally {
      await service.close();
    }
  },
};

async function namedImages(service: ReceiptsService, args: readonly string[]): Promise<readonly ImageView[]> {
  const images = new Map<string, ImageView>();
  for (const arg of args) {
    const { imageId, receiptId } = await findImage(service, arg);
    if (receiptId !== null && arg.includes('/')) throw receiptNamed(arg, imageId);
    const image = await service.image(imageId);
    if (image === null) throw unknown(imageId, service.place);
    images.set(imageId, image);
  }
  return [...images.values()];
}

async function deleteAll(
  service: ReceiptsService,
  images: readonly ImageView[],
  { settings, json }: { readonly settings: IndexSettings; readonly json: boolean },
): Promise<number> {
  const results = [];
  for (const image of images) {
    // Somebody else was first: it is gone, as was asked.
    const status = (await service.deleteImage(image.image_id)) ?? 'deleted';
    results.push({ ...viewOf(image), status });
  }
  const ids = images.map(({ image_id }) => image_id);
  const isSettled = service.home === null || (await settleDeletions(service.home, settings, ids));
  const isWhole = results.every(({ status }) => status === 'deleted');
  if (json) printJson(results);
  else {
    const what = images.length === 1 ? 'The image is' : `${images.length} images are`;
    printLine(colour.green(`${what} deleted.`));
    if (!isWhole) printLine('What is stored of it goes within minutes.');
    else if (!isSettled) printLine('What the database and the merchant index keep of it goes within a minute.');
  }
  return 0;
}

function viewOf({ image_id, file_name, size, receipts }: ImageView) {
  return { image_id, file_name, size, receipts: receipts.length };
}

function sentenceOf({ image_id, file_name, size, receipts }: ImageView, isDryRun: boolean): StyledText {
  const shown = receipts.map(({ merchant_name, date, total, currency, status }) =>
    [
      merchant_name ?? 'unknown merchant',
      date,
      `${total ?? ''} ${currency ?? ''}`.trim(),
      status === 'REVIEWED' ? 'reviewed' : '',
    ]
      .filter(Boolean)
      .join(', '),
  );
  const what = shown.length === 0 ? 'no receipt' : shown.join('; ');
  const verb = isDryRun ? 'would delete' : 'delete';
  return styled`${verb}  ${image_id.slice(0, 8)}  ${file_name ?? 'unnamed'}  ${String(size)} bytes  ${what}`;
}

async function assertWanted(count: number, place: string): Promise<void> {
  const what = count === 1 ? 'this image' : `these ${count} images`;
  const answer = await ask(`Delete ${what} from ${place} for good? [y/N] `);
  if (answer === null)
    throw new SlipstreamError('REQUEST_INVALID', 'Nothing was deleted: without a terminal to ask on, say --yes.');
  if (!/^y(es)?$/i.test(answer.trim())) throw new SlipstreamError('ABORTED', 'Nothing was deleted.');
}

function receiptNamed(arg: string, imageId: string): SlipstreamError {
  return new SlipstreamError(
    'REQUEST_INVALID',
    `${arg} is one receipt, and whole images are deleted: slipstream delete ${imageId.slice(0, 8)}.`,
  );
}

function unknown(imageId: string, place: string): SlipstreamError {
  return new SlipstreamError(
    'NOT_FOUND',
    `There is no image ${imageId} in ${place}; slipstream list shows what there is.`,
  );
}
