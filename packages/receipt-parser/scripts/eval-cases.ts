/**
 * Judges the parser on small receipts made to be read wrong: NAME.ocr.json, or NAME.vision.ocr.json (labels and amounts
 * are lines of their own) and NAME.tess.ocr.json (one line a row), with the right values in NAME.truth.json.
 *
 *   npm run eval:cases -- [--cases DIR] [--kind KIND] [--all] [--json]
 *
 * Prints right and silently wrong by kind, then what differs; --all lists every case that is wrong.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ocrDocumentSchema } from '@slipstream/shared';
import { parseDocument } from '../src/index.ts';
import { type Bar, endWithBars } from './eval/bars.ts';
import { caseTruthSchema } from './eval/cases/case-truth.ts';
import { judgeCase } from './eval/cases/differences.ts';
import { fromStart } from './eval/from-start.ts';
import { measuringSet } from './eval/measuring-sets.ts';
import { textTable } from './eval/text-table.ts';

const IDS = { image_id: '00000000-0000-5000-8000-000000000000' };
const RIGHT_MIN = 0.95;
const RIGHT_GOAL = 0.95;
const SILENT_MAX = 0.03;
const SILENT_GOAL = 0.03;
const WRONG_SHOWN = 20;

interface Judged {
  readonly name: string;
  readonly kind: string;
  readonly wrong: readonly string[];
  /** Wrong, and no person is asked. */
  readonly silent: boolean;
}

const { values } = parseArgs({
  options: {
    cases: { type: 'string' },
    kind: { type: 'string' },
    all: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const folder =
  values.cases === undefined
    ? measuringSet('receipt-cases', 'eval:cases, receipts made to be read wrong')
    : fromStart(values.cases);
if (folder !== null) run(folder);

function run(cases: string): void {
  const judged = judgeFolder(cases).filter(({ kind }) => values.kind === undefined || kind === values.kind);
  if (judged.length === 0) {
    console.error(`No NAME.ocr.json with a NAME.truth.json was found in ${cases}: is it the right folder?`);
    process.exit(2);
  }
  const share = (of: readonly Judged[], counts: (one: Judged) => boolean): number =>
    of.filter(counts).length / Math.max(of.length, 1);
  const bars: Bar[] = [
    {
      what: 'documents right',
      value: share(judged, ({ wrong }) => wrong.length === 0),
      kind: 'at least',
      bar: RIGHT_MIN,
      goal: RIGHT_GOAL,
    },
    {
      what: 'wrong without asking',
      value: share(judged, ({ silent }) => silent),
      kind: 'at most',
      bar: SILENT_MAX,
      goal: SILENT_GOAL,
    },
  ];
  if (values.json) console.log(JSON.stringify({ documents: judged.length, bars, cases: judged }, null, 2));
  else print(judged);
  // One kind by itself is looked at, not judged.
  if (values.kind === undefined) endWithBars(bars, !values.json);
}

function judgeFolder(cases: string): Judged[] {
  return readdirSync(cases)
    .filter((file) => file.endsWith('.ocr.json'))
    .sort()
    .map((file) => {
      const name = file.replace(/\.ocr\.json$/, '');
      const truth_file = path.join(cases, `${name.replace(/\.(?:vision|tess)$/, '')}.truth.json`);
      const { kind, receipts: truths } = caseTruthSchema.parse(JSON.parse(readFileSync(truth_file, 'utf8')));
      const document = ocrDocumentSchema.parse(JSON.parse(readFileSync(path.join(cases, file), 'utf8')));
      const receipts = parseDocument(document, IDS);
      const wrong = truths.flatMap((truth, i) =>
        judgeCase(truth, receipts[i]).map((text) => (truths.length > 1 ? `receipt ${i + 1}: ${text}` : text)),
      );
      const asked = receipts.length === 0 || receipts.some(({ needs_review }) => needs_review);
      return { name, kind, wrong, silent: wrong.length > 0 && !asked };
    });
}

function print(judged: readonly Judged[]): void {
  const kinds = [...Map.groupBy(judged, ({ kind }) => kind)].sort(([a], [b]) => a.localeCompare(b));
  const rows = [...kinds, ['all', judged] as const].map(([kind, of]) => [
    kind,
    String(of.length),
    String(of.filter(({ wrong }) => wrong.length === 0).length),
    String(of.filter(({ silent }) => silent).length),
  ]);
  for (const line of textTable(['kind', 'documents', 'right', 'silently wrong'], rows)) console.log(line);
  const wrong = judged.filter(({ wrong: texts }) => texts.length > 0);
  const shown = values.all || values.kind !== undefined ? wrong : wrong.slice(0, WRONG_SHOWN);
  for (const { name, wrong: texts, silent } of shown)
    console.log(`${silent ? 'silent ' : '       '}${name}: ${texts.join('; ')}`);
  if (shown.length < wrong.length) console.log(`       … and ${wrong.length - shown.length} more (--all lists them)`);
}
