/**
 * Judges the parser on photographed receipts of many countries, given their text: a folder in WildReceipt's shape,
 * `ocr/*.json` (OCR documents) and `key/*.json` (texts with their boxes, by class).
 *
 *   npm run eval:wild -- [--set DIR] [--list FIELD…] [--json]             given the text
 *   npm run eval:wild -- --images [--kept DIR] [--set DIR] [--list …]     from the photographs in `img`, with the OCR agent
 *
 * Prints F1, coverage at 99 % precision and calibration error by field, and whether review was asked where it had to
 * be; --kept keeps what the agent read there, for the next run; --list prints what is wrong in a field, `review` what was asked for nothing. Ends with 1 where a bar is missed.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parseDocument } from '../src/index.ts';
import { type Bar, endWithBars } from './eval/bars.ts';
import { figuresOf } from './eval/figures.ts';
import { fromStart } from './eval/from-start.ts';
import { measuringSet } from './eval/measuring-sets.ts';
import { keyedImages } from './eval/read-images.ts';
import { textTable } from './eval/text-table.ts';
import {
  type ItemTally,
  judgeItems,
  judgeWild,
  WILD_FIELDS,
  type WildField,
  type WildJudgement,
} from './eval/wild/judge-wild.ts';
import { type WildReceipt, wildReceipts, withDocuments } from './eval/wild/wild-key.ts';

const IDS = { image_id: '00000000-0000-5000-8000-000000000000' };
/** What fails the run, and what the parser is meant to come to. */
const F1: Readonly<Record<WildField, readonly [bar: number, goal: number]>> = {
  merchant: [0.93, 0.92],
  date: [0.98, 0.97],
  total: [0.97, 0.94],
  subtotal: [0.89, 0.88],
  tax: [0.86, 0.85],
  items: [0.82, 0.75],
};
const ITEM_F1 = [0.95, 0.94] as const;
const COVERAGE_OF_TOTAL = [0.9, 0.8] as const;
const NO_RECEIPT = [2, 2] as const;
const SILENT = [3, 3] as const;
const ASKED_FOR_NOTHING = [50, 35] as const;

/** From the photographs, with the engine that is the default off the Mac: shares of all receipts. */
const PHOTOGRAPHS = { total: 0.92, date: 0.96, no_person: [0.43, 0.65], silent: [0.01, 0.01] } as const;

interface WildCase {
  readonly id: string;
  readonly judgements: readonly WildJudgement[];
  readonly items: ItemTally;
  /** Codes of the reasons for review; null where there is no receipt. */
  readonly reasons: readonly string[] | null;
}

const { values } = parseArgs({
  options: {
    set: { type: 'string' },
    images: { type: 'boolean', default: false },
    kept: { type: 'string' },
    list: { type: 'string', multiple: true, default: [] },
    json: { type: 'boolean', default: false },
  },
});
const folder =
  values.set === undefined
    ? measuringSet('wildreceipt', 'eval:wild, photographed receipts of many countries')
    : fromStart(values.set);
if (folder !== null) run(folder, await receiptsOf(folder));

async function receiptsOf(set: string): Promise<readonly WildReceipt[]> {
  const receipts = wildReceipts(set);
  if (!values.images) return receipts;
  const kept = values.kept === undefined ? null : fromStart(values.kept);
  const read = await keyedImages(path.join(set, 'img'), path.join(set, 'key'), kept, (done, of) =>
    console.error(`read ${done} of ${of} images`),
  );
  return withDocuments(receipts, read);
}

