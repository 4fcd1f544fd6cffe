import { type ReceiptStatus, SlipstreamError } from '@slipstream/shared';
import * as z from 'zod';

/** Which receipts are wanted: all that is given has to hold. */
export interface CatalogueFilter {
  /** Words, each of which stands in the receipt; see `askedWords`. */
  readonly q?: string;
  /** A merchant's id, or a part of its name. */
  readonly merchant?: string;
  readonly category?: string;
  readonly tag?: string;
  /** Days, both included. */
  readonly from?: string;
  readonly to?: string;
  /** Of the total, both included; decimal texts. */
  readonly min?: string;
  readonly max?: string;
  readonly currency?: string;
  readonly status?: ReceiptStatus;
  readonly degraded?: boolean;
}

/** With a minus: the highest first. What has no date or total comes as the lowest, of a merchant as the empty name. */
export const SORTS = ['-date', 'date', '-total', 'total', 'merchant', '-merchant'] as const;
export type Sort = (typeof SORTS)[number];

export interface CatalogueQuery extends CatalogueFilter {
  readonly sort: Sort;
  readonly limit: number;
  readonly cursor: string | null;
}

export const SPENDING_GROUPS = ['month', 'merchant', 'category', 'tax', 'currency'] as const;
export type SpendingGroup = (typeof SPENDING_GROUPS)[number];

export interface SpendingQuery extends CatalogueFilter {
  readonly by: SpendingGroup;
  readonly limit: number;
}

/** What one group comes to in one currency. */
export interface SpendingRow {
  /** A month as 2026-01, a merchant's or category's id, a tax's label and rate, a currency; null where there is none. */
  readonly key: string | null;
  /** For people, where it is not the key: a merchant's name. */
  readonly label: string | null;
  readonly currency: string | null;
  readonly amount: string;
  readonly receipts: number;
}

export interface SpendingAnswer {
  /** Months in their order; all else by currency, the highest amounts first. */
  readonly rows: readonly SpendingRow[];
  /** There are more groups than were asked for. */
  readonly more: boolean;
  /** Receipts that no sum holds, since no total (or tax) was read of them. */
  readonly without_amount: number;
}

/** A place in a list: the sort's value, and which receipt. */
export interface Position {
  readonly sort: Sort;
  readonly value: string;
  readonly image_id: string;
  readonly receipt_id: string;
}

export function encodePosition(position: Position): string {
  return JSON.stringify([position.sort, position.value, position.image_id, position.receipt_id]);
}

/** `CURSOR_INVALID` for one of another order. */
export function decodePosition(cursor: string, sort: Sort): Position {
  try {
    const parts: unknown = JSON.parse(cursor);
    const [of, value, image_id, receipt_id] = z.tuple([z.string(), z.string(), z.string(), z.string()]).parse(parts);
    if (of === sort) return { sort, value, image_id, receipt_id };
  } catch {
    // no JSON: no cursor of ours
  }
  throw new SlipstreamError('CURSOR_INVALID', 'The cursor is of another list; start again without one.');
}

/** `REQUEST_INVALID` for bounds that nothing can lie between. */
export function assertFilter({ from, to, min, max }: CatalogueFilter): void {
  if (from !== undefined && to !== undefined && from > to) {
    throw new SlipstreamError('REQUEST_INVALID', `No day lies between ${from} and ${to}: from is the earlier one.`);
  }
  if (min !== undefined && max !== undefined && Number(min) > Number(max)) {
    throw new SlipstreamError('REQUEST_INVALID', `No amount lies between ${min} and ${max}: min is the lower one.`);
  }
}
