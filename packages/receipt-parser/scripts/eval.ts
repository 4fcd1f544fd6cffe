/**
 * Judges the parser on receipts that people have read.
 *
 *   npm run eval -- --boxes DIR --keys DIR [--images DIR]   given the transcribed text
 *   npm run eval -- --images DIR --keys DIR                 from the scans, with the OCR agent; --boxes-for DIR adds its word recall
 *   … [--kept DIR] [--html FILE] [--json]                  --kept keeps what the agent read there, for the next run
 *
 * Prints F1, a reliability table, coverage at 99 % precision and the worst cases; ends with 1 where a bar is missed.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Receipt } from '@slipstream/shared';
import { explainDocument, sroieBoxesToOcrDocument } from '../src/index.ts';
import { ENTITIES, type Entity, type Judgement, judge } from './eval/entities.ts';
import { type EntityFigures, figuresOf } from './eval/figures.ts';
import { fromStart } from './eval/from-start.ts';
import { keyedImages } from './eval/read-images.ts';
import { type KeyedReceipt, keyedReceipts } from './eval/receipts-folder.ts';
import { wordRecall } from './eval/word-recall.ts';
import { type WorstCase, worstCasesPage } from './eval/worst-cases-page.ts';

const IMAGE_ID = '00000000-0000-5000-8000-000000000000';
/** Bars given the text; a figure below its bar fails the run. */
const F1_MIN = { all: 0.91, company: 0.88, date: 0.97, total: 0.95, address: 0.82 } as const;
const COVERAGE_MIN: Readonly<Partial<Record<Entity, number>>> = { date: 0.85, total: 0.75 };
const CALIBRATION_ERROR_MAX = 0.05;
/** From scans with the default engine off the Mac, ppocr. */
const F1_MIN_IMAGES = 0.93;
const WORST_SHOWN = 12;

