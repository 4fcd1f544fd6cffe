import { OpenAPIHono } from '@hono/zod-openapi';
import { readAll, recordKeys, SlipstreamError, submitImage, uploadRecordSchema } from '@slipstream/shared';
import { streamSSE } from 'hono/streaming';
import type { ApiPorts } from './api-ports.ts';
import { problemResponse } from './problem.ts';
import { readBody } from './read-body.ts';
import { getImage, getOriginal, getReceipt, listReceipts, postImage, postReprocess } from './routes.ts';
import { imageView, jobView, receiptView } from './views.ts';

/** The HTTP API, over ports: the same routes at home and in Lambda. */
export function createApi(ports: ApiPorts): OpenAPIHono {
  const api = new OpenAPIHono({
    defaultHook: (result) => {
      if (result.success) return;
      const issue = result.error.issues[0];
      throw new SlipstreamError('REQUEST_INVALID', `${issue?.path.join('.')}: ${issue?.message}`);
    },
  });
  api.onError((thrown) => {
    const error = SlipstreamError.from(thrown);
    if (error.code === 'INTERNAL') ports.logger.error({ error }, 'a request failed');
    return problemResponse(error);
  });
  api.notFound((c) =>
    problemResponse(
      new SlipstreamError('NOT_FOUND', `There is nothing at ${c.req.path}; GET /openapi.json lists what there is.`),
    ),
  );

  addImages(api, ports);
  addReceipts(api, ports);
  addOperations(api, ports);
  return api;
}

function addImages(api: OpenAPIHono, ports: ApiPorts): void {
  api.openapi(postImage, async (c) => {
    const bytes = await readBody(c.req.raw, ports.imageBytesMax);
    const file_name = c.req.valid('query').file_name ?? 'unnamed';
    return c.json(await submitImage(ports, { bytes, file_name, uploaded_by: ports.caller(c.req.raw) }), 202);
  });

  api.openapi(getImage, async (c) => {
    const { image_id } = c.req.valid('param');
    const { image, job } = await findImage(ports, image_id);
    const upload = await ports.records.get(recordKeys.upload(image_id, ports.caller(c.req.raw)));
    const receipts = await ports.receipts.ofImage(image_id);
    return c.json(imageView(image, upload && uploadRecordSchema.parse(upload), job, receipts), 200);
  });

  api.openapi(getOriginal, async (c) => {
    const { image_id } = c.req.valid('param');
    const { image } = await findImage(ports, image_id);
    const body = await readAll(await ports.raw.get(image.s3_key), ports.imageBytesMax);
    return c.body(new Uint8Array(body), 200, {
      // What the door did not recognise is a download, never a page.
      'content-type': image.content_type ? `image/${image.content_type}` : 'application/octet-stream',
      'content-disposition': image.content_type ? 'inline' : 'attachment',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable',
    });
  });

  api.openapi(postReprocess, async (c) => {
    const { image_id } = c.req.valid('param');
    const job = await ports.jobs.reprocess(image_id, crypto.randomUUID());
    const message = { image_id, job_id: job.job_id, s3_bucket: job.s3_bucket, s3_key: job.s3_key };
    if (job.status === 'PENDING') await ports.queues.ocr.send(message, { correlationId: job.correlation_id });
    return c.json(jobView(job), 202);
  });
}

function addReceipts(api: OpenAPIHono, ports: ApiPorts): void {
  api.openapi(listReceipts, async (c) => {
    const { status, from, to, cursor, limit } = c.req.valid('query');
    const page = await ports.receipts.list({
      limit,
      cursor: cursor ?? null,
      ...(status ? { status } : {}),
      ...(from ? { from } : {}),
      ...(to ? { to } : {}),
    });
    return c.json({ receipts: page.items.map(receiptView), cursor: page.cursor }, 200);
  });

  api.openapi(getReceipt, async (c) => {
    const { image_id, receipt_id } = c.req.valid('param');
    const record = await ports.receipts.get(image_id, receipt_id);
    if (!record) throw new SlipstreamError('NOT_FOUND', `There is no receipt ${receipt_id} on the image ${image_id}.`);
    return c.json({ ...receiptView(record), document: await ports.receipts.document(record) }, 200);
  });
}

function addOperations(api: OpenAPIHono, ports: ApiPorts): void {
  api.get('/health', async (c) => c.json({ status: 'ok', ...(ports.health ? await ports.health() : {}) }));

  api.get('/events', (c) => {
    const { events } = ports;
    if (!events)
      throw new SlipstreamError(
        'NOT_FOUND',
        'Events can be followed only at home; poll GET /images/{image_id} instead.',
      );
    return streamSSE(c, async (stream) => {
      for await (const event of events(c.req.header('last-event-id') ?? null, c.req.raw.signal)) {
        await stream.writeSSE({ id: event.id, event: event.kind, data: JSON.stringify(event) });
      }
    });
  });

  api.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Slipstream', version: '1', description: 'Photographed receipts become checked, searchable data.' },
  });
}

async function findImage(ports: ApiPorts, imageId: string) {
  const current = await ports.jobs.current(imageId);
  if (!current)
    throw new SlipstreamError(
      'NOT_FOUND',
      `There is no image ${imageId}, or it has not been taken in yet; try again in a moment.`,
    );
  return current;
}
