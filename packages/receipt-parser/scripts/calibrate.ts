/**
 * Makes src/confidence/calibration.json: for each calibrated field the weights of a logistic regression over its
 * features, fitted to receipts that people have read.
 *
 *   npm run calibrate -- --boxes DIR --keys DIR [--dry-run]
 *
 * Prints the calibration error of weights fitted to four fifths and tried on the fifth that was left out, five times
 * over, before it writes the weights fitted to all.
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
import { agrees, ENTITIES, type Entity, type Judgement } from './eval/entities.ts';
import { figuresOf } from './eval/figures.ts';
import { fitLogistic, type Sample } from './eval/fit-logistic.ts';
import { fromStart } from './eval/from-start.ts';
import { keyedReceipts } from './eval/receipts-folder.ts';

const FOLDS = 5;

const { values } = parseArgs({
  options: { boxes: { type: 'string' }, keys: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
});
if (values.boxes === undefined || values.keys === undefined) {
  console.error('usage: npm run calibrate -- --boxes DIR --keys DIR [--dry-run]');
  process.exit(2);
}

const samples = samplesOf(fromStart(values.boxes), fromStart(values.keys));
const calibration = Object.fromEntries(
  ENTITIES.map((entity) => {
    const of_entity = samples.filter((sample) => sample.entity === entity);
    report(entity, of_entity);
    return [entity, fitLogistic(of_entity)];
  }),
);
const file = path.join(import.meta.dirname, '../src/confidence/calibration.json');
if (!values['dry-run']) {
  writeFileSync(file, `${JSON.stringify(calibration, null, 2)}\n`);
  console.log(`written: ${path.relative(process.cwd(), file)}`);
}

interface EntitySample extends Sample {
  readonly id: string;
  readonly entity: Entity;
}

function samplesOf(boxes: string, keys: string): EntitySample[] {
  return keyedReceipts(boxes, keys, null).flatMap(({ id, document, key }) => {
    const reading = groupsOf(document)
      .map(readReceipt)
      .find((found) => found !== null);
    if (reading === undefined) return [];
    return ENTITIES.flatMap((entity) => {
      const expected = key[entity] ?? '';
      const found = foundOf(reading, entity);
      if (expected === '' || found === null) return [];
      return [{ id, entity, features: featuresOf(found.found), right: agrees(entity, found.read, expected) }];
    });
  });
}

function foundOf(
  { name, address, date, solution, style }: Reading,
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
        found: { kind: 'total', total, margin: score - rival_score, reconciled: reconciliation !== null },
        read: moneyToDecimal(total.amount.value, style.decimals),
      };
    }
  }
}

function report(entity: Entity, of_entity: readonly EntitySample[]): void {
  const judgements = of_entity.map(({ id, features, right }, i): Judgement => {
    const weights: Weights = fitLogistic(of_entity.filter((_, j) => j % FOLDS !== i % FOLDS));
    return { id, entity, read: '', expected: '', confidence: probability(features, weights), right };
  });
  const figures = figuresOf(judgements);
  console.log(
    `${entity.padEnd(8)} ${of_entity.length} samples, right ${figures.precision.toFixed(3)}; left out: calibration error ${figures.calibration_error.toFixed(3)}, coverage at 99 % ${figures.coverage_at_99.toFixed(3)}`,
  );
}
