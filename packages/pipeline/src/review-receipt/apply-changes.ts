import { recheckReceipt } from '@slipstream/receipt-parser';
import type { FieldChange } from '@slipstream/records';
import {
  CHANGES_PER_RECORD_MAX,
  currencySchema,
  daySchema,
  decimalSchema,
  type FieldKind,
  fieldGroups,
  type Leaf,
  type ListName,
  leafAt,
  leavesOfList,
  RECEIPT_FIELDS,
  type Receipt,
  type ReceiptField,
  receiptSchema,
  rowsAt,
  SlipstreamError,
  timeSchema,
  withLeafAt,
} from '@slipstream/shared';
import type * as z from 'zod';

/** Longest text that a person gives a field. */
export const FIELD_TEXT_LENGTH_MAX = 500;
/** Rows that a list may grow to by hand. */
const ROWS_MAX = 1_000;
/** A history keeps so much of a value. */
const KEPT_LENGTH_MAX = 500;

/** Values of a row by the names of its leaves. */
export type RowValues = Readonly<Record<string, string>>;

/** One thing that a person does to a receipt. Rows are counted from 0, as the document has them when its turn comes. */
export type ReviewChange =
  | { readonly op: 'set'; readonly path: string; readonly value: string }
  /** `take`: what a later reading proposes beside a person's value. */
  | { readonly op: 'clear' | 'confirm' | 'take'; readonly path: string }
  | { readonly op: 'add'; readonly list: string; readonly at?: number | undefined; readonly values: RowValues }
  | { readonly op: 'remove'; readonly list: string; readonly at: number }
  | { readonly op: 'move'; readonly list: string; readonly at: number; readonly to: number }
  /** One row becomes several, in its place. */
  | { readonly op: 'split'; readonly list: string; readonly at: number; readonly into: readonly RowValues[] };

export interface Changed {
  readonly receipt: Receipt;
  /** For the history; what was as it is asked for is not in it. */
  readonly changes: readonly FieldChange[];
}

/**
 * Applies a person's changes in their order, all or none: `REQUEST_INVALID` says which of them cannot be done. Sums are
 * computed again and may well not hold: that is shown, never refused.
 */
export function applyChanges(receipt: Receipt, changes: readonly ReviewChange[]): Changed {
  if (changes.length > CHANGES_PER_RECORD_MAX) {
    throw invalid(`At most ${CHANGES_PER_RECORD_MAX} changes are saved at once.`);
  }
  let current = receipt;
  const history: FieldChange[] = [];
  for (const change of changes) {
    const done = applyOne(current, change);
    current = done.receipt;
    history.push(...done.changes);
  }
  const checked = { ...current, checks: recheckReceipt(current) };
  const parsed = receiptSchema.safeParse(checked);
  if (!parsed.success) throw invalid(`${parsed.error.issues[0]?.path.join('.')}: ${parsed.error.issues[0]?.message}`);
  return { receipt: checked, changes: history };
}

/** A person takes the receipt as it stands, whatever its sums say: every value is theirs, and every gap. */
export function approved(receipt: Receipt): Receipt {
  let all = receipt;
  const gaps: string[] = [];
  for (const group of fieldGroups(RECEIPT_FIELDS)) {
    if (group.kind === 'list') {
      for (const [at, row] of rowsAt(all, group.list).entries()) {
        all = withRow(all, group.list, at, confirmedRow(group.list as ListName, row));
      }
      continue;
    }
    const leaf = leafAt(all, group.path);
    if (leaf === null) gaps.push(group.path);
    else all = withLeafAt(all, group.path, confirmed(leaf));
  }
  const cleared_fields = [...new Set([...(receipt.cleared_fields ?? []), ...gaps])];
  return { ...all, cleared_fields, needs_review: false, reasons: [] };
}

function applyOne(receipt: Receipt, change: ReviewChange): Changed {
  switch (change.op) {
    case 'set':
      return setLeaf(receipt, change.path, (field, before) => personLeaf(field, change.path, change.value, before));
    case 'clear':
      return setLeaf(receipt, change.path, () => null);
    case 'confirm':
      return setLeaf(receipt, change.path, (_, before) => {
        if (before === null) throw invalid(`${change.path} is empty: set it, or clear it to keep it so.`);
        return confirmed(before);
      });
    case 'take':
      return setLeaf(receipt, change.path, (_, before) => {
        if (!before?.proposal) throw invalid(`Nothing else was read for ${change.path}.`);
        return { ...before.proposal, confidence: 1, reviewed: true };
      });
    default:
      return changeRows(receipt, change);
  }
}

