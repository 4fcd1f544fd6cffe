import type { ImageSummary } from '@slipstream/api-contract';
import { SlipstreamError } from '@slipstream/shared';
import { colour, printJson, printLine, printTable, shorten } from '@slipstream/terminal';
import type { ReceiptsService } from '../service/receipts-service.ts';

/** Images that were read and on which no receipt was found: no list of receipts has them. */
export async function listWithoutReceipt(
  service: ReceiptsService,
  options: Readonly<Record<string, unknown>>,
  limit: number,
  json: boolean,
): Promise<number> {
  if (options.from !== undefined || options.to !== undefined) {
    throw new SlipstreamError(
      'REQUEST_INVALID',
      '--from and --to are days that receipts print; an image without a receipt has none: leave them out.',
    );
  }
  const images: ImageSummary[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof service.images>> = await service.images({
      status: 'NO_RECEIPT',
      limit,
      cursor,
    });
    images.push(...page.images);
    cursor = page.cursor;
  } while (cursor !== null && images.length < limit);
  const shown = images.slice(0, limit);
  const more = cursor !== null || images.length > limit;
  if (json) {
    printJson({ images: shown, more });
    return 0;
  }
  if (shown.length === 0) {
    printLine('There is no image on which no receipt was found.');
    return 0;
  }
  printTable(
    ['image', 'file', 'read'],
    shown.map(({ image_id, file_name, ended_at }) => [image_id, shorten(file_name ?? '–', 40), ended_at.slice(0, 16)]),
  );
  printLine(colour.dim('Photograph them again, nearer and flat; or: slipstream reprocess IMAGE_ID.'));
  if (more) printLine(colour.dim(`There are more: --limit ${limit * 2}.`));
  return 0;
}
