import {
  compactionRunRecordSchema,
  imageRecordSchema,
  merchantRecordSchema,
  type RecordChange,
  receiptRecordSchema,
  SlipstreamError,
  type StoredRecord,
  uploadRecordSchema,
} from '@slipstream/shared';
import type * as z from 'zod';

const SCHEMAS = {
  RECEIPT: receiptRecordSchema,
  IMAGE: imageRecordSchema,
  UPLOAD: uploadRecordSchema,
  COMPACTION_RUN: compactionRunRecordSchema,
  MERCHANT: merchantRecordSchema,
} as const;

/** The types of record whose changes are followed. */
export type FollowedType = keyof typeof SCHEMAS;
export type FollowedRecord<T extends FollowedType = FollowedType> = z.infer<(typeof SCHEMAS)[T]>;

/** One conditional write or one send. It is safe to repeat: a change that failed comes again, and those behind it. */
export interface Step {
  run(): Promise<unknown>;
  /**
   * Of a partition's steps with the same key the last one alone is taken, after the changes: for whoever brings its own
   * state to what the records say by then.
   */
  readonly lastOf?: string;
}

/**
 * What one projection makes of changes. A follower fails alone: the others go on, its failure names it, and it follows
 * no further change of the partition, whose order it keeps.
 */
export interface Follower<T extends FollowedType = FollowedType> {
  readonly name: string;
  readonly types: readonly T[];
  /** What the change asks for; null where it does not concern the follower. Nothing is done yet. */
  follow(before: FollowedRecord<T> | null, after: FollowedRecord<T> | null): Step | null;
}

/** Whether anybody may follow changes of this type of record. */
export function isFollowed(type: string | undefined): type is FollowedType {
  return type !== undefined && Object.hasOwn(SCHEMAS, type);
}

export function typeOf({ before, after }: Pick<RecordChange, 'before' | 'after'>): string | undefined {
  return (after ?? before)?.type;
}

/** Both sides of a change, checked; `DOCUMENT_INVALID` for what is not of its schema. */
export function sidesOf(type: FollowedType, { before, after }: Pick<RecordChange, 'before' | 'after'>) {
  const read = (record: StoredRecord | null): FollowedRecord | null => {
    if (record === null) return null;
    const result = SCHEMAS[type].safeParse(record);
    if (result.success) return result.data;
    throw new SlipstreamError('DOCUMENT_INVALID', `A changed ${type} record is not of its schema.`, {
      cause: result.error,
    });
  };
  return { before: read(before), after: read(after) };
}
