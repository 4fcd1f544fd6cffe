import type { StoredRecord } from '@slipstream/shared';
import { SlipstreamError } from '@slipstream/shared';
import type { z } from 'zod';

/** A record as its schema says, or `DOCUMENT_INVALID` naming the key: a record of ours that is not ours is never guessed at. */
export function parseRecord<T extends z.ZodType>(schema: T, record: StoredRecord): z.infer<T> {
  const parsed = schema.safeParse(record);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new SlipstreamError(
    'DOCUMENT_INVALID',
    `The record ${record.pk} / ${record.sk} is not of its schema: ${issue?.path.join('.')}: ${issue?.message}.`,
    { cause: parsed.error, details: { pk: record.pk, sk: record.sk } },
  );
}
