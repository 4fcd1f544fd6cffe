/** Below this there is nothing to tell two groups from one by. */
const DURATIONS_MIN = 8;
/** Durations that are fitted: of more, evenly spread quantiles. */
const FITTED_MAX = 1_000;
const ROUNDS_MAX = 200;
/** Of a group's logarithms: measured durations of one kind differ by 2 per cent at least. */
const SPREAD_MIN = 0.02;
const WEIGHT_MIN = 0.03;
/** "Strong" evidence for the second group [Kass and Raftery 1995, Bayes factors]. */
const BIC_GAIN_MIN = 6;
/** Ashman's D: above 2 two groups are separate [Ashman et al. 1994]; skewed single groups reach 3 in small sets. */
const SEPARATION_MIN = 3.5;
/** Of few durations a gap may be chance. */
const SMALL_SET = 20;
const SEPARATION_MIN_SMALL = 7;
/** Between the two the density has to fall to less than this part of the lower peak. */
const VALLEY_MAX = 0.3;
/** Centres that are closer are one kind of request. */
const RATIO_MIN = 2;

interface Group {
  readonly weight: number;
  readonly mean: number;
  readonly spread: number;
}

/**
 * Centres, in ms, of the two groups that durations fall into; null: one group, or too few to tell. A mixture of two
 * normal distributions of the logarithms is fitted (expectation maximisation) and held against a single one by the
 * Bayesian information criterion; then the two have to be apart and to have a valley between them.
 */
export function twoHumps(durations: readonly number[]): readonly [number, number] | null {
  const logs = thinned(durations.filter((each) => each > 0).map(Math.log));
  if (logs.length < DURATIONS_MIN) return null;
  const one = groupOf(logs, logs.length);
  const two = fitTwo(logs);
  if (two === null) return null;
  const [low, high] = two;
  // A mixture of two has three parameters more than one.
  const gain = 2 * (likelihood(logs, two) - likelihood(logs, [one])) - 3 * Math.log(logs.length);
  const members = Math.min(low.weight, high.weight) * logs.length;
  const separation = (Math.SQRT2 * (high.mean - low.mean)) / Math.hypot(low.spread, high.spread);
  const isTwo =
    gain > BIC_GAIN_MIN &&
    members >= 1.5 &&
    Math.min(low.weight, high.weight) >= WEIGHT_MIN &&
    high.mean - low.mean >= Math.log(RATIO_MIN) &&
    separation > (logs.length < SMALL_SET ? SEPARATION_MIN_SMALL : SEPARATION_MIN) &&
    valley(two) < VALLEY_MAX;
  return isTwo ? [Math.round(Math.exp(low.mean)), Math.round(Math.exp(high.mean))] : null;
}

function thinned(logs: readonly number[]): number[] {
  const sorted = logs.toSorted((a, b) => a - b);
  if (sorted.length <= FITTED_MAX) return sorted;
  return Array.from(
    { length: FITTED_MAX },
    (_, at) => sorted[Math.floor(((at + 0.5) * sorted.length) / FITTED_MAX)] ?? 0,
  );
}

type Pair = readonly [low: Group, high: Group];

function fitTwo(sorted: readonly number[]): Pair | null {
  const cut = bestCut(sorted);
  let pair: Pair = [groupOf(sorted.slice(0, cut), sorted.length), groupOf(sorted.slice(cut), sorted.length)];
  let before = Number.NEGATIVE_INFINITY;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const shares = sorted.map((each) => {
      const [a, b] = [density(each, pair[0]), density(each, pair[1])];
      return a + b > 0 ? a / (a + b) : each <= (pair[0].mean + pair[1].mean) / 2 ? 1 : 0;
    });
    pair = [
      weighted(sorted, shares),
      weighted(
        sorted,
        shares.map((share) => 1 - share),
      ),
    ];
    if (pair.some(({ weight, mean }) => weight <= 0 || Number.isNaN(mean))) return null;
    const now = likelihood(sorted, pair);
    if (now - before < 1e-6) break;
    before = now;
  }
  return pair[0].mean <= pair[1].mean ? pair : [pair[1], pair[0]];
}

/** Otsu's cut, to start from: the one between whose sides the variance is greatest. */
function bestCut(sorted: readonly number[]): number {
  const total = sorted.reduce((sum, each) => sum + each, 0);
  let [best, cut, left] = [-1, 1, 0];
  for (let at = 1; at < sorted.length; at += 1) {
    left += sorted[at - 1] ?? 0;
    const between = at * (sorted.length - at) * (left / at - (total - left) / (sorted.length - at)) ** 2;
    if (between > best) [best, cut] = [between, at];
  }
  return cut;
}

function groupOf(list: readonly number[], total: number): Group {
  return {
    ...weighted(
      list,
      list.map(() => 1),
    ),
    weight: list.length / total,
  };
}

function weighted(list: readonly number[], shares: readonly number[]): Group {
  const sum = shares.reduce((all, share) => all + share, 0);
  const mean = list.reduce((all, each, at) => all + each * (shares[at] ?? 0), 0) / sum;
  const variance = list.reduce((all, each, at) => all + (each - mean) ** 2 * (shares[at] ?? 0), 0) / sum;
  return { weight: sum / list.length, mean, spread: Math.max(SPREAD_MIN, Math.sqrt(variance)) };
}

function density(each: number, { weight, mean, spread }: Group): number {
  return (weight / (spread * Math.sqrt(2 * Math.PI))) * Math.exp(-((each - mean) ** 2) / (2 * spread ** 2));
}

function likelihood(list: readonly number[], groups: readonly Group[]): number {
  return list.reduce(
    (sum, each) =>
      sum +
      Math.log(
        Math.max(
          1e-300,
          groups.reduce((part, group) => part + density(each, group), 0),
        ),
      ),
    0,
  );
}

/** The lowest density between the centres, as a part of the lower peak. */
function valley(pair: Pair): number {
  const [low, high] = pair;
  const at = (x: number) => density(x, low) + density(x, high);
  const lowest = Math.min(
    ...Array.from({ length: 41 }, (_, step) => at(low.mean + ((high.mean - low.mean) * step) / 40)),
  );
  return lowest / Math.min(at(low.mean), at(high.mean));
}
