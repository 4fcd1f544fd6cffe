import { parseArgs } from 'node:util';
import { parseDocument } from '../src/index.ts';
import { drawReceipt } from './synthetic/draw-receipt.ts';
import { emptyScore, f1Of, type Score, scoreReceipt, type Tally } from './synthetic/score.ts';

/** The bars of the drawn set: all leaves together, and items found with description and amount. */
const F1_MIN = 0.97;
const ITEM_RECALL_MIN = 0.98;
const IMAGE_ID = '00000000-0000-5000-8000-000000000000';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    mistakes: { type: 'string', default: '20' },
  },
});
const score = emptyScore();
for (let index = 0; index < Number(values.count); index += 1) {
  const { document, truth } = drawReceipt(Number(values.seed), index);
  const receipts = parseDocument(document, { image_id: IMAGE_ID });
  scoreReceipt(score, truth, receipts[0]);
}
const report = reportOf(score);
if (values.json) console.log(JSON.stringify(report, null, 2));
else printTable(score, report, Number(values.mistakes));
process.exitCode = report.f1 >= F1_MIN && report.item_recall >= ITEM_RECALL_MIN ? 0 : 1;

interface Report {
  readonly seed: number;
  readonly receipts: number;
  readonly f1: number;
  readonly item_recall: number;
  readonly fields: Readonly<Record<string, number>>;
}

function reportOf({ tallies }: Score): Report {
  const all: Tally = { expected: 0, read: 0, right: 0 };
  for (const [field, tally] of tallies) {
    // `item` repeats description and amount as a pair, for the recall alone.
    if (field === 'item') continue;
    all.expected += tally.expected;
    all.read += tally.read;
    all.right += tally.right;
  }
  const item = tallies.get('item') ?? { expected: 0, read: 0, right: 0 };
  return {
    seed: Number(values.seed),
    receipts: Number(values.count),
    f1: f1Of(all),
    item_recall: item.expected === 0 ? 1 : item.right / item.expected,
    fields: Object.fromEntries([...tallies].map(([field, tally]) => [field, f1Of(tally)])),
  };
}

function printTable({ tallies, mistakes }: Score, { f1, item_recall, receipts, seed }: Report, shown: number): void {
  console.log(`${receipts} drawn receipts, seed ${seed}`);
  console.log('field              expected   read  right     F1');
  for (const [field, tally] of tallies) {
    console.log(
      `${field.padEnd(18)} ${String(tally.expected).padStart(8)} ${String(tally.read).padStart(6)} ${String(tally.right).padStart(6)}  ${f1Of(tally).toFixed(3)}`,
    );
  }
  console.log(
    `all leaves F1 ${f1.toFixed(4)} (at least ${F1_MIN}), item recall ${item_recall.toFixed(4)} (at least ${ITEM_RECALL_MIN})`,
  );
  for (const { id, layout, field, expected, read } of mistakes.slice(0, shown)) {
    console.log(`  ${id} [${layout}] ${field}: expected ${JSON.stringify(expected)}, read ${JSON.stringify(read)}`);
  }
}
