/**
 * How often a word is right whose letters' probabilities have this mean: the network is sure of itself far too early.
 * Measured on the words of 66 scanned receipts; straight lines between the points.
 */
const POINTS: readonly (readonly [raw: number, right: number])[] = [
  [0, 0.02],
  [0.5, 0.3],
  [0.8, 0.42],
  [0.9, 0.58],
  [0.95, 0.7],
  [0.98, 0.84],
  [0.99, 0.9],
  [0.995, 0.93],
  [0.999, 0.98],
  [1, 0.995],
];

/** How often all digits of a word are right, by the product of their probabilities; measured alike. */
const DIGIT_POINTS: readonly (readonly [product: number, right: number])[] = [
  [0, 0.02],
  [0.5, 0.4],
  [0.7, 0.52],
  [0.85, 0.7],
  [0.92, 0.75],
  [0.95, 0.86],
  [0.98, 0.9],
  [0.995, 0.96],
  [1, 0.995],
];

/** A calibrated probability that the digits of a word are right: one that is wrong makes it another figure. */
export function digitsRight(product: number): number {
  return interpolated(DIGIT_POINTS, product);
}

/** A calibrated probability that a word or line with this mean of its letters' probabilities is right. */
export function calibrated(raw: number): number {
  return interpolated(POINTS, raw);
}

function interpolated(points: readonly (readonly [raw: number, right: number])[], raw: number): number {
  const above = points.findIndex(([at]) => at >= raw);
  const [toRaw, toRight] = points[above] ?? [1, 0.995];
  const [fromRaw, fromRight] = points[above - 1] ?? [toRaw, toRight];
  return toRaw === fromRaw ? toRight : fromRight + ((toRight - fromRight) * (raw - fromRaw)) / (toRaw - fromRaw);
}
