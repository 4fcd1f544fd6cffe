import { useCallback, useEffect, useState } from 'react';
import { client, type ReceiptRows, type ReceiptSummary, take } from '../api/api.ts';
import { onImageEvent } from '../api/events.ts';
import { type Loaded, useLoaded } from '../api/use-loaded.ts';

export interface ReceiptQuery {
  readonly status?: ReceiptSummary['status'];
  readonly from?: string;
  readonly to?: string;
  readonly q?: string;
  readonly merchant?: string;
  readonly min?: string;
  readonly max?: string;
  readonly currency?: string;
  readonly sort?: (typeof SORTS)[number];
}

/** With a minus the highest first. */
export const SORTS = ['-date', 'date', '-total', 'total', 'merchant'] as const;

export interface ReceiptPages extends Loaded<readonly ReceiptSummary[]> {
  /** Shows more; null when all are shown. */
  readonly more: (() => void) | null;
}

const PAGE_ROWS = 50;

/** The receipts of a query; they follow what happens. More pages are asked for one by one. */
export function useReceipts(query: ReceiptQuery): ReceiptPages {
  const key = JSON.stringify(query);
  const [asked, setAsked] = useState({ key, rows: PAGE_ROWS });
  const rows = asked.key === key ? asked.rows : PAGE_ROWS;
  const loaded = useLoaded(`${key} ${rows}`, (signal) => load(query, rows, signal));
  const [shown, setShown] = useState<{ key: string; found: Found } | null>(null);
  useEffect(() => {
    if (loaded.data) setShown({ key, found: loaded.data });
  }, [loaded.data, key]);
  const { reload } = loaded;
  useEffect(() => onImageEvent(reload), [reload]);
  const more = useCallback(() => setAsked({ key, rows: rows + PAGE_ROWS }), [key, rows]);
  const found = loaded.data ?? (shown?.key === key ? shown.found : null);
  return { data: found?.receipts ?? null, error: loaded.error, reload, more: found?.hasMore ? more : null };
}

interface Found {
  readonly receipts: readonly ReceiptSummary[];
  readonly hasMore: boolean;
}

/** A page can be short while there is a cursor. */
async function load(query: ReceiptQuery, rows: number, signal: AbortSignal): Promise<Found> {
  const receipts: ReceiptSummary[] = [];
  let cursor: string | null | undefined;
  do {
    const params = { query: { ...query, limit: PAGE_ROWS, ...(cursor ? { cursor } : {}) } };
    const page = await take<ReceiptRows>(client.GET('/receipts', { params, signal }));
    receipts.push(...page.receipts);
    cursor = page.cursor;
  } while (cursor !== null && receipts.length < rows);
  return { receipts, hasMore: cursor !== null };
}