function setLeaf(receipt: Receipt, path: string, next: (field: ReceiptField, before: Leaf) => Leaf): Changed {
  const { field, list, at, name } = fieldOf(receipt, path);
  if (list === null) {
    const before = leafAt(receipt, path);
    const after = next(field, before);
    const changed = noteCleared(withLeafAt(receipt, path, after), path, after === null);
    return { receipt: changed, changes: [{ field: path, before: kept(before), after: kept(after) }] };
  }
  const row = rowsAt(receipt, list)[at] ?? {};
  const before = leafAt(row, name);
  const after = next(field, before);
  // A list with a reviewed row stays as a whole: its rows have no name to be found by.
  const marked = after === null ? confirmedRow(list, withLeafAt(row, name, null)) : withLeafAt(row, name, after);
  return {
    receipt: withRow(receipt, list, at, marked),
    changes: [{ field: path, before: kept(before), after: kept(after) }],
  };
}

function changeRows(receipt: Receipt, change: Exclude<ReviewChange, { path: string }>): Changed {
  const list = listOf(change.list);
  const rows = [...rowsAt(receipt, list)];
  const field = (at: number) => `${list}[${at}]`;
  const assertRow = (at: number) => {
    if (rows[at] === undefined) throw invalid(`There is no row ${at} of ${list}: it has ${rows.length}.`);
  };
  const changes: FieldChange[] = [];
  if (change.op === 'add') {
    const at = Math.min(change.at ?? rows.length, rows.length);
    rows.splice(at, 0, personRow(list, change.values));
    changes.push({ field: field(at), before: null, after: keptRow(list, rows[at] ?? {}) });
  } else if (change.op === 'remove') {
    assertRow(change.at);
    const [removed = {}] = rows.splice(change.at, 1);
    changes.push({ field: field(change.at), before: keptRow(list, removed), after: null });
  } else if (change.op === 'move') {
    assertRow(change.at);
    assertRow(change.to);
    const [moved = {}] = rows.splice(change.at, 1);
    rows.splice(change.to, 0, moved);
    changes.push({ field: `${list} order`, before: String(change.at), after: String(change.to) });
  } else {
    assertRow(change.at);
    if (change.into.length < 2) throw invalid('A row is split into two at least.');
    const parts = change.into.map((values) => personRow(list, values));
    const [split = {}] = rows.splice(change.at, 1, ...parts);
    changes.push({ field: field(change.at), before: keptRow(list, split), after: null });
    for (const [index, part] of parts.entries()) {
      changes.push({ field: field(change.at + index), before: null, after: keptRow(list, part) });
    }
  }
  if (rows.length > ROWS_MAX) throw invalid(`${list} has at most ${ROWS_MAX} rows.`);
  // Which rows there are, and in which order, is a person's from now on.
  const changed = { ...receipt, [list]: rows.map((row) => confirmedRow(list, row)) };
  return { receipt: noteCleared(changed, list, rows.length === 0), changes };
}

interface PathParts {
  readonly field: ReceiptField;
  readonly list: ListName | null;
  readonly at: number;
  readonly name: string;
}

const ROW_PATH = /^(?<list>[a-z_]+)\[(?<at>\d{1,4})\]\.(?<name>[a-z_0-9]+)$/;

/** `total`, `merchant.name`, `line_items[0].amount`. */
function fieldOf(receipt: Receipt, path: string): PathParts {
  const parts = ROW_PATH.exec(path)?.groups;
  const general = parts ? `${parts.list}[].${parts.name}` : path;
  const field = Object.hasOwn(RECEIPT_FIELDS, general)
    ? (RECEIPT_FIELDS as Readonly<Record<string, ReceiptField>>)[general]
    : undefined;
  if (field === undefined || !field.person || (!parts && general.includes('[]'))) throw unknownPath(path);
  if (!parts) return { field, list: null, at: 0, name: '' };
  const list = listOf(parts.list ?? '');
  const at = Number(parts.at);
  if (rowsAt(receipt, list)[at] === undefined) {
    throw invalid(`There is no row ${at} of ${list}: it has ${rowsAt(receipt, list).length}, counted from 0.`);
  }
  return { field, list, at, name: parts.name ?? '' };
}

