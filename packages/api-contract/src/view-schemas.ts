import { z } from '@hono/zod-openapi';
import {
  CHANGE_SOURCES,
  currencySchema,
  daySchema,
  decimalSchema,
  IMAGE_OUTCOMES,
  instantSchema,
  JOB_STATUSES,
  MATCH_STATUSES,
  ocrPageSchema,
  probabilitySchema,
  RECEIPT_STATUSES,
  receiptIdSchema,
  receiptSchema,
  uuidSchema,
} from '@slipstream/shared';

/** What the API shows: the records without their keys. The OpenAPI document is made of these. */
export const receiptViewSchema = z
  .object({
    image_id: uuidSchema,
    receipt_id: receiptIdSchema,
    file_name: z.string().nullable().default(null).openapi({ description: 'What the caller called the image' }),
    status: z.enum(RECEIPT_STATUSES),
    revision: z.int(),
    merchant_name: z.string().nullable().openapi({
      description: 'As the merchant is known, after renaming and merging; as printed where no merchant is known',
    }),
    printed_name: z.string().nullable().openapi({ description: 'As printed' }),
    merchant_id: uuidSchema.nullable(),
    match_status: z.enum(MATCH_STATUSES).nullable().openapi({
      description: 'UNSURE: a person has to assign it; null for receipts read before merchants were known',
    }),
    date: daySchema.nullable(),
    total: decimalSchema.nullable(),
    currency: currencySchema.nullable(),
    confidence: probabilitySchema,
    checks_ok: z.int(),
    checks_total: z.int(),
    item_count: z.int(),
    engine: z
      .object({ name: z.string(), level: z.string(), degraded: z.boolean() })
      .nullable()
      .openapi({ description: 'What read it; degraded: it was not well, and reads the image again when it is' }),
    reason: z.object({ code: z.string(), message: z.string() }).nullable(),
    created_at: instantSchema,
    updated_at: instantSchema,
  })
  .openapi('ReceiptSummary');

export const receiptDetailSchema = receiptViewSchema
  .extend({
    merchant: z
      .object({ merchant_id: uuidSchema, name: z.string() })
      .nullable()
      .openapi({ description: 'Whose it is by now, after renaming and merging' }),
    document: receiptSchema,
  })
  .openapi('ReceiptDetail');

/** A leaf's value, or the values of a row by its leaves' names. */
const changedValueSchema = z.union([z.string(), z.record(z.string(), z.unknown())]).nullable();

export const changeViewSchema = z
  .object({
    revision: z.int().openapi({ description: 'Of the receipt after it' }),
    changed_by: z.string(),
    source: z.enum(CHANGE_SOURCES),
    changed_at: instantSchema,
    changes: z.array(z.object({ field: z.string(), before: changedValueSchema, after: changedValueSchema })),
  })
  .openapi('Change');

export const changesPageSchema = z
  .object({ changes: z.array(changeViewSchema), cursor: z.string().nullable() })
  .openapi('Changes');

export const jobViewSchema = z
  .object({
    job_id: uuidSchema,
    status: z.enum(JOB_STATUSES),
    generation: z.int(),
    attempts: z.int(),
    receipt_count: z.int().nullable(),
    reason: z.object({ code: z.string(), message: z.string() }).nullable(),
    photo_hints: z
      .array(z.object({ code: z.string(), message: z.string() }))
      .default([])
      .openapi({ description: 'What is wrong with the photograph and what to do about it; it was read all the same' }),
    created_at: instantSchema,
    updated_at: instantSchema,
  })
  .openapi('Job');

/** What came of an image, where its newest job has ended. */
export const imageSummarySchema = z
  .object({
    image_id: uuidSchema,
    file_name: z.string().nullable(),
    status: z.enum(IMAGE_OUTCOMES),
    photo_hints: z
      .array(z.object({ code: z.string(), message: z.string() }))
      .default([])
      .openapi({ description: 'What is wrong with the photograph and what to do about it' }),
    ended_at: instantSchema,
    created_at: instantSchema,
  })
  .openapi('ImageSummary');

export const imagesPageSchema = z
  .object({ images: z.array(imageSummarySchema), cursor: z.string().nullable() })
  .openapi('Images');

export const imageViewSchema = z
  .object({
    image_id: uuidSchema,
    file_name: z.string().nullable(),
    content_type: z.string().nullable(),
    size: z.int(),
    width: z.int().nullable(),
    height: z.int().nullable(),
    created_at: instantSchema,
    outcome: z.enum(IMAGE_OUTCOMES).nullable().openapi({ description: 'Of its newest job; null until that has ended' }),
    job: jobViewSchema,
    receipts: z.array(receiptViewSchema),
  })
  .openapi('Image');

/** `has_ended`: false while its job is under way, which may fail yet; ask again then. */
export const droppedFailureSchema = z.object({ image_id: uuidSchema, has_ended: z.boolean() });

export const deletedImageSchema = z.object({ image_id: uuidSchema, status: z.literal('deleting') });

export const failuresPageSchema = z
  .object({
    failures: z.array(
      z.object({
        image_id: uuidSchema,
        file_name: z.string().nullable(),
        reason: z.object({ code: z.string(), message: z.string() }),
        failed_at: instantSchema,
      }),
    ),
    cursor: z.string().nullable(),
  })
  .openapi('Failures');

export const presignedPutSchema = z
  .object({ method: z.literal('PUT'), url: z.string(), headers: z.record(z.string(), z.string()) })
  .openapi('PresignedPut');

/** Arrays of a length: a tuple of tuples comes out of the generator as no valid schema. */
const quadSchema = z.array(z.array(z.number()).length(2)).length(4).openapi({
  description: 'Corners as [x, y], 0 to 1 of the upright page: top left, top right, bottom right, bottom left',
});

/** A receipt's `words` are pairs of a line's and a word's place in here. */
export const imageTextSchema = z
  .object({
    job_id: uuidSchema,
    pages: z.array(ocrPageSchema.pick({ width: true, height: true })),
    lines: z.array(
      z.object({
        text: z.string(),
        confidence: probabilitySchema,
        page: z.int(),
        quad: quadSchema,
        words: z.array(z.object({ text: z.string(), confidence: probabilitySchema.nullable(), quad: quadSchema })),
      }),
    ),
  })
  .openapi('ImageText');

export type ImageText = z.infer<typeof imageTextSchema>;
export type ReceiptView = z.infer<typeof receiptViewSchema>;
export type ChangeView = z.infer<typeof changeViewSchema>;
export type JobView = z.infer<typeof jobViewSchema>;
export type ImageSummary = z.infer<typeof imageSummarySchema>;
export type ImagesPage = z.infer<typeof imagesPageSchema>;
export type ImageView = z.infer<typeof imageViewSchema>;
