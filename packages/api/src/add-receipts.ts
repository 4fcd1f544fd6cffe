import { getReceipt, listReceipts } from '@slipstream/api-contract';
import { SlipstreamError } from '@slipstream/shared';
import { ownUpload } from './add-images.ts';
import { givenOf } from './add-spending.ts';
import type { Api } from './api-env.ts';
import type { ApiPorts } from './api-ports.ts';
import { findReceipts } from './find-receipts.ts';
import type { SealedCursors } from './sealed-cursors.ts';
import { receiptDetail, receiptViews } from './views.ts';

/** Receipts: a caller sees those of the images that they sent. */
export function addReceipts(api: Api, ports: ApiPorts, cursors: SealedCursors): void {
  api.openapi(listReceipts, async (c) => {
    const { cursor, limit, sort, ...filter } = c.req.valid('query');
    const { caller, owner_id } = c.var.grant;
    const asked = givenOf(filter);
    // Sorted, so that the order in which parameters were given does not matter.
    const binding = [caller, 'receipts', sort, JSON.stringify(Object.entries(asked).toSorted())];
    const finders = {
      receipts: ports.receipts,
      catalogue: ports.catalogue ?? null,
      list: (options: Parameters<typeof ports.callerReceipts.list>[1]) => ports.callerReceipts.list(caller, options),
    };
    const question = { ...asked, sort, limit, cursor: await cursors.open(cursor, binding) };
    const page = await findReceipts(finders, owner_id, question);
    const receipts = await receiptViews(ports, page.items, caller);
    return c.json({ receipts, cursor: await cursors.seal(page.cursor, binding) }, 200);
  });

  api.openapi(getReceipt, async (c) => {
    const { image_id, receipt_id } = c.req.valid('param');
    await ownUpload(ports, image_id, c.var.grant.caller);
    const record = await ports.receipts.get(image_id, receipt_id);
    if (!record) throw new SlipstreamError('NOT_FOUND', `There is no receipt ${receipt_id} on the image ${image_id}.`);
    return c.json(await receiptDetail(ports, record, c.var.grant.caller), 200);
  });
}
