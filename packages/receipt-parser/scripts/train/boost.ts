import type { StoredTrees } from '../../src/ranker/boosted-trees.ts';

/** The candidates of one receipt, of which one is right. */
export interface Group {
  readonly id: string;
  readonly inputs: readonly Float64Array[];
  readonly right: number;
  /** How much the receipt counts. */
  readonly weight: number;
}

export interface BoostOptions {
  readonly trees: number;
  readonly depth: number;
  readonly rate: number;
  /** Least sum of the second derivatives in a leaf, and the pull of its value towards zero. */
  readonly leaf_min: number;
  readonly ridge: number;
}

/** Values of a feature are told apart by so many borders at most. */
const BINS_MAX = 48;
/** Decimals that thresholds and leaves are kept with, while training too: the stored trees are the trained ones. */
const DIGITS = 1e6;

/**
 * Gradient-boosted trees that rank: within a group the scores' softmax is the chance of being right, and each tree
 * follows the gradient of the log-likelihood (with its second derivative, as in Friedman 2001 and XGBoost). The same
 * groups give the same trees bit for bit: everything is summed in the order given, nothing is drawn by chance.
 */
export function boost(groups: readonly Group[], features: readonly string[], options: BoostOptions): StoredTrees {
  const rows = groups.flatMap(({ inputs }) => inputs);
  const bins = features.map((_, f) => bordersOf(rows, f));
  const binned = features.map((_, f) => Uint8Array.from(rows, (row) => binOf(bins[f] ?? [], row[f] ?? 0)));
  const scores = new Float64Array(rows.length);
  const gradient = new Float64Array(rows.length);
  const curvature = new Float64Array(rows.length);
  const trees: number[][] = [];
  for (let t = 0; t < options.trees; t += 1) {
    derivatives(groups, scores, gradient, curvature);
    const tree = new TreeGrower(binned, bins, gradient, curvature, options).grow();
    trees.push(tree.nodes);
    for (let i = 0; i < rows.length; i += 1) scores[i] = (scores[i] ?? 0) + (tree.leaf_of[i] ?? 0);
  }
  return { features, trees };
}

function derivatives(
  groups: readonly Group[],
  scores: Float64Array,
  gradient: Float64Array,
  curvature: Float64Array,
): void {
  let at = 0;
  for (const { inputs, right, weight } of groups) {
    let highest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < inputs.length; i += 1) highest = Math.max(highest, scores[at + i] ?? 0);
    let sum = 0;
    for (let i = 0; i < inputs.length; i += 1) sum += Math.exp((scores[at + i] ?? 0) - highest);
    for (let i = 0; i < inputs.length; i += 1) {
      const share = Math.exp((scores[at + i] ?? 0) - highest) / sum;
      gradient[at + i] = weight * (share - Number(i === right));
      curvature[at + i] = weight * Math.max(share * (1 - share), 1e-6);
    }
    at += inputs.length;
  }
}

/** Borders between the values of a feature: all of them where they are few, else at even shares of the rows. */
function bordersOf(rows: readonly Float64Array[], feature: number): number[] {
  const sorted = Float64Array.from(rows, (row) => row[feature] ?? 0).sort();
  const distinct = [...new Set(sorted)];
  const halfway = (i: number): number => rounded(((distinct[i] ?? 0) + (distinct[i + 1] ?? 0)) / 2);
  if (distinct.length <= BINS_MAX) return distinct.slice(0, -1).map((_, i) => halfway(i));
  const borders = Array.from({ length: BINS_MAX - 1 }, (_, i) =>
    rounded(sorted[Math.floor(((i + 1) * sorted.length) / BINS_MAX)] ?? 0),
  );
  return [...new Set(borders)];
}

/** How many borders lie below the value. */
function binOf(borders: readonly number[], value: number): number {
  let bin = 0;
  while (bin < borders.length && value > (borders[bin] ?? 0)) bin += 1;
  return bin;
}

interface Split {
  readonly feature: number;
  readonly bin: number;
  readonly gain: number;
}