const LISTS: readonly ListName[] = ['line_items', 'discounts', 'taxes'];

function listOf(name: string): ListName {
  const list = LISTS.find((known) => known === name);
  if (list === undefined) throw invalid(`There is no list ${name.slice(0, 100)}, only ${LISTS.join(', ')}.`);
  return list;
}

function personRow(list: ListName, values: RowValues): object {
  const leaves = leavesOfList(list);
  const unknown = Object.keys(values).find((name) => !leaves.some((leaf) => leaf.name === name));
  if (unknown !== undefined) throw unknownPath(`${list}[].${unknown}`);
  if (Object.keys(values).length === 0) throw invalid(`A row of ${list} needs a value at least.`);
  let row: object = {};
  for (const { name, field } of leaves) {
    const value = values[name];
    const leaf = value === undefined ? null : personLeaf(field, `${list}[].${name}`, value, null);
    row = withLeafAt(row, name, leaf);
  }
  return row;
}

const KINDS: Readonly<Record<Exclude<FieldKind, 'text'>, { readonly schema: z.ZodType; readonly hint: string }>> = {
  day: { schema: daySchema, hint: 'a day such as 2026-03-14' },
  time: { schema: timeSchema, hint: 'a time such as 09:26' },
  currency: { schema: currencySchema, hint: 'a currency such as EUR' },
  decimal: {
    schema: decimalSchema,
    hint: 'an amount such as 12.30, with at most 15 digits before the point and 6 behind',
  },
};

function personLeaf({ kind }: ReceiptField, path: string, given: string, before: Leaf): NonNullable<Leaf> {
  const value = given.trim();
  if (value.length > FIELD_TEXT_LENGTH_MAX) throw invalid(`${path} has at most ${FIELD_TEXT_LENGTH_MAX} characters.`);
  if (value === '') throw invalid(`${path} is set to nothing; clear it to empty it.`);
  if (kind !== 'text') {
    const { schema, hint } = KINDS[kind];
    const isRealDay =
      kind !== 'day' || (!Number.isNaN(Date.parse(value)) && new Date(value).toISOString().startsWith(value));
    if (!schema.safeParse(value).success || !isRealDay) throw invalid(`${path} is ${hint}.`);
  }
  if (before?.value === value) return confirmed(before);
  return { value, text: value, confidence: 1, words: [], source: 'person', reviewed: true };
}

/** What a later reading proposed is settled with it. */
function confirmed({ proposal: _, ...leaf }: NonNullable<Leaf>): NonNullable<Leaf> {
  return { ...leaf, confidence: 1, reviewed: true };
}

function confirmedRow(list: ListName, row: object): object {
  let all = row;
  for (const { name } of leavesOfList(list)) {
    const leaf = leafAt(all, name);
    if (leaf !== null) all = withLeafAt(all, name, confirmed(leaf));
  }
  return all;
}

function withRow(receipt: Receipt, list: string, at: number, row: object): Receipt {
  return { ...receipt, [list]: rowsAt(receipt, list).map((each, index) => (index === at ? row : each)) };
}

function noteCleared(receipt: Receipt, path: string, isCleared: boolean): Receipt {
  const others = (receipt.cleared_fields ?? []).filter((field) => field !== path);
  return { ...receipt, cleared_fields: isCleared ? [...others, path] : others };
}

function kept(leaf: Leaf): string | null {
  return leaf === null ? null : leaf.value.slice(0, KEPT_LENGTH_MAX);
}

function keptRow(list: ListName, row: object): Readonly<Record<string, string | null>> {
  return Object.fromEntries(leavesOfList(list).map(({ name }) => [name, kept(leafAt(row, name))]));
}

function unknownPath(path: string): SlipstreamError {
  const known = Object.keys(RECEIPT_FIELDS).map((name) => name.replace('[]', '[0]'));
  return invalid(`There is no field ${path.slice(0, 100)}; the fields are ${known.join(', ')}.`);
}

function invalid(message: string): SlipstreamError {
  return new SlipstreamError('REQUEST_INVALID', message);
}