const { values } = parseArgs({
  options: {
    boxes: { type: 'string' },
    keys: { type: 'string' },
    images: { type: 'string' },
    'boxes-for': { type: 'string' },
    kept: { type: 'string' },
    html: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
if (values.keys === undefined || (values.boxes === undefined && values.images === undefined)) {
  console.error(
    'usage: npm run eval -- --keys DIR (--boxes DIR [--images DIR] | --images DIR [--boxes-for DIR] [--kept DIR]) [--html FILE] [--json]',
  );
  process.exit(2);
}
const folder = (given: string | undefined): string | null => (given === undefined ? null : fromStart(given));
const keys_dir = fromStart(values.keys);
const boxes_dir = folder(values.boxes);
const images_dir = folder(values.images);
const from_scans = boxes_dir === null;
const receipts =
  boxes_dir === null ? await scans(images_dir ?? '', keys_dir) : keyedReceipts(boxes_dir, keys_dir, images_dir);
if (receipts.length === 0) {
  console.error(
    `No receipt with a key was found: are ${values.boxes ?? values.images} and ${values.keys} the right folders?`,
  );
  process.exit(2);
}
const cases = receipts.map((receipt) => caseOf(receipt));
const judgements = cases.flatMap((found) => found.judgements);
const by_entity = new Map(
  ENTITIES.map((entity) => [entity, figuresOf(judgements.filter((judgement) => judgement.entity === entity))]),
);
const all = figuresOf(judgements);
const recall = from_scans
  ? meanWordRecall(receipts, folder(values['boxes-for']) ?? path.join(images_dir ?? '', '../box'))
  : null;
const missed = from_scans ? scanBars() : textBars();
const wrong = cases
  .filter((found) => found.judgements.some(({ right }) => !right))
  .sort((a, b) => surestMistake(b) - surestMistake(a));

if (values.html !== undefined)
  writeFileSync(fromStart(values.html), worstCasesPage(from_scans ? 'From scans' : 'Given the text', wrong));
if (values.json) {
  console.log(
    JSON.stringify(
      {
        receipts: receipts.length,
        all: brief(all),
        ...Object.fromEntries([...by_entity].map(([entity, figures]) => [entity, brief(figures)])),
        word_recall: recall,
        missed,
      },
      null,
      2,
    ),
  );
} else printReport();
process.exitCode = missed.length > 0 ? 1 : 0;

async function scans(images: string, keys: string): Promise<KeyedReceipt[]> {
  return keyedImages(images, keys, folder(values.kept), (done, of) => console.error(`read ${done} of ${of} images`));
}

function caseOf({ id, document, key, image }: KeyedReceipt): WorstCase {
  const [explained] = explainDocument(document, { image_id: IMAGE_ID });
  const receipt: Receipt | undefined = explained?.receipt;
  return {
    id,
    document,
    image,
    judgements: judge(id, receipt, key),
    reasons: receipt?.reasons.map(({ message }) => message) ?? ['No receipt was found on the image.'],
    total: explained?.total ?? null,
  };
}

function meanWordRecall(read: readonly KeyedReceipt[], transcribed_dir: string): number | null {
  const recalls = read.flatMap(({ id, document }) => {
    const file = path.join(transcribed_dir, `${id}.csv`);
    return existsSync(file) ? [wordRecall(document, sroieBoxesToOcrDocument(readFileSync(file, 'utf8')))] : [];
  });
  return recalls.length === 0 ? null : recalls.reduce((sum, value) => sum + value, 0) / recalls.length;
}

function textBars(): string[] {
  const below: string[] = all.f1 < F1_MIN.all ? [`F1 over all four ${all.f1.toFixed(3)} < ${F1_MIN.all}`] : [];
  for (const [entity, { f1, coverage_at_99, calibration_error }] of by_entity) {
    if (f1 < F1_MIN[entity]) below.push(`F1 of ${entity} ${f1.toFixed(3)} < ${F1_MIN[entity]}`);
    const coverage_min = COVERAGE_MIN[entity];
    if (coverage_min !== undefined && coverage_at_99 < coverage_min)
      below.push(`coverage at 99 % of ${entity} ${coverage_at_99.toFixed(3)} < ${coverage_min}`);
    if (calibration_error > CALIBRATION_ERROR_MAX)
      below.push(`calibration error of ${entity} ${calibration_error.toFixed(3)} > ${CALIBRATION_ERROR_MAX}`);
  }
  return below;
}

function scanBars(): string[] {
  return all.f1 < F1_MIN_IMAGES ? [`F1 over all four ${all.f1.toFixed(3)} < ${F1_MIN_IMAGES}`] : [];
}

function brief({ bins, ...figures }: EntityFigures): Omit<EntityFigures, 'bins'> & { bins: number } {
  return { ...figures, bins: bins.length };
}

function surestMistake({ judgements: of_case }: WorstCase): number {
  return Math.max(...of_case.filter(({ right }) => !right).map(({ confidence }) => confidence));
}

function printReport(): void {
  console.log(`${receipts.length} receipts, ${from_scans ? 'from scans' : 'given the text'}`);
  console.log('entity     F1     precision  recall  coverage at 99 %  calibration error');
  for (const [entity, figures] of [...by_entity, ['all', all] as const]) {
    const { f1, precision, recall: found, coverage_at_99, calibration_error } = figures;
    console.log(
      `${entity.padEnd(9)} ${f1.toFixed(3)}  ${precision.toFixed(3)}      ${found.toFixed(3)}   ${coverage_at_99.toFixed(3)}             ${calibration_error.toFixed(3)}`,
    );
  }
  if (recall !== null)
    console.log(
      `word recall of the OCR engine: ${recall.toFixed(3)} (words exactly as transcribed, mean over receipts)`,
    );
  console.log('\nreliability: entity, confidence from-to, readings, mean confidence, share right');
  for (const [entity, { bins }] of by_entity) {
    for (const { from, to, count, confidence, right } of bins) {
      console.log(
        `  ${entity.padEnd(8)} ${from.toFixed(1)}-${to.toFixed(1)}  ${String(count).padStart(4)}  ${confidence.toFixed(3)}  ${right.toFixed(3)}`,
      );
    }
  }
  console.log(`\n${wrong.length} receipts with a wrong entity; the surest mistakes:`);
  for (const { id, judgements: of_case, reasons } of wrong.slice(0, WORST_SHOWN)) {
    for (const { entity, read, expected, confidence } of of_case.filter(({ right }: Judgement) => !right)) {
      console.log(
        `  ${id} ${entity} (${confidence.toFixed(2)}): read ${JSON.stringify(read)}, a person ${JSON.stringify(expected)}`,
      );
    }
    if (reasons.length > 0) console.log(`      ${reasons.join(' ')}`);
  }
  for (const bar of missed) console.log(`MISSED: ${bar}`);
}