class TreeGrower {
  readonly nodes: number[] = [];
  /** What the tree says of each row. */
  readonly leaf_of: Float64Array;
  readonly #binned: readonly Uint8Array[];
  readonly #borders: readonly (readonly number[])[];
  readonly #gradient: Float64Array;
  readonly #curvature: Float64Array;
  readonly #options: BoostOptions;

  constructor(
    binned: readonly Uint8Array[],
    borders: readonly (readonly number[])[],
    gradient: Float64Array,
    curvature: Float64Array,
    options: BoostOptions,
  ) {
    this.#binned = binned;
    this.#borders = borders;
    this.#gradient = gradient;
    this.#curvature = curvature;
    this.#options = options;
    this.leaf_of = new Float64Array(gradient.length);
  }

  grow(): this {
    this.nodes.push(0, 0, 0);
    this.#fill(
      0,
      Int32Array.from(this.#gradient, (_, i) => i),
      this.#options.depth,
    );
    return this;
  }

  #fill(node: number, rows: Int32Array, depth: number): void {
    const split = depth === 0 ? null : this.#bestSplit(rows);
    if (split === null) {
      const value = this.#leafValue(rows);
      this.nodes.splice(3 * node, 3, -1, value, 0);
      for (const row of rows) this.leaf_of[row] = value;
      return;
    }
    const { feature, bin } = split;
    const column = this.#binned[feature] ?? new Uint8Array();
    const left = this.nodes.length / 3;
    this.nodes.push(0, 0, 0, 0, 0, 0);
    this.nodes.splice(3 * node, 3, feature, this.#borders[feature]?.[bin] ?? 0, left);
    this.#fill(
      left,
      rows.filter((row) => (column[row] ?? 0) <= bin),
      depth - 1,
    );
    this.#fill(
      left + 1,
      rows.filter((row) => (column[row] ?? 0) > bin),
      depth - 1,
    );
  }

  #leafValue(rows: Int32Array): number {
    let gradient = 0;
    let curvature = 0;
    for (const row of rows) {
      gradient += this.#gradient[row] ?? 0;
      curvature += this.#curvature[row] ?? 0;
    }
    return rounded((-this.#options.rate * gradient) / (curvature + this.#options.ridge));
  }

  /** The first of the best: features and bins are tried in order. */
  #bestSplit(rows: Int32Array): Split | null {
    const { leaf_min, ridge } = this.#options;
    let best: Split | null = null;
    const gradient = this.#gradient;
    const curvature = this.#curvature;
    const gradients = new Float64Array(BINS_MAX + 1);
    const curvatures = new Float64Array(BINS_MAX + 1);
    for (const [feature, column] of this.#binned.entries()) {
      const borders = this.#borders[feature]?.length ?? 0;
      if (borders === 0) continue;
      gradients.fill(0);
      curvatures.fill(0);
      for (let i = 0; i < rows.length; i += 1) {
        const row = rows[i] ?? 0;
        const bin = column[row] ?? 0;
        gradients[bin] = (gradients[bin] ?? 0) + (gradient[row] ?? 0);
        curvatures[bin] = (curvatures[bin] ?? 0) + (curvature[row] ?? 0);
      }
      let all_gradient = 0;
      let all_curvature = 0;
      for (let bin = 0; bin <= borders; bin += 1) {
        all_gradient += gradients[bin] ?? 0;
        all_curvature += curvatures[bin] ?? 0;
      }
      let left_gradient = 0;
      let left_curvature = 0;
      const whole = all_gradient ** 2 / (all_curvature + ridge);
      for (let bin = 0; bin < borders; bin += 1) {
        left_gradient += gradients[bin] ?? 0;
        left_curvature += curvatures[bin] ?? 0;
        const right_curvature = all_curvature - left_curvature;
        if (left_curvature < leaf_min || right_curvature < leaf_min) continue;
        const gain =
          left_gradient ** 2 / (left_curvature + ridge) +
          (all_gradient - left_gradient) ** 2 / (right_curvature + ridge) -
          whole;
        if (gain > (best?.gain ?? 1e-9)) best = { feature, bin, gain };
      }
    }
    return best;
  }
}

function rounded(value: number): number {
  return Math.round(value * DIGITS) / DIGITS;
}
