import {
  BODY_BYTES_MAX,
  changesPageSchema,
  deletedImageSchema,
  droppedFailureSchema,
  failuresPageSchema,
  imagesPageSchema,
  imageViewSchema,
  jobViewSchema,
  PAGE_ROWS_MAX,
  presignedPutSchema,
  receiptDetailSchema,
  receiptViewSchema,
  spendingSchema,
} from '@slipstream/api-contract';
import { firstItems, inspectImage, sha256Hex } from '@slipstream/runtime';
import { isSlipstreamError, type PresignedPut, SlipstreamError } from '@slipstream/shared';
import { z } from 'zod';
import { stackRows } from '../references/remembered-rows.ts';
import type { ApiClient } from '../remote/api-client.ts';
import type { Failure, ReceiptsService, Submitted } from './receipts-service.ts';
import { imagesBeginningWith, latestImage } from './remote-images.ts';

const POLL_MS = 1_500;
/** A large photograph over a slow line; the signature lasts as long. */
const UPLOAD_MS_MAX = 900_000;

const submittedSchema = z.object({ image_id: z.string(), created: z.boolean() });
const announcedSchema = z.object({ image_id: z.string(), upload: presignedPutSchema.nullable() });
const receiptsPageSchema = z.object({ receipts: z.array(receiptViewSchema), cursor: z.string().nullable() });

/** Over a deployed stack's HTTP API, as the person who is signed in: what others sent does not exist for them. */
export function remoteReceipts(api: ApiClient, stackName: string): ReceiptsService {
  const unlessMissing = async <T>(asked: Promise<T>): Promise<T | null> => {
    try {
      return await asked;
    } catch (error) {
      if (isSlipstreamError(error, 'NOT_FOUND')) return null;
      throw error;
    }
  };
  return {
    place: stackName,
    poll_ms: POLL_MS,
    idleNote: null,
    rows: stackRows(stackName),
    submit: ({ bytes, file_name }) =>
      bytes.byteLength <= BODY_BYTES_MAX ? post(api, bytes, file_name) : upload(api, bytes, file_name),
    image: (image_id) => unlessMissing(imageOf(api, image_id)),
    receipt: (image_id, receipt_id) =>
      unlessMissing(
        api.call(receiptDetailSchema, (client) =>
          client.GET('/receipts/{image_id}/{receipt_id}', { params: { path: { image_id, receipt_id } } }),
        ),
      ),
    receipts: ({ degraded, ...query }) =>
      api.call(receiptsPageSchema, (client) =>
        client.GET('/receipts', {
          params: {
            query: { ...pageOf(query), ...(degraded === undefined ? {} : { degraded: degraded ? 'true' : 'false' }) },
          },
        }),
      ),
    spending: ({ degraded, ...query }) =>
      api.call(spendingSchema, (client) =>
        client.GET('/spending', {
          params: { query: { ...query, ...(degraded === undefined ? {} : { degraded: degraded ? 'true' : 'false' }) } },
        }),
      ),
    images: (query) =>
      api.call(imagesPageSchema, (client) => client.GET('/images', { params: { query: pageOf(query) } })),
    failures: (limit) => failures(api, limit),
    imagesBeginningWith: (prefix, limit) => imagesBeginningWith(api, prefix, limit),
    latestImage: () => latestImage(api),
    newestReceipts: async () => {
      const { receipts } = await api.call(receiptsPageSchema, (client) => client.GET('/receipts'));
      return receipts.map(({ image_id, receipt_id }) => `${image_id}/${receipt_id}`);
    },
    receiptsOfImage: async (image_id) => {
      const image = await unlessMissing(imageOf(api, image_id));
      return (image?.receipts ?? []).map(({ receipt_id }) => receipt_id);
    },
    waiting: async () => null, // the API does not list what has not ended
    original: async (image_id) => {
      const { content_type, file_name, size } = await imageOf(api, image_id);
      return { bytes: await api.download(image_id, size), content_type, file_name };
    },
    // One that it does not know (any more), and a stack of an earlier release: there is nothing to drop.
    dropFailure: async (image_id) => {
      const dropped = await unlessMissing(
        api.call(droppedFailureSchema, (client) =>
          client.DELETE('/failures/{image_id}', { params: { path: { image_id } } }),
        ),
      );
      return dropped?.has_ended ?? true;
    },
    reprocess: (image_id) =>
      api.call(jobViewSchema, (client) =>
        client.POST('/images/{image_id}/reprocess', { params: { path: { image_id } } }),
      ),
    review: (image_id, receipt_id, { revision, changes, approve }) =>
      api.call(receiptDetailSchema, (client) =>
        client.PATCH('/receipts/{image_id}/{receipt_id}', {
          params: { path: { image_id, receipt_id }, header: { 'if-match': `"${revision}"` } },
          body: { changes: [...changes], approve, source: 'cli' },
        }),
      ),
    history: async (image_id, receipt_id) => {
      const { changes } = await api.call(changesPageSchema, (client) =>
        client.GET('/receipts/{image_id}/{receipt_id}/history', {
          params: { path: { image_id, receipt_id }, query: { limit: PAGE_ROWS_MAX } },
        }),
      );
      return changes;
    },
    // 204 has no body: nothing of it is left.
    deleteImage: async (image_id) => {
      const deleting = unlessMissing(
        api
          .call(deletedImageSchema.nullable(), async (client) => {
            const answer = await client.DELETE('/images/{image_id}', { params: { path: { image_id } } });
            return answer.response.status === 204 ? { ...answer, data: null } : answer;
          })
          .then((deleted) => deleted?.status ?? 'deleted'),
      );
      return deleting;
    },
    home: null,
    close: async () => {},
  };
}

