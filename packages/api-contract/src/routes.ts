import { createRoute, z } from '@hono/zod-openapi';
import { IMAGE_OUTCOMES, IMAGE_TYPES, receiptIdSchema, sha256Schema, uuidSchema } from '@slipstream/shared';
import { RECEIPT_SORTS, receiptFilterParameters } from './catalogue-routes.ts';
import { healthSchema } from './health-schema.ts';
import { PAGE_ROWS_MAX } from './limits.ts';
import { problemSchema } from './problem-schema.ts';
import { reviewSchema } from './review-schema.ts';
import {
  changesPageSchema,
  deletedImageSchema,
  droppedFailureSchema,
  failuresPageSchema,
  imagesPageSchema,
  imageViewSchema,
  jobViewSchema,
  presignedPutSchema,
  receiptDetailSchema,
  receiptViewSchema,
} from './view-schemas.ts';

/** The API as data: paths, parameters, answers. The handlers are in `create-api.ts`. */

const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});
const imageId = z.object({ image_id: uuidSchema });
const binary = z.any().openapi({ type: 'string', format: 'binary' });

/** What the door did not recognise is a download. */
const originalTypes = { 'image/*': { schema: binary }, 'application/octet-stream': { schema: binary } };

export const postImage = createRoute({
  operationId: 'submitImage',
  tags: ['images'],
  method: 'post',
  path: '/images',
  summary: 'Submit a photograph: the body is the file',
  request: {
    query: z.object({
      file_name: z.string().max(255).optional().openapi({ description: 'What you call it, for lists' }),
    }),
    body: { content: { 'application/octet-stream': { schema: binary }, 'image/*': { schema: binary } } },
  },
  responses: {
    202: json(
      z.object({ image_id: uuidSchema, created: z.boolean() }),
      'On its way. `created` is false when these bytes were here already.',
    ),
    400: problem('A parameter or the form is not valid'),
    413: problem('More bytes than are taken'),
    415: problem('A body that is no file'),
    422: problem('No image'),
  },
});

export const postUpload = createRoute({
  operationId: 'announceUpload',
  tags: ['images'],
  method: 'post',
  path: '/uploads',
  summary: 'Submit a photograph that is too large for one request: signs the PUT that stores it',
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.object({
            sha256: sha256Schema,
            size: z.int().min(1).openapi({ description: 'Bytes' }),
            type: z.enum(IMAGE_TYPES),
            file_name: z.string().max(255).optional().openapi({ description: 'What you call it, for lists' }),
          }),
        },
      },
    },
  },
  responses: {
    201: json(
      z.object({ image_id: uuidSchema, upload: presignedPutSchema.nullable() }),
      'Send the file to `upload` with exactly these headers: with its bytes the image becomes yours. null when you sent them before.',
    ),
    400: problem('A field is not valid'),
    413: problem('More bytes than are read'),
    415: problem('A body that is not JSON'),
  },
});

export const listImages = createRoute({
  operationId: 'listImages',
  tags: ['images'],
  method: 'get',
  path: '/images',
  summary: 'Images by what came of them, the latest first: also those on which no receipt was found',
  request: {
    query: z.object({
      status: z.enum(IMAGE_OUTCOMES),
      cursor: z.string().max(4_096).optional(),
      limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
    }),
  },
  responses: {
    200: json(imagesPageSchema, 'A page; it can be short or empty while there is a cursor'),
    400: problem('A parameter is not valid'),
  },
});

export const getImage = createRoute({
  operationId: 'getImage',
  tags: ['images'],
  method: 'get',
  path: '/images/{image_id}',
  summary: 'An image, its newest job and its receipts',
  request: { params: imageId },
  responses: { 200: json(imageViewSchema, 'The image'), 400: problem('No id'), 404: problem('No such image') },
});

export const deleteImage = createRoute({
  operationId: 'deleteImage',
  tags: ['images'],
  method: 'delete',
  path: '/images/{image_id}',
  summary: 'Delete an image for good, with everything that was made of it; it cannot be brought back',
  request: { params: imageId },
  responses: {
    202: json(deletedImageSchema, 'It is in no list any more; what is stored of it is removed within minutes'),
    204: { description: 'Nothing of it is left. One that others sent as well is theirs still, and no longer yours' },
    400: problem('No id'),
    404: problem('No such image'),
  },
});

export const getOriginal = createRoute({
  operationId: 'getOriginal',
  tags: ['images'],
  method: 'get',
  path: '/images/{image_id}/original',
  summary: 'The photograph as it was submitted',
  request: {
    params: imageId,
    headers: z.object({ range: z.string().optional().openapi({ example: 'bytes=0-4399999' }) }),
  },
  responses: {
    206: { description: 'A part of the file', content: originalTypes },
    413: problem('More than one answer holds: ask for ranges'),
    416: problem('The range is not in the file'),
    200: { description: 'The file', content: originalTypes },
    400: problem('No id'),
    404: problem('No such image'),
  },
});

export const postReprocess = createRoute({
  operationId: 'reprocessImage',
  tags: ['images'],
  method: 'post',
  path: '/images/{image_id}/reprocess',
  summary: 'Read it again; harmless while a job is on its way',
  request: { params: imageId },
  responses: {
    202: json(jobViewSchema, 'The new job, or the one on its way'),
    400: problem('No id'),
    404: problem('No such image'),
  },
});

