import type { ImageSummary } from '@slipstream/api-contract';
import { SlipstreamError } from '@slipstream/shared';
import { colour, figures, printJson, printLine, printTable } from '@slipstream/terminal';
import { shortIds } from '../references/short-ids.ts';
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
  service.rows.remember(shown.map(({ image_id }) => image_id));
  if (json) {
    printJson({ images: shown, more });
    return 0;
  }
  if (shown.length === 0) {
    printLine('There is no image on which no receipt was found.');
    return 0;
  }
  const isTerminal = process.stdout.isTTY === true;
  const idOf = shortIds(shown.map(({ image_id }) => image_id));
  printTable(
    [...(isTerminal ? [figures('#')] : []), 'image', { title: 'file', min: 12 }, 'read'],
    shown.map(({ image_id, file_name, ended_at }, index) => [
      ...(isTerminal ? [String(index + 1)] : []),
      idOf(image_id),
      file_name ?? '–',
      ended_at.slice(0, 16).replace('T', ' '),
    ]),
  );
  printLine(colour.dim('Photograph them again, nearer and flat; or: slipstream reprocess IMAGE_ID.'));
  if (more) printLine(colour.dim(`There are more: --limit ${limit * 2}.`));
  return 0;
}
