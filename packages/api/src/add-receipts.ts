import { getHistory, getReceipt, listReceipts, patchReceipt } from '@slipstream/api-contract';
import { saveReview } from '@slipstream/pipeline/review-receipt';
import { isSlipstreamError, type ReceiptRecord, SlipstreamError } from '@slipstream/shared';
import { ownUpload } from './add-images.ts';
import { givenOf } from './add-spending.ts';
import type { Api } from './api-env.ts';
import type { ApiPorts } from './api-ports.ts';
import { findReceipts } from './find-receipts.ts';
import { problemOf } from './problem.ts';
import { mediaType } from './read-file.ts';
import type { SealedCursors } from './sealed-cursors.ts';
import { changeView, receiptDetail, receiptViews } from './views.ts';

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
    c.header('etag', etagOf(record));
    return c.json(await receiptDetail(ports, record, c.var.grant.caller), 200);
  });

  api.use(patchReceipt.getRoutingPath(), async (c, next) => {
    if (c.req.method === 'PATCH') assertJson(c.req.raw);
    await next();
  });
  api.openapi(patchReceipt, async (c) => {
    const { image_id, receipt_id } = c.req.valid('param');
    const { caller } = c.var.grant;
    await ownUpload(ports, image_id, caller);
    const { changes, approve, source } = c.req.valid('json');
    const revision = revisionOf(c.req.valid('header')['if-match']);
    const review = { image_id, receipt_id, revision, changes, approve, source, changed_by: caller };
    try {
      const saved = await saveReview(ports, review);
      c.header('etag', etagOf(saved));
      return c.json(await receiptDetail(ports, saved, caller), 200);
    } catch (thrown) {
      if (!isSlipstreamError(thrown, 'REVISION_OUTDATED')) throw thrown;
      const newer = await ports.receipts.get(image_id, receipt_id);
      const receipt = newer ? await receiptDetail(ports, newer, caller).catch(() => null) : null;
      const problem = { ...problemOf(thrown), ...(receipt ? { receipt } : {}) };
      return new Response(JSON.stringify(problem), {
        status: 412,
        headers: { 'content-type': 'application/problem+json', ...(newer ? { etag: etagOf(newer) } : {}) },
      }) as never;
    }
  });

  api.openapi(getHistory, async (c) => {
    const { image_id, receipt_id } = c.req.valid('param');
    const { limit, cursor } = c.req.valid('query');
    const { caller } = c.var.grant;
    await ownUpload(ports, image_id, caller);
    if ((await ports.receipts.get(image_id, receipt_id)) === null)
      throw new SlipstreamError('NOT_FOUND', `There is no receipt ${receipt_id} on the image ${image_id}.`);
    const binding = [caller, 'history', image_id, receipt_id];
    const page = await ports.changes.ofReceipt(image_id, receipt_id, {
      limit,
      cursor: await cursors.open(cursor, binding),
    });
    return c.json({ changes: page.items.map(changeView), cursor: await cursors.seal(page.cursor, binding) }, 200);
  });
}

const etagOf = ({ revision }: Pick<ReceiptRecord, 'revision'>): string => `"${revision}"`;

/** `*` would save over what the person has not seen. */
function revisionOf(ifMatch: string | undefined): number {
  const [, revision] = /^(?:W\/)?"(\d{1,10})"$/.exec(ifMatch?.trim() ?? '') ?? [];
  if (revision !== undefined) return Number(revision);
  throw new SlipstreamError(
    'PRECONDITION_REQUIRED',
    'Say which revision is changed: If-Match with the ETag that GET answered, such as "3" in quotation marks.',
  );
}

function assertJson(request: Request): void {
  if (mediaType(request) === 'application/json') return;
  throw new SlipstreamError('MEDIA_TYPE_UNSUPPORTED', 'A review is JSON: send it as application/json.');
}
