import { useCallback, useEffect, useState } from 'react';
import type { ReceiptSummary } from '../api/api.ts';
import { onImageEvent } from '../api/events.ts';
import type { FirstRows } from '../api/first-rows.ts';
import { type Loaded, useLoaded } from '../api/use-loaded.ts';
import { loadReceipts, PAGE_ROWS } from './load-receipts.ts';

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

/** The receipts of a query; they follow what happens. More pages are asked for one by one. */
export function useReceipts(query: ReceiptQuery): ReceiptPages {
  const key = JSON.stringify(query);
  const [asked, setAsked] = useState({ key, rows: PAGE_ROWS });
  const rows = asked.key === key ? asked.rows : PAGE_ROWS;
  const loaded = useLoaded(`${key} ${rows}`, (signal) => loadReceipts(query, rows, signal));
  const [shown, setShown] = useState<{ key: string; found: FirstRows<ReceiptSummary> } | null>(null);
  useEffect(() => {
    if (loaded.data) setShown({ key, found: loaded.data });
  }, [loaded.data, key]);
  const { reload } = loaded;
  useEffect(() => onImageEvent(reload), [reload]);
  const more = useCallback(() => setAsked({ key, rows: rows + PAGE_ROWS }), [key, rows]);
  const found = loaded.data ?? (shown?.key === key ? shown.found : null);
  return { data: found?.rows ?? null, error: loaded.error, reload, more: found?.hasMore ? more : null };
}
