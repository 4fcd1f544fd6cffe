import type { Features } from '../../src/confidence/features.ts';
import type { Weights } from '../../src/confidence/probability.ts';

export interface Sample {
  readonly features: Features;
  readonly right: boolean;
}

/** Pull of the weights towards zero: a feature seen a few times only moves the probability little. */
const RIDGE = 1;
const STEPS = 1500;
const RATE = 1.5;
/** Readings counted on top, half of them wrong: a field that was never wrong in 200 receipts is not sure to the last. */
const PRIOR_WRONG = 1;

/** Logistic regression by gradient descent; the bias is not pulled, so that the mean probability is the share right. */
export function fitLogistic(samples: readonly Sample[]): Weights {
  const names = [...new Set(samples.flatMap(({ features }) => Object.keys(features)))];
  const rows = samples.map(({ features, right }) => ({
    x: names.map((name) => features[name] ?? 0),
    y: Number(right),
  }));
  const mean = names.map((_, i) => rows.reduce((sum, { x }) => sum + (x[i] ?? 0), 0) / Math.max(rows.length, 1));
  rows.push({ x: mean, y: 1 - PRIOR_WRONG });
  const weights = names.map(() => 0);
  let bias = 0;
  for (let step = 0; step < STEPS; step += 1) {
    const gradient = weights.map((weight) => (RIDGE * weight) / rows.length);
    let bias_gradient = 0;
    for (const { x, y } of rows) {
      let logit = bias;
      for (let i = 0; i < x.length; i += 1) logit += (x[i] ?? 0) * (weights[i] ?? 0);
      const error = 1 / (1 + Math.exp(-logit)) - y;
      bias_gradient += error / rows.length;
      for (let i = 0; i < x.length; i += 1) gradient[i] = (gradient[i] ?? 0) + (error * (x[i] ?? 0)) / rows.length;
    }
    bias -= RATE * bias_gradient;
    for (let i = 0; i < weights.length; i += 1) weights[i] = (weights[i] ?? 0) - RATE * (gradient[i] ?? 0);
  }
  const round = (value: number): number => Math.round(value * 1000) / 1000;
  return { bias: round(bias), weights: Object.fromEntries(names.map((name, i) => [name, round(weights[i] ?? 0)])) };
}
