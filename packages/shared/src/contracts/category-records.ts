import * as z from 'zod';
import { ownerIdSchema } from './owner.ts';
import { decimalSchema, uuidSchema } from './primitives.ts';
import { storedObject } from './stored-object.ts';
import { storedColumns } from './stored-record.ts';

/** An owner's category, a node of a tree. */
export const categoryRecordSchema = storedObject({
  ...storedColumns,
  type: z.literal('CATEGORY'),
  owner_id: ownerIdSchema,
  category_id: z.string().min(1).max(100),
  name: z.string().min(1).max(100),
  /** The category above; null for one at the top. */
  parent: z.string().min(1).max(100).nullable(),
  /** Its account in a journal. */
  account: z.string().max(200).exactOptional(),
});

/** How an owner's receipts or line items are filed: all conditions that are given have to hold. */
export const ruleRecordSchema = storedObject({
  ...storedColumns,
  type: z.literal('RULE'),
  owner_id: ownerIdSchema,
  rule_id: uuidSchema,
  category_id: z.string().min(1).max(100),
  is_enabled: z.boolean(),
  when: storedObject({
    merchant_id: uuidSchema.exactOptional(),
    /** Words of a line item's description, folded. */
    words: z.array(z.string().min(1).max(100)).max(20).exactOptional(),
    amount_min: decimalSchema.exactOptional(),
    amount_max: decimalSchema.exactOptional(),
  }),
});

export type CategoryRecord = z.infer<typeof categoryRecordSchema>;
export type RuleRecord = z.infer<typeof ruleRecordSchema>;
