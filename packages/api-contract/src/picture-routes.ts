import { createRoute, z } from '@hono/zod-openapi';
import { OCR_PAGES_MAX, uuidSchema } from '@slipstream/shared';
import { problemSchema } from './problem-schema.ts';
import { imageTextSchema } from './view-schemas.ts';

/** What a person sees of an image: its pages, and the words that were read on them. */

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});
const imageId = z.object({ image_id: uuidSchema });

export const getPage = createRoute({
  operationId: 'getPage',
  tags: ['images'],
  method: 'get',
  path: '/images/{image_id}/pages/{page}',
  summary: 'A page as it is shown: upright, as JPEG; of a photograph, page 0',
  request: {
    params: imageId.extend({
      page: z.coerce
        .number()
        .int()
        .min(0)
        .max(OCR_PAGES_MAX - 1)
        .openapi({ description: 'Counts from 0' }),
    }),
    query: z.object({
      size: z.enum(['full', 'thumb']).default('full').openapi({ description: '`thumb`: for lists' }),
    }),
  },
  responses: {
    200: {
      description: 'The page',
      content: { 'image/jpeg': { schema: z.any().openapi({ type: 'string', format: 'binary' }) } },
    },
    400: problem('A parameter is not valid'),
    404: problem('No such image, or it has not been read yet: its original is there'),
  },
});

export const getText = createRoute({
  operationId: 'getText',
  tags: ['images'],
  method: 'get',
  path: '/images/{image_id}/text',
  summary: 'The lines and words that were read, with where they stand: what the words of a field refer to',
  request: { params: imageId },
  responses: {
    200: { description: 'The text', content: { 'application/json': { schema: imageTextSchema } } },
    400: problem('No id'),
    404: problem('No such image, or it has not been read yet'),
  },
});
