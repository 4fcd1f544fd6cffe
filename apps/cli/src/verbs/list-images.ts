import { firstItems } from '@slipstream/runtime';
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
  const { items: shown, more } = await firstItems(limit, async (after) => {
    const { images, cursor } = await service.images({ status: 'NO_RECEIPT', limit, cursor: after });
    return { items: images, cursor };
  });
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
