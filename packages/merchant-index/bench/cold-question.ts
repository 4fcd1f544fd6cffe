import { z } from 'zod';

/** What a new process is told to look up. */
export const coldQuestionSchema = z.object({
  root: z.string(),
  storageOptions: z.record(z.string(), z.string()),
  version: z.int(),
  rows: z.int(),
  /** How a copy is made; null reads in place. `endpoint` null copies from a folder. */
  copy: z.object({ folder: z.string(), endpoint: z.string().nullable(), bucket: z.string() }).nullable(),
  /** One cold, the others warm. */
  queries: z.int().min(2),
  /** How long to wait for the copy that is made behind the first answer; 0 where there is none. */
  copy_ms: z.int(),
});
export type ColdQuestion = z.infer<typeof coldQuestionSchema>;

export const coldAnswerSchema = z.object({
  /** From the start of the process to the first answer. */
  process_s: z.number(),
  /** Of that, until our modules were loaded. */
  loading_s: z.number(),
  /** Opening the index and the first answer, LanceDB's module included. */
  lookup_s: z.number(),
  /** From the first answer until the copy was there. */
  copy_s: z.number(),
  warm_ms: z.array(z.number()),
  /** Of each warm query. */
  nearest: z.array(z.string()),
  memory_mb: z.number(),
});
export type ColdAnswer = z.infer<typeof coldAnswerSchema>;
