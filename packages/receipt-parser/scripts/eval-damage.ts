/**
 * A wrong figure is worse than none: each printed figure of a receipt that was read right and not sent to a person is
 * damaged in turn (a digit changed, its row unread, swapped with the row below, its label misread). Silently wrong is
 * a receipt whose total or date is then another one while no person is asked.
 *
 *   npm run eval:damage -- [--count N] [--seed N] [--boxes DIR --keys DIR] [--all] [--json]
 *
 * Drawn receipts, and those of --boxes with their --keys where given. Ends with 1 where the bar is missed.
 */
import { parseArgs } from 'node:util';
import type { OcrDocument } from '@slipstream/shared';
import { parseDocument } from '../src/index.ts';
import { type Bar, endWithBars } from './eval/bars.ts';
import { DAMAGES, type Damage, damagesOf, FIGURES } from './eval/damage/damage.ts';
import { agrees } from './eval/entities.ts';
import { fromStart } from './eval/from-start.ts';
import { keyedReceipts } from './eval/receipts-folder.ts';
import { textTable } from './eval/text-table.ts';
import { drawReceipt } from './synthetic/draw-receipt.ts';
import { Random } from './synthetic/random.ts';

const IDS = { image_id: '00000000-0000-5000-8000-000000000000' };
/** Most damage is harmless: the share of the worst kind (the total's row unread) is watched by itself. */
const SILENT_MAX = { all: 0.002, worst: { drawn: 0.002, given: 0.02 } };
const SILENT_GOAL = 0.002;
const WRONG_SHOWN = 12;

interface Whole {
  readonly id: string;
  readonly document: OcrDocument;
  readonly total: string;
  readonly date: string;
}

interface Outcome extends Pick<Damage, 'figure' | 'kind'> {
  readonly id: string;
  readonly outcome: 'review' | 'right' | 'silently wrong';
  /** What the receipt then says. */
  readonly read: string;
}

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '600' },
    seed: { type: 'string', default: '1' },
    boxes: { type: 'string' },
    keys: { type: 'string' },
    all: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const sets = [{ name: 'drawn', receipts: drawn(Number(values.count), Number(values.seed)) }];
if (values.boxes !== undefined && values.keys !== undefined)
  sets.push({ name: 'given', receipts: given(fromStart(values.boxes), fromStart(values.keys)) });

const results = sets.map(({ name, receipts }) => ({ name, receipts: receipts.length, ...damageAll(receipts) }));
const bars = results.flatMap(({ name, outcomes }): Bar[] => {
  const worst = DAMAGES.flatMap((kind) =>
    FIGURES.map((figure) => silentShare(outcomes.filter((one) => one.kind === kind && one.figure === figure))),
  );
  return [
    {
      what: `${name}: silently wrong of all`,
      value: silentShare(outcomes),
      kind: 'at most',
      bar: SILENT_MAX.all,
      goal: SILENT_GOAL,
    },
    {
      what: `${name}: silently wrong of the worst damage`,
      value: Math.max(...worst),
      kind: 'at most',
      bar: name === 'drawn' ? SILENT_MAX.worst.drawn : SILENT_MAX.worst.given,
      goal: SILENT_GOAL,
    },
  ];
});
if (values.json) console.log(JSON.stringify({ results, bars }, null, 2));
else for (const result of results) print(result);
endWithBars(bars, !values.json);

function silentShare(outcomes: readonly Outcome[]): number {
  return outcomes.filter(({ outcome }) => outcome === 'silently wrong').length / Math.max(outcomes.length, 1);
}

function drawn(count: number, seed: number): Whole[] {
  return Array.from({ length: count }, (_, i) => drawReceipt(seed, i)).map(({ document, truth }) => ({
    id: truth.id,
    document,
    total: truth.fields.total ?? '',
    date: truth.fields.date ?? '',
  }));
}

function given(boxes: string, keys: string): Whole[] {
  return keyedReceipts(boxes, keys, null).map(({ id, document, key }) => ({
    id,
    document,
    total: key.total ?? '',
    date: key.date ?? '',
  }));
}

function damageAll(receipts: readonly Whole[]): { clean: number; wrong_before: string[]; outcomes: Outcome[] } {
  const random = new Random(Number(values.seed));
  const wrong_before: string[] = [];
  const outcomes: Outcome[] = [];
  let clean = 0;
  for (const whole of receipts) {
    const [receipt] = parseDocument(whole.document, IDS);
    if (receipt === undefined || receipt.needs_review) continue;
    if (!isRight(whole, receipt)) {
      wrong_before.push(whole.id);
      continue;
    }
    clean += 1;
    for (const { figure, kind, document } of damagesOf(whole.document, receipt, random)) {
      const after = parseDocument(document, IDS);
      const asked = after.length === 0 || after.some(({ needs_review }) => needs_review);
      const [first] = after;
      // A damaged date that still is one cannot be seen to be wrong: only the total is judged then.
      const right = first !== undefined && isRight(figure === 'date' ? { ...whole, date: '' } : whole, first);
      outcomes.push({
        id: whole.id,
        figure,
        kind,
        outcome: asked ? 'review' : right ? 'right' : 'silently wrong',
        read: `${first?.total?.value} on ${first?.date?.value} for ${whole.total} on ${whole.date}`,
      });
    }
  }
  return { clean, wrong_before, outcomes };
}

function isRight(
  { total, date }: Whole,
  receipt: { readonly total: { value: string } | null; readonly date: { value: string } | null },
): boolean {
  const same = (entity: 'total' | 'date', expected: string): boolean =>
    expected === '' || agrees(entity, receipt[entity]?.value ?? '', expected);
  return same('total', total) && same('date', date);
}

function print({ name, receipts, clean, wrong_before, outcomes }: (typeof results)[number]): void {
  console.log(
    `${name}: ${receipts} receipts, ${clean} read right without review; silently wrong before any damage: ${wrong_before.length} ${wrong_before.slice(0, 8).join(' ')}`,
  );
  const count = (of: readonly Outcome[], outcome: Outcome['outcome']): string =>
    String(of.filter((one) => one.outcome === outcome).length);
  const rows = DAMAGES.flatMap((kind) =>
    FIGURES.flatMap((figure) => {
      const of = outcomes.filter((one) => one.kind === kind && one.figure === figure);
      return of.length === 0
        ? []
        : [
            [
              `${kind}: ${figure}`,
              String(of.length),
              count(of, 'review'),
              count(of, 'right'),
              count(of, 'silently wrong'),
            ],
          ];
    }),
  );
  rows.push([
    'all',
    String(outcomes.length),
    count(outcomes, 'review'),
    count(outcomes, 'right'),
    count(outcomes, 'silently wrong'),
  ]);
  for (const line of textTable(['damage', 'tried', 'review', 'right', 'silently wrong'], rows)) console.log(line);
  const wrong = outcomes.filter(({ outcome }) => outcome === 'silently wrong');
  for (const { id, kind, figure, read } of values.all ? wrong : wrong.slice(0, WRONG_SHOWN))
    console.log(`  ${id}  ${kind}: ${figure}: ${read}`);
}
