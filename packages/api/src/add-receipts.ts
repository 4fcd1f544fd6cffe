import { getReceipt, listReceipts } from '@slipstream/api-contract';
import { SlipstreamError } from '@slipstream/shared';
import { ownUpload } from './add-images.ts';
import type { Api } from './api-env.ts';
import type { ApiPorts } from './api-ports.ts';

import type { SealedCursors } from './sealed-cursors.ts';
import { receiptDetail, receiptViews } from './views.ts';

/** Receipts: a caller sees those of the images that they sent. */
export function addReceipts(api: Api, ports: ApiPorts, cursors: SealedCursors): void {
  api.openapi(listReceipts, async (c) => {
    const { status, degraded, from, to, cursor, limit } = c.req.valid('query');
    const binding = [
      c.var.grant.caller,
      'receipts',
      status ?? null,
      from ?? null,
      to ?? null,
      String(degraded ?? null),
    ];
    const page = await ports.callerReceipts.list(c.var.grant.caller, {
      limit,
      cursor: await cursors.open(cursor, binding),
      ...(status ? { status } : {}),
      ...(degraded === undefined ? {} : { degraded }),
      ...(from ? { from } : {}),
      ...(to ? { to } : {}),
    });
    const receipts = await receiptViews(ports, page.items, c.var.grant.caller);
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