function run(set: string, receipts: readonly WildReceipt[]): void {
  const cases = receipts.map(({ id, document, key }): WildCase => {
    const [receipt] = parseDocument(document, IDS);
    return {
      id,
      judgements: judgeWild(id, receipt, key),
      items: judgeItems(receipt, key),
      reasons: receipt?.reasons.map(({ code }) => code) ?? null,
    };
  });
  if (cases.length === 0) {
    console.error(`No key was found in ${set}/key: is it a folder in WildReceipt's shape?`);
    process.exit(2);
  }
  const of_field = (field: WildField): WildJudgement[] =>
    cases.flatMap(({ judgements }) => judgements.filter((judgement) => judgement.field === field));
  const figures = new Map(WILD_FIELDS.map((field) => [field, figuresOf(of_field(field))]));
  // Some keys have no prices although items are printed: nothing can be said of those.
  const items = cases
    .filter(({ items: { expected } }) => expected > 0)
    .reduce(
      (sum, { items: { expected, read, right } }) => ({ all: sum.all + expected + read, right: sum.right + right }),
      { all: 0, right: 0 },
    );
  const of_receipts = (counts: (one: WildCase) => boolean): number => cases.filter(counts).length;
  const silent = of_receipts((one) => one.reasons?.length === 0 && !isRight(one));
  const asked_for_nothing = of_receipts((one) => (one.reasons?.length ?? 0) > 0 && isRight(one));
  const least = (what: string, value: number, [bar, goal]: readonly [number, number]): Bar => ({
    what,
    value,
    kind: 'at least',
    bar,
    goal,
  });
  const most = (what: string, value: number, [bar, goal]: readonly [number, number]): Bar => ({
    what,
    value,
    kind: 'at most',
    bar,
    goal,
  });
  const photographs: Bar[] = [
    least('F1 of total', figures.get('total')?.f1 ?? 0, [PHOTOGRAPHS.total, PHOTOGRAPHS.total]),
    least('F1 of date', figures.get('date')?.f1 ?? 0, [PHOTOGRAPHS.date, PHOTOGRAPHS.date]),
    least(
      'needs no person, and date and total are right',
      of_receipts((one) => one.reasons?.length === 0 && isRight(one)) / Math.max(cases.length, 1),
      PHOTOGRAPHS.no_person,
    ),
    most('date or total wrong, review not asked', silent / Math.max(cases.length, 1), PHOTOGRAPHS.silent),
  ];
  const given_text: Bar[] = [
    ...WILD_FIELDS.map((field) =>
      least(`F1 of ${field === 'items' ? 'all items right' : field}`, figures.get(field)?.f1 ?? 0, F1[field]),
    ),
    least('F1 of item amounts', (2 * items.right) / Math.max(items.all, 1), ITEM_F1),
    least('coverage at 99 % of total', figures.get('total')?.coverage_at_99 ?? 0, COVERAGE_OF_TOTAL),
    most(
      'no receipt though date or total is printed',
      of_receipts((one) => one.reasons === null && hasDateOrTotal(one)),
      NO_RECEIPT,
    ),
    most('date or total wrong, review not asked', silent, SILENT),
    most('date and total right, but review asked', asked_for_nothing, ASKED_FOR_NOTHING),
  ];
  const bars = values.images ? photographs : given_text;
  if (values.json)
    console.log(JSON.stringify({ receipts: cases.length, fields: Object.fromEntries(figures), bars }, null, 2));
  else {
    console.log(`${cases.length} receipts, ${values.images ? 'from the photographs' : 'given the text'}`);
    const rows = WILD_FIELDS.map((field) => {
      const of = of_field(field);
      const { f1, precision, recall, coverage_at_99, calibration_error } = figuresOf(of);
      const read = of.filter((judgement) => judgement.read !== null);
      const shares = [f1, precision, recall, coverage_at_99].map((value) => value.toFixed(3));
      // Items and taxes carry no confidence that is fitted.
      const fitted = field === 'merchant' || field === 'date' || field === 'total';
      return [field, String(of.length), String(read.length), ...shares, fitted ? calibration_error.toFixed(3) : ''];
    });
    for (const line of textTable(
      ['field', 'keys', 'read', 'F1', 'precision', 'recall', 'coverage at 99 %', 'calibration error'],
      rows,
    ))
      console.log(line);
    for (const field of values.list) list(cases, field);
  }
  endWithBars(bars, !values.json);
}

/** Date and total are right, as far as the key has them. */
function isRight({ judgements }: WildCase): boolean {
  return judgements.every(({ field, right }) => (field !== 'date' && field !== 'total') || right);
}

function hasDateOrTotal({ judgements }: WildCase): boolean {
  return judgements.some(({ field }) => field === 'date' || field === 'total');
}

function list(cases: readonly WildCase[], field: string): void {
  console.log(`\n${field}:`);
  for (const one of cases) {
    const reasons = one.reasons?.join(' ') ?? 'no receipt';
    if (field === 'review' && (one.reasons?.length ?? 0) > 0 && isRight(one)) console.log(`  ${one.id}  ${reasons}`);
    const marked = field === 'silent' && one.reasons?.length === 0 && !isRight(one);
    for (const { field: of, read, expected, confidence, right } of one.judgements) {
      if (right || (of !== field && !(marked && (of === 'date' || of === 'total')))) continue;
      console.log(
        `  ${one.id}  ${of} read ${JSON.stringify(read)} (${confidence.toFixed(2)}), printed ${JSON.stringify(expected)}  [${reasons}]`,
      );
    }
  }
}
