import { type FunctionName, QUEUES, queueReadBy } from '@slipstream/shared';
import type { Environment } from './environment.ts';

const PLAIN = {
  ephemeral_mb: 512,
  batch_size: null,
  concurrency_max: null,
  concurrency_reserved: null,
  concurrency_provisioned: null,
} as const;

/** The batches of the queue that the function reads. */
function batchesOf(name: FunctionName) {
  const queue = queueReadBy(name);
  const batching = queue && QUEUES[queue].batching?.aws;
  return batching ? { batch_size: batching.size, concurrency_max: batching.at_once } : {};
}

/** What each function is given, and why. A queue's visibility time-out is computed from its consumer's time-out. */
export const FUNCTION_SIZES: Environment['functions']['sizes'] = {
  // An HTTP API answers 503 after 30 s whatever its function does: it ends before, with an answer of its own.
  api: { ...PLAIN, timeout_s: 29, memory_mb: 512 },
  // Reads a header of an image of 25 MB at most, writes two records.
  'submit-job': { ...PLAIN, timeout_s: 60, memory_mb: 512, ...batchesOf('submit-job') },
  // Ten documents: parse, embed (a remote call each), nearest merchants. 600 s holds ten slow answers. 2048 MB is more
  // than one core; LanceDB's module alone takes 190 MB of memory.
  'process-ocr-results': {
    ...PLAIN,
    timeout_s: 600,
    memory_mb: 2048,
    ephemeral_mb: 1024,
    ...batchesOf('process-ocr-results'),
  },
  // One shard's changes: reads records, sends messages.
  'stream-processor': { ...PLAIN, timeout_s: 60, memory_mb: 256, batch_size: 100 },
  // A merge of 500 rows takes 50 ms; 300 s leaves room for compacting the table's fragments. One at a time: there is
  // one writer a collection, which its lease sees to; SQS takes no mapping below 2, and the second finds the lease taken.
  // Where the account has more than 100 to spare, concurrency_reserved: 1 saves those empty tries.
  compaction: {
    ...PLAIN,
    timeout_s: 300,
    memory_mb: 2048,
    ephemeral_mb: 2048,
    ...batchesOf('compaction'),
  },
  // One model call each, up to 60 s, and its retry.
  'validate-receipt': { ...PLAIN, timeout_s: 120, memory_mb: 512, ...batchesOf('validate-receipt') },
  // DNS, TCP, TLS and HTTP, each with its own limit, for a handful of hosts.
  'connectivity-probe': { ...PLAIN, timeout_s: 60, memory_mb: 256 },
  // Pages through what stands still; what it does not reach is the next sweep's, five minutes later.
  sweeper: { ...PLAIN, timeout_s: 240, memory_mb: 512 },
};
