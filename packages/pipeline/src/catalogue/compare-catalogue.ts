import type { Catalogue, CatalogueRow } from '@slipstream/catalogue';
import { instant, type ReceiptRecord } from '@slipstream/shared';
import { catalogueEntry } from './catalogue-entry.ts';
import type { CatalogueSource } from './catalogue-ports.ts';

const PAGE_ROWS = 500;
const EXAMPLES_MAX = 10;

export interface CatalogueComparison {
  /** RECEIPT records. */
  readonly receipts: number;
  /** Receipts that it holds. */
  readonly found: number;
  readonly missing: number;
  readonly extra: number;
  /** Of another revision, or with another state, day, total, currency or merchant than the record. */
  readonly different: number;
  /** `image_id/receipt_id` of some of them. */
  readonly examples: readonly string[];
  /** What is wrong with the catalogue in itself. */
  readonly faults: readonly string[];
}

export const isCatalogueDifferent = ({ missing, extra, different, faults }: CatalogueComparison): boolean =>
  missing + extra + different + faults.length > 0;

/** Compares the catalogue with the records, both ways. `repair`: and brings it to what they say. */
export async function compareCatalogue(
  source: CatalogueSource,
  catalogue: Pick<Catalogue, 'scan' | 'apply' | 'check'>,
  { repair = false, faults = true } = {},
): Promise<CatalogueComparison> {
  const held = await heldRows(catalogue);
  const found = held.size;
  const counts = { receipts: 0, missing: 0, extra: 0, different: 0 };
  const examples: string[] = [];
  const note = (what: 'missing' | 'extra' | 'different', id: string) => {
    counts[what] += 1;
    if (examples.length < EXAMPLES_MAX) examples.push(id);
  };
  for await (const records of receiptPages(source)) {
    const outdated: ReceiptRecord[] = [];
    for (const record of records) {
      const id = idOf(record);
      const row = held.get(id);
      held.delete(id);
      counts.receipts += 1;
      if (row && isSame(row, record)) continue;
      note(row ? 'different' : 'missing', id);
      outdated.push(record);
    }
    if (repair && outdated.length > 0) {
      const entries = await Promise.all(outdated.map((record) => catalogueEntry(source, record)));
      await catalogue.apply(entries.map((receipt) => ({ kind: 'receipt', receipt })));
    }
  }
  for (const [id, row] of held) {
    // A list is a moment old: one that came since is no leftover.
    if ((await source.receipts.get(row.image_id, row.receipt_id)) !== null) continue;
    note('extra', id);
    const { owner_id, image_id, receipt_id, revision } = row;
    const gone = { kind: 'removed', owner_id, image_id, receipt_id, removed_at: instant(source.clock) } as const;
    if (repair) await catalogue.apply([{ ...gone, revision: revision + 1 }]);
  }
  return { ...counts, found, examples, faults: faults ? await catalogue.check() : [] };
}

const idOf = ({ image_id, receipt_id }: { readonly image_id: string; readonly receipt_id: string }) =>
  `${image_id}/${receipt_id}`;

function isSame(row: CatalogueRow, record: ReceiptRecord): boolean {
  return (
    row.revision === record.revision &&
    row.owner_id === record.owner_id &&
    row.status === record.status &&
    row.date === (record.date ?? null) &&
    row.total === (record.total ?? null) &&
    row.currency === (record.currency ?? null)
  );
}

async function heldRows(catalogue: Pick<Catalogue, 'scan'>): Promise<Map<string, CatalogueRow>> {
  const held = new Map<string, CatalogueRow>();
  let after: CatalogueRow | null = null;
  for (;;) {
    const rows: readonly CatalogueRow[] = await catalogue.scan({
      after: after && { image_id: after.image_id, receipt_id: after.receipt_id },
      limit: PAGE_ROWS,
    });
    for (const row of rows) held.set(idOf(row), row);
    after = rows.at(-1) ?? null;
    if (after === null) return held;
  }
}

/** All receipts, as their records are now. */
export async function* receiptPages(
  { receipts }: Pick<CatalogueSource, 'receipts'>,
  from: string | null = null,
): AsyncGenerator<readonly ReceiptRecord[], void, void> {
  let cursor = from;
  do {
    const page: Awaited<ReturnType<typeof receipts.list>> = await receipts.list({ limit: PAGE_ROWS, cursor });
    yield page.items;
    cursor = page.cursor;
  } while (cursor !== null);
}
