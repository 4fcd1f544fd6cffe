/**
 * Regression trees whose outputs are added up, as stored: for each tree its nodes as triples in one list. A split is
 * `[feature, threshold, left]`, where `left` is the number of the node for values up to the threshold and the next one
 * is for those above; a leaf is `[-1, value, 0]`.
 */
export interface StoredTrees {
  /** What the inputs are, in order: a model is used only with the features that it was trained on. */
  readonly features: readonly string[];
  readonly trees: readonly (readonly number[])[];
}

/** The trees laid out for speed: plain typed arrays, one node after the other. */
export class BoostedTrees {
  readonly #roots: Int32Array;
  readonly #feature: Int16Array;
  readonly #value: Float64Array;
  readonly #left: Int32Array;

  /** Throws where the stored features are not those that the caller computes. */
  constructor({ features, trees }: StoredTrees, computed: readonly string[]) {
    if (features.join() !== computed.join())
      throw new Error('The stored ranker was trained on other features than this program computes: train it again.');
    const nodes = trees.reduce((sum, tree) => sum + tree.length / 3, 0);
    this.#roots = new Int32Array(trees.length);
    this.#feature = new Int16Array(nodes);
    this.#value = new Float64Array(nodes);
    this.#left = new Int32Array(nodes);
    let at = 0;
    for (const [t, tree] of trees.entries()) {
      this.#roots[t] = at;
      for (let i = 0; i < tree.length; i += 3) {
        const node = at + i / 3;
        this.#feature[node] = tree[i] ?? -1;
        this.#value[node] = tree[i + 1] ?? 0;
        this.#left[node] = at + (tree[i + 2] ?? 0);
      }
      at += tree.length / 3;
    }
  }

  /** The sum of what every tree says of the inputs that begin at `from`. */
  score(inputs: Float64Array, from = 0): number {
    const roots = this.#roots;
    const features = this.#feature;
    const values = this.#value;
    const lefts = this.#left;
    let sum = 0;
    for (let t = 0; t < roots.length; t += 1) {
      let node = roots[t] ?? 0;
      let feature = features[node] ?? -1;
      while (feature >= 0) {
        // The node for values up to the threshold is followed by the one for those above.
        const above = (inputs[from + feature] ?? 0) > (values[node] ?? 0) ? 1 : 0;
        node = (lefts[node] ?? 0) + above;
        feature = features[node] ?? -1;
      }
      sum += values[node] ?? 0;
    }
    return sum;
  }
}
