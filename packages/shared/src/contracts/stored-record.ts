import * as z from 'zod';
import { instantSchema } from './primitives.ts';

/** Columns of every record. The keys of each are made in `record-keys.ts`; the index follows `status`, in the same write. */
export const storedColumns = {
  pk: z.string().min(1),
  sk: z.string().min(1),
  gsi1pk: z.string().min(1).exactOptional(),
  gsi1sk: z.string().min(1).exactOptional(),
  revision: z.int().min(1),
  created_at: instantSchema,
  updated_at: instantSchema,
};

export const reasonColumns = { reason_code: z.string().exactOptional(), reason_message: z.string().optional() };