export const listFailures = createRoute({
  operationId: 'listFailures',
  tags: ['images'],
  method: 'get',
  path: '/failures',
  summary: 'Images that could not be read, with the reason, the latest first',
  request: {
    query: z.object({
      cursor: z.string().max(4_096).optional(),
      limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
    }),
  },
  responses: {
    200: json(failuresPageSchema, 'A page; it can be short or empty while there is a cursor'),
    400: problem('A parameter is not valid'),
  },
});

export const deleteFailure = createRoute({
  operationId: 'dropFailure',
  tags: ['images'],
  method: 'delete',
  path: '/failures/{image_id}',
  summary: 'Take an image out of the list of failures: a later state of its file was sent; its bytes and job stay',
  request: { params: imageId },
  responses: { 200: json(droppedFailureSchema, 'Whether its job has ended'), 404: problem('No such image') },
});

export const listReceipts = createRoute({
  operationId: 'listReceipts',
  tags: ['receipts'],
  method: 'get',
  path: '/receipts',
  summary: 'Receipts, the newest date first; with filters, words and another order',
  request: {
    query: z.object({
      ...receiptFilterParameters,
      sort: z.enum(RECEIPT_SORTS).default('-date').openapi({
        description: 'With a minus the highest first; what has no date or total comes as the lowest',
      }),
      cursor: z.string().max(4_096).optional(),
      limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
    }),
  },
  responses: {
    200: json(
      z.object({ receipts: z.array(receiptViewSchema), cursor: z.string().nullable() }),
      'A page; with a filter it can be short or empty while there is a cursor',
    ),
    400: problem('A parameter is not valid'),
    501: problem('Words, amounts, tags and other orders need the catalogue, which is not kept here'),
    503: problem('The catalogue is being made'),
  },
});

const receiptParams = imageId.extend({
  receipt_id: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform((number) => number.padStart(5, '0'))
    .pipe(receiptIdSchema)
    .openapi({ type: 'string', example: '1' }),
});
const etag = z.object({ etag: z.string().openapi({ description: 'Its revision', example: '"3"' }) });

export const getReceipt = createRoute({
  operationId: 'getReceipt',
  tags: ['receipts'],
  method: 'get',
  path: '/receipts/{image_id}/{receipt_id}',
  summary: 'One receipt with every field, where it stands and how sure it is',
  request: { params: receiptParams },
  responses: {
    200: { ...json(receiptDetailSchema, 'The receipt'), headers: etag },
    400: problem('No id'),
    404: problem('No such receipt'),
  },
});

export const patchReceipt = createRoute({
  operationId: 'reviewReceipt',
  tags: ['receipts'],
  method: 'patch',
  path: '/receipts/{image_id}/{receipt_id}',
  summary: 'Correct a receipt, or take it as it is; never refused because its sums do not hold',
  request: {
    params: receiptParams,
    headers: z.object({
      'if-match': z.string().optional().openapi({ description: 'The ETag that was read', example: '"3"' }),
    }),
    body: { required: true, content: { 'application/json': { schema: reviewSchema } } },
  },
  responses: {
    200: { ...json(receiptDetailSchema, 'The receipt with its checks computed again'), headers: etag },
    400: problem('An unknown field, a value of another kind, a row that is not there: nothing is saved'),
    404: problem('No such receipt'),
    412: {
      description: 'The receipt has changed since: the newer one',
      content: {
        'application/problem+json': { schema: problemSchema.extend({ receipt: receiptDetailSchema.optional() }) },
      },
    },
    413: problem('More than one change needs'),
    415: problem('A body that is not JSON'),
    428: problem('No If-Match'),
  },
});

export const getHistory = createRoute({
  operationId: 'getHistory',
  tags: ['receipts'],
  method: 'get',
  path: '/receipts/{image_id}/{receipt_id}/history',
  summary: 'Who changed what of a receipt, and when; the oldest first',
  request: {
    params: receiptParams,
    query: z.object({
      cursor: z.string().max(4_096).optional(),
      limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
    }),
  },
  responses: {
    200: json(changesPageSchema, 'A page'),
    400: problem('A parameter is not valid'),
    404: problem('No such receipt'),
  },
});

export const getHealth = createRoute({
  operationId: 'getHealth',
  tags: ['operations'],
  method: 'get',
  path: '/health',
  summary: 'Whether it works; without a token only that',
  security: [],
  responses: {
    200: json(healthSchema, 'It takes photographs. `degraded`: some of its work waits until a problem is solved'),
    503: json(healthSchema, 'It takes no photographs now'),
  },
});

export const followEvents = createRoute({
  operationId: 'followEvents',
  tags: ['operations'],
  method: 'get',
  path: '/events',
  summary: 'What happens to images, as server-sent events; on one machine only',
  request: {
    headers: z.object({
      'last-event-id': z.string().optional().openapi({ description: 'The id of the last event that was seen' }),
    }),
  },
  responses: {
    200: {
      description: 'Events `job` and `receipt`, each with a JSON object as its data',
      content: { 'text/event-stream': { schema: z.string() } },
    },
    400: problem('Last-Event-ID is no id of an event'),
    404: problem('A deployed stack has no events: poll the image'),
  },
});
