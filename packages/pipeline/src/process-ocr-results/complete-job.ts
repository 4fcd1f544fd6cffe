import type { MerchantMemory, SharedPorts } from '@slipstream/merchant-index';
import { type ReadReceipt, withReviewBelow } from '@slipstream/receipt-parser';
import type { Completion, CompletionExtras } from '@slipstream/records';
import {
  isObjectFault,
  isSlipstreamError,
  type OcrJobRecord,
  type Receipt,
  type RecordWrite,
  SlipstreamError,
} from '@slipstream/shared';
import { type EmbeddedRows, embedReceipt } from './embed-receipts.ts';
import { keepReviewed } from './keep-reviewed.ts';
import { keepUnknown } from './keep-unknown.ts';
import { merchantWrites } from './merchant-writes.ts';
import type { ProcessPorts } from './process-ports.ts';
import { resolveReceipts } from './resolve-receipts.ts';
import { writeDeltas } from './write-deltas.ts';

/** Times that others may take a key first; each time they did, there is one fewer left to take. */
const TRIES = 8;

/**
 * Parsed receipts → whom they are from, their rows for the index, and the job COMPLETED, in one transaction. Where
 * somebody else made the merchant meanwhile, the transaction fails on its key and the resolver looks again.
 */
export async function completeWithMerchants(
  ports: ProcessPorts,
  resolver: SharedPorts,
  job: OcrJobRecord,
  { receipts: parsed, beside }: { readonly receipts: readonly ReadReceipt[]; readonly beside: readonly RecordWrite[] },
  review_below: number,
): Promise<'completed' | 'superseded'> {
  const memory = await ports.merchantMemory();
  const embedded = await embedAll(ports, memory, parsed);
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const completion = await ports.receipts.prepare(job);
    const read = await withReviewed(ports, completion, parsed, review_below);
    const assignedTo = (receiptId: string) => {
      const before = completion.before(receiptId);
      return (before?.merchant_assigned && before.merchant_id) || null;
    };
    const resolutions = await resolveReceipts(read, resolver, nearestRowsIn(memory, embedded), assignedTo);
    const receipts = read.map(({ receipt }, i): Receipt => {
      const matched = { ...receipt, merchant_match: resolutions[i]?.match ?? null };
      return isStillReviewed(completion, receipt) ? settled(matched) : withReviewBelow(matched, review_below);
    });
    const made = merchantWrites(ports.merchants, resolutions);
    const rows = await deltasOf(ports, memory, embedded, completion, receipts);
    const writes = [...(rows.writes ?? []), ...made, ...beside];
    const outcome = await ports.receipts.complete(completion, receipts, { ...rows, writes });
    if (outcome !== 'refused') return outcome;
    // The winner's keys are there now; only against several at once does waiting help.
    if (attempt > 0) await ports.clock.sleep(Math.random() * RETRY_MS_MAX);
  }
  throw new SlipstreamError('STORE_BUSY', `Too many receipts of the merchants of job ${job.job_id} end at once.`);
}

const RETRY_MS_MAX = 50;

/** By receipt id; null where no rows are kept of them. */
type Embedded = ReadonlyMap<string, EmbeddedRows> | null;

/** Where the day's budget for embeddings is spent, receipts go on without rows: `index rebuild` brings them later. */
async function embedAll(
  ports: ProcessPorts,
  memory: MerchantMemory | null,
  parsed: readonly ReadReceipt[],
): Promise<Embedded> {
  if (memory === null || parsed.length === 0) return null;
  try {
    const rows = await Promise.all(parsed.map((read) => embedReceipt(memory, read)));
    return new Map(parsed.map(({ receipt }, i) => [receipt.receipt_id, rows[i] ?? new Map()]));
  } catch (error) {
    if (!isSlipstreamError(error, 'EMBEDDING_BUDGET_SPENT')) throw error;
    ports.logger.warn({ error }, 'receipts are completed without rows in the index');
    return null;
  }
}

function nearestRowsIn(memory: MerchantMemory | null, embedded: Embedded) {
  return (receiptId: string) => {
    const lines = embedded?.get(receiptId)?.get('lines');
    if (memory === null || lines === undefined) return null;
    return async (from: number, to: number, limit: number) => {
      const reader = await memory.reader('lines');
      const vectors = lines.slice(from, to).map(({ vector }) => vector);
      return reader.search(vectors, { limit });
    };
  };
}

async function deltasOf(
  ports: ProcessPorts,
  memory: MerchantMemory | null,
  embedded: Embedded,
  completion: Completion,
  receipts: readonly Receipt[],
): Promise<CompletionExtras> {
  if (memory === null || embedded === null) return {};
  const { identity } = memory.embedder;
  const resolved = receipts.map((receipt) => ({
    receipt,
    revision: completion.revisionOf(receipt.receipt_id),
    embedded: embedded.get(receipt.receipt_id) ?? new Map(),
  }));
  return writeDeltas(ports, { identity, collections: memory.collections }, completion.job, resolved);
}

async function withReviewed(
  ports: ProcessPorts,
  completion: Completion,
  parsed: readonly ReadReceipt[],
  review_below: number,
): Promise<readonly ReadReceipt[]> {
  return Promise.all(
    parsed.map(async (read) => {
      const record = completion.before(read.receipt.receipt_id);
      if (record === null) return read;
      const isReviewed = record.status === 'REVIEWED' || record.has_reviewed_fields === true;
      try {
        const before = await ports.receipts.document(record);
        const receipt = isReviewed
          ? keepReviewed(read.receipt, before, review_below)
          : keepUnknown(read.receipt, before);
        return { ...read, receipt };
      } catch (error) {
        if (!isObjectFault(error)) throw error;
        return isReviewed ? { ...read, receipt: withReviewLost(read.receipt) } : read;
      }
    }),
  );
}

/** A person took it as it stood: another reading puts nothing of it up for review again. */
function isStillReviewed(completion: Completion, { receipt_id, reasons }: Receipt): boolean {
  const isLost = reasons.some(({ code }) => code === REVIEW_LOST);
  return completion.before(receipt_id)?.status === 'REVIEWED' && !isLost;
}

function settled(receipt: Receipt): Receipt {
  return { ...receipt, needs_review: false, reasons: [] };
}

const REVIEW_LOST = 'REVIEW_LOST';

/** What a person had corrected cannot be told any more: they are asked again, and nothing is passed off as theirs. */
function withReviewLost(receipt: Receipt): Receipt {
  const message = 'What had been reviewed on it is lost with its document: compare it with the picture once more.';
  return { ...receipt, needs_review: true, reasons: [{ code: REVIEW_LOST, message }, ...receipt.reasons] };
}
