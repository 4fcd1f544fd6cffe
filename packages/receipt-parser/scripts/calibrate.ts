/**
 * Makes src/confidence/calibration.json: for each calibrated field the weights of a logistic regression over its
 * features, fitted to receipts that people have read (as transcribed, and as an engine reads their scans), to drawn
 * ones of many layouts, and to drawn ones that are misread. How well a field is supported is learnt from all of them;
 * what the engine's doubt is worth, from the scans and the misread ones.
 *
 *   npm run calibrate -- --boxes DIR --keys DIR --images DIR [--kept DIR] [--dry-run]
 *
 * Prints the calibration error of weights fitted to four fifths of the receipts and tried on the fifth that was left
 * out, five times over, before it writes the weights fitted to all. --kept keeps what the OCR agent read there.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { moneyToDecimal } from '../src/amounts/money.ts';
import { featuresOf } from '../src/confidence/features.ts';
import type { FoundCalibrated } from '../src/confidence/found.ts';
import { probability, type Weights } from '../src/confidence/probability.ts';
import { groupsOf } from '../src/parse-document.ts';
import { type Reading, readReceipt } from '../src/read-receipt.ts';
import { drawnReceipts } from './eval/drawn-receipts.ts';
import { agrees, ENTITIES, type Entity, type Judgement } from './eval/entities.ts';
import { figuresOf } from './eval/figures.ts';
import { fitLogistic, type Sample } from './eval/fit-logistic.ts';
import { fromStart } from './eval/from-start.ts';
import { keyedImages } from './eval/read-images.ts';
import { type KeyedReceipt, keyedReceipts } from './eval/receipts-folder.ts';

const FOLDS = 5;
/** Few enough beside the receipts that people have read. */
const DRAWN = 400;
const MISREAD = 200;
const SOURCES = ['text', 'scans', 'drawn', 'misread'] as const;

const { values } = parseArgs({
  options: {
    boxes: { type: 'string' },
    keys: { type: 'string' },
    images: { type: 'string' },
    kept: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
  },
});
const { boxes, keys, images, kept } = values;
if (boxes === undefined || keys === undefined || images === undefined) {
  console.error('usage: npm run calibrate -- --boxes DIR --keys DIR --images DIR [--kept DIR] [--dry-run]');
  process.exit(2);
}

const keys_dir = fromStart(keys);
const scans = await keyedImages(fromStart(images), keys_dir, kept === undefined ? null : fromStart(kept), (done, of) =>
  console.error(`read ${done} of ${of} images`),
);
const samples = [
  ...samplesOf('text', keyedReceipts(fromStart(boxes), keys_dir, null)),
  ...samplesOf('scans', scans),
  ...samplesOf('drawn', drawnReceipts('drawn', DRAWN)),
  ...samplesOf('misread', drawnReceipts('misread', MISREAD)),
];
const calibration = Object.fromEntries(
  ENTITIES.map((entity) => {
    const of_entity = samples.filter((sample) => sample.entity === entity && isTaughtBy(entity, sample.source));
    report(entity, of_entity);
    return [entity, fitLogistic(of_entity)];
  }),
);
const file = path.join(import.meta.dirname, '../src/confidence/calibration.json');
if (!values['dry-run']) {
  writeFileSync(file, `${JSON.stringify(calibration, null, 2)}\n`);
  console.log(`written: ${path.relative(process.cwd(), file)}`);
}

/** Where an address ends for a person, drawn receipts do not tell; all else they do. */
function isTaughtBy(entity: Entity, source: EntitySample['source']): boolean {
  return entity !== 'address' || source === 'text' || source === 'scans';
}

interface EntitySample extends Sample {
  readonly id: string;
  readonly source: (typeof SOURCES)[number];
  readonly entity: Entity;
}

function samplesOf(source: EntitySample['source'], receipts: readonly KeyedReceipt[]): EntitySample[] {
  return receipts.flatMap(({ id, document, key }) => {
    const reading = groupsOf(document)
      .map(readReceipt)
      .find((found) => found !== null);
    if (reading === undefined) return [];
    return ENTITIES.flatMap((entity): EntitySample[] => {
      const expected = key[entity] ?? '';
      const found = foundOf(reading, entity);
      if (expected === '' || found === null) return [];
      const features = featuresOf(found.found, reading.page_confidence);
      return [
        { id, source, entity, features, right: expected.split('\n').some((one) => agrees(entity, found.read, one)) },
      ];
    });
  });
}

function foundOf(
  { name, address, date, solution, agreement, style }: Reading,
  entity: Entity,
): { found: FoundCalibrated; read: string } | null {
  switch (entity) {
    case 'company':
      return name === null ? null : { found: { kind: 'company', name, address }, read: name.text };
    case 'address':
      return address === null ? null : { found: { kind: 'address', address }, read: address.text };
    case 'date':
      return date === null ? null : { found: { kind: 'date', date }, read: date.value };
    case 'total': {
      const { total, score, rival_score, reconciliation } = solution;
      if (total === null) return null;
      return {
        found: { kind: 'total', total, margin: score - rival_score, reconciled: reconciliation !== null, agreement },
        read: moneyToDecimal(total.amount.value, style.decimals),
      };
    }
  }
}

/** A receipt's text and its scan are left out together. */
function report(entity: Entity, of_entity: readonly EntitySample[]): void {
  const ids = [...new Set(of_entity.map(({ id }) => id))].sort();
  const fold = new Map(ids.map((id, i) => [id, i % FOLDS]));
  const weights = Array.from(
    { length: FOLDS },
    (_, i): Weights => fitLogistic(of_entity.filter(({ id }) => fold.get(id) !== i)),
  );
  for (const source of SOURCES) {
    const judgements = of_entity
      .filter((sample) => sample.source === source)
      .flatMap(({ id, features, right }): Judgement[] => {
        const own = weights[fold.get(id) ?? 0];
        if (own === undefined) return [];
        return [{ id, entity, read: '', expected: '', confidence: probability(features, own), right }];
      });
    const figures = figuresOf(judgements);
    const mean = judgements.reduce((sum, { confidence }) => sum + confidence, 0) / Math.max(judgements.length, 1);
    console.log(
      `${entity.padEnd(8)} ${source.padEnd(7)} ${String(judgements.length).padStart(3)} samples, right ${figures.precision.toFixed(3)}; left out: mean confidence ${mean.toFixed(3)}, calibration error ${figures.calibration_error.toFixed(3)}, coverage at 99 % ${figures.coverage_at_99.toFixed(3)}`,
    );
  }
}
