import { useCallback, useRef, useState } from 'react';
import { ApiError, client, type ReceiptDetail, type Schemas, take } from '../api/api.ts';
import { loadReceipts } from '../list/load-receipts.ts';
import { leafOf, type ReceiptDocument } from './leaves.ts';

type Change = NonNullable<Schemas['Review']['changes']>[number];

/** `outdated`: changed elsewhere meanwhile; the newer receipt is shown. */
type SaveOutcome = 'saved' | 'refused' | 'outdated';

export interface Reviewing {
  /** Why the last change was not saved; null when it was. */
  readonly fault: string | null;
  readonly isSaving: boolean;
  readonly canUndo: boolean;
  /** Saves at once; the sums are computed again by the answer. */
  save(change: Change): Promise<SaveOutcome>;
  undo(): void;
  approve(): Promise<SaveOutcome>;
}

/** Corrections to one receipt, each saved by itself under the revision that is shown. */
export function useReview(receipt: ReceiptDetail | null, show: (newer: ReceiptDetail) => void): Reviewing {
  const [fault, setFault] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const [undos, setUndos] = useState<readonly Change[]>([]);
  const latest = useRef(receipt);
  latest.current = receipt;

  const patch = useCallback(
    async (body: { readonly changes: Change[]; readonly approve?: boolean }): Promise<SaveOutcome> => {
      const shown = latest.current;
      if (!shown) return 'refused';
      setSaving(true);
      try {
        const saved = await patched(shown, body);
        latest.current = saved;
        show(saved);
        setFault(null);
        return 'saved';
      } catch (thrown) {
        setFault(thrown instanceof Error ? thrown.message : String(thrown));
        if (!(thrown instanceof NewerReceipt)) return 'refused';
        latest.current = thrown.receipt;
        show(thrown.receipt);
        setUndos([]);
        return 'outdated';
      } finally {
        setSaving(false);
      }
    },
    [show],
  );
  const save = useCallback(
    async (change: Change) => {
      const before = latest.current?.document;
      const outcome = await patch({ changes: [change] });
      const inverse = before && outcome === 'saved' ? inverseOf(before, change) : null;
      if (inverse) setUndos((old) => [...old, inverse]);
      return outcome;
    },
    [patch],
  );
  const undo = useCallback(() => {
    const last = undos.at(-1);
    if (!last) return;
    setUndos(undos.slice(0, -1));
    void patch({ changes: [last] });
  }, [undos, patch]);
  const approve = useCallback(() => patch({ changes: [], approve: true }), [patch]);
  return { fault, isSaving, canUndo: undos.length > 0, save, undo, approve };
}

/** Somebody else was faster: what they saved, which is shown instead. */
class NewerReceipt extends ApiError {
  readonly receipt: ReceiptDetail;

  constructor(receipt: ReceiptDetail) {
    super(
      412,
      'REVISION_OUTDATED',
      'It was changed elsewhere meanwhile. The newer receipt is shown; yours was not saved.',
    );
    this.receipt = receipt;
  }
}

async function patched(
  { image_id, receipt_id, revision }: ReceiptDetail,
  body: { readonly changes: Change[]; readonly approve?: boolean },
): Promise<ReceiptDetail> {
  const params = { path: { image_id, receipt_id }, header: { 'if-match': `"${revision}"` } };
  const answer = client.PATCH('/receipts/{image_id}/{receipt_id}', { params, body: { ...body, source: 'page' } });
  return take<ReceiptDetail>(
    answer.then((got) => {
      const newer = got.error && 'receipt' in got.error ? got.error.receipt : undefined;
      if (newer) throw new NewerReceipt(newer as ReceiptDetail);
      return got;
    }),
  );
}

/** What takes a change back; null for one that only a person could. */
function inverseOf(before: ReceiptDocument, change: Change): Change | null {
  switch (change.op) {
    case 'set':
    case 'clear':
    case 'take': {
      const old = leafOf(before, change.path);
      return old === null ? { op: 'clear', path: change.path } : { op: 'set', path: change.path, value: old.value };
    }
    case 'add':
      return { op: 'remove', list: change.list, at: change.at ?? before[change.list].length };
    case 'remove': {
      const row = before[change.list][change.at];
      if (!row) return null;
      const values = Object.entries(row).flatMap(([name, leaf]) =>
        typeof leaf === 'object' && leaf !== null && 'value' in leaf ? [[name, String(leaf.value)] as const] : [],
      );
      return { op: 'add', list: change.list, at: change.at, values: Object.fromEntries(values) };
    }
    default:
      return null;
  }
}

/** The next receipt that waits for a look, or null. */
export async function nextWaiting(after: ReceiptDetail): Promise<{ imageId: string; receiptId: string } | null> {
  const { rows } = await loadReceipts({ status: 'NEEDS_REVIEW' }, 2);
  const next = rows.find(({ image_id, receipt_id }) => image_id !== after.image_id || receipt_id !== after.receipt_id);
  return next ? { imageId: next.image_id, receiptId: next.receipt_id } : null;
}
