/**
 * Judges the merchant memory on receipts whose company people have read.
 *
 *   npm run eval:merchants -- --boxes DIR --keys DIR [--splits 5] [--seed 1] [--html FILE] [--json]
 *
 * Half of each repeated merchant's receipts is read and remembered through the functions themselves; the other half,
 * and all receipts of merchants that have only one, are looked up with 0, 5 and 15 % of their characters damaged.
 * Several random splits; ends with 1 where their mean misses a bar.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { evaluateSplit, type SplitResult } from './evaluate-merchants.ts';
import {
  figuresOf,
  type Judged,
  missedBars,
  type ShareFigures,
  STRANGERS_MIN,
  TOP1_MIN,
  WRONG_MAX,
} from './judge-look-ups.ts';
import { keyedReceipts } from './keyed-receipts.ts';
import { worstCasesPage } from './worst-cases-page.ts';

const WORST_SHOWN = 12;

const { values } = parseArgs({
  options: {
    boxes: { type: 'string' },
    keys: { type: 'string' },
    splits: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    html: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
// npm runs a workspace's scripts in its folder; a path is meant from where it was started.
const fromStart = (given: string) => path.resolve(process.env.INIT_CWD ?? process.cwd(), given);
const [splits, first_seed] = [Number(values.splits), Number(values.seed)];
if (values.boxes === undefined || values.keys === undefined || !(splits >= 1) || !Number.isInteger(first_seed)) {
  console.error(
    'usage: npm run eval:merchants -- --boxes DIR --keys DIR [--splits 5] [--seed 1] [--html FILE] [--json]',
  );
  process.exit(2);
}
const receipts = keyedReceipts(fromStart(values.boxes), fromStart(values.keys));
if (receipts.length === 0) {
  console.error(`No receipt with a company was found: are ${values.boxes} and ${values.keys} the right folders?`);
  process.exit(2);
}

const results: SplitResult[] = [];
for (let i = 0; i < splits; i += 1) {
  const result = await evaluateSplit(receipts, first_seed + i);
  results.push(result);
  if (!values.json) printSplit(result);
}
const judged = results.flatMap((result) => result.judged);
const figures = [...TOP1_MIN.keys()].map((share) => figuresOf(judged, share));
const missed = missedBars(figures);
const worst = judged.filter(isFault).sort((a, b) => severity(b) - severity(a) || a.share - b.share);

if (values.html !== undefined) writeFileSync(fromStart(values.html), worstCasesPage(worst, judged.length));
if (values.json) {
  console.log(
    JSON.stringify(
      { receipts: receipts.length, splits, seed: first_seed, figures, missed, worst: worst.map(jsonOf) },
      null,
      2,
    ),
  );
} else {
  printFigures();
  for (const found of worst.slice(0, WORST_SHOWN)) console.log(`  ${describe(found)}`);
  if (worst.length > WORST_SHOWN) console.log(`  … and ${worst.length - WORST_SHOWN} more: --html FILE shows all.`);
  for (const bar of missed) console.error(`MISSED: ${bar}`);
}
process.exitCode = missed.length > 0 ? 1 : 0;

function printSplit({ seed, indexed, merchants, judged: own }: SplitResult): void {
  const shares = [...TOP1_MIN.keys()].map((share) => {
    const { top1, matched, strangers_right } = figuresOf(own, share);
    return `${Math.round(share * 100)} %: ${top1.toFixed(3)} / ${matched.toFixed(3)} / ${strangers_right.toFixed(3)}`;
  });
  console.log(
    `split ${seed}: ${indexed} indexed as ${merchants} merchants; top-1 / matched / strangers at ${shares.join(', ')}`,
  );
}

function printFigures(): void {
  console.log(
    '\ndamaged  looked up  top-1  at least  matched  wrong  at most  strangers  new or unsure  at least  unread',
  );
  for (const row of figures) console.log(figuresRow(row));
}

function figuresRow({ share, known, top1, matched, wrong, strangers, strangers_right, unread }: ShareFigures) {
  const cells = [
    [`${Math.round(share * 100)} %`, 7],
    [String(known), 11],
    [top1.toFixed(3), 7],
    [String(TOP1_MIN.get(share)), 10],
    [matched.toFixed(3), 9],
    [wrong.toFixed(3), 7],
    [String(WRONG_MAX), 9],
    [String(strangers), 11],
    [strangers_right.toFixed(3), 15],
    [String(STRANGERS_MIN), 10],
    [String(unread), 8],
  ] as const;
  return cells.map(([text, width]) => text.padStart(width)).join('');
}

function isFault({ outcome, is_stranger }: Judged): boolean {
  return is_stranger ? outcome === 'right' || outcome === 'wrong' : outcome !== 'right';
}

/** A wrong merchant is worse than none, and one that a person is asked about is hardly a fault. */
function severity({ outcome, is_stranger }: Judged): number {
  if (is_stranger || outcome === 'wrong') return 3;
  return { new: 2, unsure: 1, unsure_right: 0, right: 0 }[outcome];
}

function describe({ receipt, share, match, outcome, name_read, is_stranger }: Judged): string {
  const what = is_stranger ? 'a stranger was matched' : outcome.replace('_', ', ');
  const to = match.name ?? match.candidates[0]?.name ?? 'nobody';
  return `${receipt.id} at ${Math.round(share * 100)} %, ${what}: ${receipt.company} → ${to} [read ${name_read ?? 'no name'}; ${match.tier}: ${match.evidence.join('; ')}]`;
}

function jsonOf({ receipt, share, is_stranger, outcome, match, name_read, is_read }: Judged) {
  return { id: receipt.id, company: receipt.company, share, is_stranger, outcome, is_read, name_read, match };
}
