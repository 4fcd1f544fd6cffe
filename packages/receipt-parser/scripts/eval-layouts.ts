/**
 * Judges the parser on drawn receipts of the layouts that shops have: sums, heads and damage of many kinds, and two
 * receipts on one image.
 *
 *   npm run eval:layouts -- [--count N] [--seed N] [--json]
 *
 * Prints by layout how often merchant, date and total are right, and how many totals are wrong without asking a person.
 */
import { parseArgs } from 'node:util';
import type { Receipt } from '@slipstream/shared';
import { parseDocument } from '../src/index.ts';
import { type Bar, endWithBars } from './eval/bars.ts';
import { agrees } from './eval/entities.ts';
import { textTable } from './eval/text-table.ts';
import { drawSheet } from './synthetic/varied/draw-sheet.ts';
import { drawVaried, type VariedReceipt } from './synthetic/varied/draw-varied.ts';

const IDS = { image_id: '00000000-0000-5000-8000-000000000000' };
const SHEETS_SHARE = 0.1;
const BARS = { total: 0.9, date: 0.9, merchant: 0.9, silent: 0.015 } as const;

interface LayoutTally {
  receipts: number;
  merchant: number;
  date: number;
  dates: number;
  total: number;
  silent: number;
}

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1050' },
    seed: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
  },
});
const [count, seed] = [Number(values.count), Number(values.seed)];
const tallies = new Map<string, LayoutTally>();
for (let i = 0; i < count; i += 1) {
  const drawn = drawVaried(seed, i);
  tally(drawn.scenario, drawn, parseDocument(drawn.document, IDS)[0]);
}
for (let i = 0; i < count * SHEETS_SHARE; i += 1) {
  const { document, receipts, arrangement } = drawSheet(seed + 1, i);
  const read = parseDocument(document, IDS);
  for (const [n, receipt] of receipts.entries()) tally(`two receipts, ${arrangement}`, receipt, read[n]);
}
const all = [...tallies.values()].reduce((sum, one) => added(sum, one), none());
const bars: Bar[] = [
  { what: 'totals right', value: all.total / all.receipts, kind: 'at least', bar: BARS.total },
  { what: 'dates right', value: all.date / Math.max(all.dates, 1), kind: 'at least', bar: BARS.date },
  { what: 'merchants right', value: all.merchant / all.receipts, kind: 'at least', bar: BARS.merchant },
  { what: 'totals wrong without asking', value: all.silent / all.receipts, kind: 'at most', bar: BARS.silent },
];
if (values.json) console.log(JSON.stringify({ seed, layouts: Object.fromEntries(tallies), bars }, null, 2));
else {
  const rows = [...tallies, ['all', all] as const].map(
    ([layout, { receipts, merchant, date, dates, total, silent }]) => [
      layout,
      String(receipts),
      (merchant / receipts).toFixed(3),
      (date / Math.max(dates, 1)).toFixed(3),
      (total / receipts).toFixed(3),
      String(silent),
    ],
  );
  for (const line of textTable(['layout', 'receipts', 'merchant', 'date', 'total', 'silently wrong'], rows))
    console.log(line);
}
endWithBars(bars, !values.json);

function none(): LayoutTally {
  return { receipts: 0, merchant: 0, date: 0, dates: 0, total: 0, silent: 0 };
}

function added(a: LayoutTally, b: LayoutTally): LayoutTally {
  return {
    receipts: a.receipts + b.receipts,
    merchant: a.merchant + b.merchant,
    date: a.date + b.date,
    dates: a.dates + b.dates,
    total: a.total + b.total,
    silent: a.silent + b.silent,
  };
}

function tally(layout: string, { truth, names }: VariedReceipt, receipt: Receipt | undefined): void {
  const right = (entity: 'company' | 'total' | 'date', expected: string, read: string | undefined): boolean =>
    read !== undefined && agrees(entity, read, expected);
  const total_right = right('total', truth.fields.total ?? '', receipt?.total?.value);
  const date = truth.fields.date ?? '';
  const one: LayoutTally = {
    receipts: 1,
    merchant: Number(names.some((name) => right('company', name, receipt?.merchant.name?.text))),
    dates: Number(date !== ''),
    date: Number(date !== '' && right('date', date, receipt?.date?.value)),
    total: Number(total_right),
    silent: Number(receipt !== undefined && !receipt.needs_review && !total_right),
  };
  tallies.set(layout, added(tallies.get(layout) ?? none(), one));
}
