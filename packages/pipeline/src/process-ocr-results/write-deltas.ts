import { type Collection, type DeltaRow, encodeDelta, indexRowId, keysOf } from '@slipstream/merchant-index';
import type { CompletionExtras } from '@slipstream/records';
import { sha256Hex } from '@slipstream/runtime';
import { deltaKey, newRunId, type Receipt, type RecordWrite } from '@slipstream/shared';
import type { EmbeddedRows } from './embed-receipts.ts';
import type { ProcessPorts } from './process-ports.ts';

/** A receipt with the revision that its record is going to have. */
export interface Resolved {
  readonly receipt: Receipt;
  readonly revision: number;
  readonly embedded: EmbeddedRows;
}

/**
 * One delta file a collection, with the rows of all receipts of the image, and what the job's transaction has to say of
 * them. The files come first: a crash leaves ones that no run names, which the bucket forgets in time.
 */
export async function writeDeltas(
  ports: Pick<ProcessPorts, 'artifacts' | 'compactionRuns'>,
  {
    identity,
    collections,
  }: { readonly identity: { provider: string; dimensions: number }; readonly collections: readonly Collection[] },
  image: { readonly image_id: string; readonly correlation_id: string },
  resolved: readonly Resolved[],
): Promise<Required<CompletionExtras>> {
  const run_id = newRunId();
  const receipts = resolved.map(({ receipt, revision }) => ({ receipt_id: receipt.receipt_id, revision }));
  const { image_id, correlation_id } = image;
  const writes = await Promise.all(
    collections.map(async (collection): Promise<RecordWrite> => {
      const rows = resolved.flatMap((each) => rowsOf(collection, each));
      const bytes = encodeDelta({ identity, image_id, receipts, rows });
      await ports.artifacts.put(deltaKey(collection, run_id), bytes);
      return ports.compactionRuns.createWrite({
        image_id,
        run_id,
        collection,
        delta_sha256: sha256Hex(bytes),
        receipts: [...receipts],
        rows: rows.length,
        correlation_id,
      });
    }),
  );
  const indexed = new Map(
    resolved.map(({ receipt, revision }) => {
      const { phone, address_key } = metadata(receipt);
      const columns = { ...(phone ? { phone } : {}), ...(address_key ? { address_key } : {}) };
      return [receipt.receipt_id, { ...columns, run_id, rows_revision: revision }];
    }),
  );
  return { indexed, writes };
}

function rowsOf(collection: Collection, { receipt, revision, embedded }: Resolved): readonly DeltaRow[] {
  const { image_id, receipt_id } = receipt;
  const shared = { image_id, receipt_id, revision, ...metadata(receipt) };
  return (embedded.get(collection) ?? []).map(({ text, vector }, place) => ({
    ...shared,
    id: indexRowId(receipt, place),
    text,
    vector,
  }));
}

/** By which a row can be told to be of a merchant, besides its text. */
function metadata({ merchant, merchant_match }: Receipt) {
  const keys = keysOf(merchant);
  const value = (kind: string) => keys.find((key) => key.kind === kind)?.value ?? null;
  return { merchant_id: merchant_match?.merchant_id ?? null, phone: value('phone'), address_key: value('address') };
}
