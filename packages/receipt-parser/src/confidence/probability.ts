import type { Word } from '../layout/word.ts';
import calibration from './calibration.json' with { type: 'json' };
import { type CalibratedField, type Features, featuresOf } from './features.ts';
import type { FoundCalibrated } from './found.ts';

/** Weights of a field's features; made by `scripts/calibrate.ts`, stored in calibration.json. */
export interface Weights {
  readonly bias: number;
  readonly weights: Readonly<Record<string, number>>;
}

/** No field is surer than this: some keys are wrong, and some receipts are like none seen before. */
const PROBABILITY_MAX = 0.995;

/** Platt's logistic over the features: the chance that a person would read the field alike. */
export function probability(features: Features, { bias, weights }: Weights): number {
  let logit = bias;
  for (const name in weights) logit += (features[name] ?? 0) * (weights[name] ?? 0);
  return Math.min(PROBABILITY_MAX, 1 / (1 + Math.exp(-logit)));
}

/** Where rules and ranker disagree, a person is asked: no such total is surer, below every bar of review in use. */
const DISPUTED_MAX = 0.75;

/** Calibrated confidence of a found field: chosen rightly, and its words read rightly by the engine. */
export function confidenceOf(found: FoundCalibrated, page_confidence: number): number {
  const weights: Readonly<Record<CalibratedField, Weights>> = calibration;
  const calibrated = probability(featuresOf(found, page_confidence), weights[found.kind]);
  if (found.kind === 'total' && !found.agreement.agreed) return Math.min(calibrated, DISPUTED_MAX);
  // Nothing contradicts a day with one wrong digit: printed once, it is no surer than its least sure word.
  if (found.kind === 'date' && found.date.repeats <= 1)
    return Math.min(calibrated, ...found.date.words.map(({ confidence }) => confidence));
  return calibrated;
}

/**
 * The chance that the words of a field which is not calibrated were read rightly, by the engine's confidence in them.
 * Words of a line fail together, so they are not multiplied one by one: on scans with Tesseract the share of texts that
 * were right falls with about every second word.
 */
export function readRightly(words: readonly Word[]): number {
  if (words.length === 0) return 1;
  const mean = words.reduce((sum, { confidence }) => sum + confidence, 0) / words.length;
  return mean ** Math.max(1, words.length / 2);
}
