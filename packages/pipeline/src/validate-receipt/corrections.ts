import { correctableFields, type ListName, storedObject } from '@slipstream/shared';
import { z } from 'zod';

/** The lists that a correction can name. */
export const CORRECTABLE_ROWS = ['line_items', 'discounts', 'taxes'] as const satisfies readonly ListName[];

/** A field as the model reads it; with the value that stands there already it confirms it. */
const fieldCorrectionSchema = z.object({
  field: z.enum(correctableFields()),
  value: z.string(),
  text: z.string(),
  reason: z.string(),
});

/** A row to add, to change the amount of, or to remove. */
const rowCorrectionSchema = z.object({
  rows: z.enum(CORRECTABLE_ROWS),
  action: z.enum(['add', 'set', 'remove']),
  /** Of the row among those that were shown; null for one to add. */
  index: z.int().nullable(),
  /** A line item's description, a discount's or tax's label, as printed; null leaves it. */
  label: z.string().nullable(),
  amount: z.string().nullable(),
  text: z.string(),
  reason: z.string(),
});

/**
 * What the model answers. Kept to what every server's structured output understands: no lengths, no patterns. What it
 * says is only taken when the receipt's own checks and the OCR's text agree (`apply-corrections.ts`).
 */
export const correctionsSchema = z.object({
  fields: z.array(fieldCorrectionSchema),
  rows: z.array(rowCorrectionSchema),
});

export type FieldCorrection = z.infer<typeof fieldCorrectionSchema>;
export type RowCorrection = z.infer<typeof rowCorrectionSchema>;
export type Corrections = z.infer<typeof correctionsSchema>;

/** More than a receipt can need; what is longer is no honest answer. */
export const CORRECTIONS_MAX = 60;

/** The answer as it is stored, paid for once: `reviews/{image_id}/{receipt_id}/{revision}.json.gz`. */
export const modelAnswerSchema = storedObject({
  schema_version: z.literal(1),
  model: z.string(),
  answered_at: z.string(),
  prompt_tokens: z.int().min(0),
  completion_tokens: z.int().min(0),
  /** null: the answer was cut off, refused or not of the schema. */
  corrections: correctionsSchema.nullable(),
});
export type ModelAnswer = z.infer<typeof modelAnswerSchema>;