function imageOf(api: ApiClient, image_id: string) {
  return api.call(imageViewSchema, (client) => client.GET('/images/{image_id}', { params: { path: { image_id } } }));
}

function post(api: ApiClient, bytes: Uint8Array, file_name: string): Promise<Submitted> {
  // As it is, of whatever type: HEIC is not turned into anything on the way.
  const headers = { 'content-type': 'application/octet-stream' };
  const body = new Uint8Array(bytes);
  return api.call(submittedSchema, (client) =>
    client.POST('/images', { params: { query: { file_name } }, body, headers, bodySerializer: (sent) => sent }),
  );
}

/** Too large for a request: the API signs the PUT, and the bytes go to the bucket itself. */
async function upload(api: ApiClient, bytes: Uint8Array, file_name: string): Promise<Submitted> {
  const { type } = inspectImage(bytes);
  const body = { sha256: sha256Hex(bytes), size: bytes.byteLength, type, file_name };
  const { image_id, upload } = await api.call(announcedSchema, (client) => client.POST('/uploads', { body }));
  if (upload === null) return { image_id, created: false };
  return { image_id, created: await put(upload, bytes) };
}

/** False when somebody else put the same bytes meanwhile: S3 answers 412 to `If-None-Match`. */
async function put({ url, headers }: PresignedPut, bytes: Uint8Array): Promise<boolean> {
  let answer: Response;
  try {
    const signal = AbortSignal.timeout(UPLOAD_MS_MAX);
    // fetch sets the length itself, and refuses to be told.
    const sent = Object.fromEntries(
      Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-length'),
    );
    answer = await fetch(url, { method: 'PUT', headers: sent, body: new Uint8Array(bytes), signal });
  } catch (cause) {
    throw new SlipstreamError('STORE_UNAVAILABLE', 'The upload broke off; submit the file again.', { cause });
  }
  await answer.body?.cancel();
  if (answer.ok) return true;
  if (answer.status === 412) return false;
  const retried = answer.status >= 500 || answer.status === 403;
  throw new SlipstreamError(
    retried ? 'STORE_UNAVAILABLE' : 'REQUEST_INVALID',
    `The bucket answered ${answer.status} to the upload; submit the file again, and check this machine's clock if it stays so.`,
  );
}

async function failures(api: ApiClient, limit: number): Promise<readonly Failure[]> {
  const { items } = await firstItems(limit, async (after) => {
    const query = pageOf({ limit, cursor: after });
    const page = await api.call(failuresPageSchema, (client) => client.GET('/failures', { params: { query } }));
    return { items: page.failures, cursor: page.cursor };
  });
  return items.map(({ image_id, file_name, reason, failed_at }) => ({
    kind: 'job',
    id: image_id,
    file: file_name,
    queue: null,
    ...reason,
    at: failed_at,
  }));
}

/** A page as the API gives it: no longer than it allows, from the beginning where there is no cursor. */
function pageOf<Q extends { readonly limit: number; readonly cursor?: string | null }>({
  limit,
  cursor,
  ...filter
}: Q) {
  return { ...filter, limit: Math.min(limit, PAGE_ROWS_MAX), ...(cursor ? { cursor } : {}) };
}
