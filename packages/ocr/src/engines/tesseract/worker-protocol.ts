import { z } from 'zod';

/**
 * The messages of tesseract.js's own worker script (tesseract.js 7, src/worker-script). They are spoken directly because
 * its createWorker gives no hold on the thread: one that fails to load is neither reported nor ever ended, and one that
 * crashes takes the process with it.
 */
export type WorkerAction = 'load' | 'loadLanguage' | 'initialize' | 'setParameters' | 'recognize';

export const workerReplySchema = z.object({
  jobId: z.string(),
  status: z.enum(['resolve', 'reject', 'progress']),
  data: z.unknown(),
});

const boxSchema = z.object({ x0: z.number(), y0: z.number(), x1: z.number(), y1: z.number() });
const wordSchema = z.object({ text: z.string(), confidence: z.number(), bbox: boxSchema });
const lineSchema = z.object({ words: z.array(wordSchema) });

/** What is used of a page: boxes in its pixels, confidences in per cent. `blocks` is null where no text was found. */
export const readPageSchema = z.object({
  version: z.string(),
  blocks: z.array(z.object({ paragraphs: z.array(z.object({ lines: z.array(lineSchema) })) })).nullable(),
});

export type ReadPage = z.infer<typeof readPageSchema>;
export type ReadWord = z.infer<typeof wordSchema>;
