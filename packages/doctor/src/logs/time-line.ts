import type { LogReading, RequestRow } from './requests.ts';
import { twoHumps } from './two-humps.ts';

const VERDICTS = [
  'healthy',
  'all-fail',
  'saturation',
  'random-loss',
  'slow-code',
  'cold-starts',
  'throttling',
  'open-handles',
  'init-timeout',
  'not-enough-evidence',
  'no-requests',
] as const;
export type LogVerdict = (typeof VERDICTS)[number];

export interface TimeLine {
  readonly verdict: LogVerdict;
  readonly sentence: string;
  readonly requests: number;
  readonly failed: number;
  /** Chance that so many of the late ones fail by accident; null: not tested. */
  readonly p_value: number | null;
  /** Centres of the two groups that the durations fall into; null: one group. */
  readonly humps_ms: readonly [number, number] | null;
}

/** A burst: requests that began together. */
const BURST_GAP_MS = 30_000;
const SIGNIFICANT = 0.01;
const PERMUTATIONS = 4_000;

/** What the requests' order and durations say. Small sets stay without a verdict rather than get a wrong one. */
export function judgeTimeLine(reading: LogReading): TimeLine {
  const rows = reading.rows
    .filter(({ outcome, duration_ms }) => outcome !== 'unknown' || duration_ms !== null)
    .toSorted((a, b) => (a.start_ms ?? 0) - (b.start_ms ?? 0));
  const isFailed = ({ outcome }: RequestRow) => outcome === 'timeout' || outcome === 'error';
  const failed = rows.filter(isFailed);
  const humps = twoHumps(rows.flatMap(({ duration_ms }) => duration_ms ?? []));
  const make = (verdict: LogVerdict, sentence: string, p: number | null = null): TimeLine => ({
    verdict,
    sentence,
    requests: rows.length + reading.more,
    failed: failed.length,
    p_value: p,
    humps_ms: humps,
  });
  if (reading.init_timeouts > 0 && reading.init_timeouts >= failed.length * 0.5)
    return make(
      'init-timeout',
      `Initialisation timed out ${reading.init_timeouts} times near 10 s: something outside the handler waits.`,
    );
  if (rows.length === 0)
    return make('no-requests', 'No request was found: START and REPORT lines, or platform records, are needed.');
  const timeouts = failed.filter(({ outcome }) => outcome === 'timeout');
  if (reading.throttles > 0 && reading.throttles >= Math.max(2, failed.length * 0.5))
    return make('throttling', `${reading.throttles} lines speak of throttling.`);
  const idle = timeouts.filter(({ said_done }) => said_done);
  if (
    timeouts.length >= 2 &&
    idle.length >= timeouts.length * 0.8 &&
    reading.connect_timeouts + reading.read_timeouts === 0
  )
    return make(
      'open-handles',
      `${idle.length} of ${timeouts.length} time-outs come after the work said that it was done: open handles keep the process alive.`,
    );
  if (failed.length === 0) return successes(rows, humps, make);
  if (failed.length === rows.length)
    return rows.length >= 3
      ? make('all-fail', `All ${rows.length} requests fail: a way is missing, it is no matter of load.`)
      : make('not-enough-evidence', `${rows.length} requests are too few to tell a pattern.`);
  const passed = rows.filter((row) => !isFailed(row));
  if (isSlow(passed, timeouts, reading.limit_s, humps))
    return make('slow-code', 'Durations grow into the limit without a gap: the work itself takes too long.');
  // One request at a time, far apart: no burst holds both kinds, the whole sequence may.
  const p = lateFailures(split(rows), isFailed) ?? lateFailures([rows], isFailed);
  if (p === null)
    return make(
      'not-enough-evidence',
      `${rows.length} requests with ${failed.length} failures cannot tell a pattern from chance.`,
    );
  if (p <= SIGNIFICANT)
    return make(
      'saturation',
      `The first ones pass and the last ones fail (p = ${p.toFixed(4)}): something on the way is full.`,
      p,
    );
  if (rows.length < 10 || failed.length < 2 || (p < 0.05 && rows.length < 30))
    return make(
      'not-enough-evidence',
      `p = ${p.toFixed(3)}: ${rows.length} requests with ${failed.length} failures cannot tell a pattern from chance.`,
      p,
    );
  return make(
    'random-loss',
    `Failures are scattered (p = ${p.toFixed(3)}): one path or one of several targets is broken, or packets are lost.`,
    p,
  );
}

function successes(
  rows: readonly RequestRow[],
  humps: readonly [number, number] | null,
  make: (verdict: LogVerdict, sentence: string) => TimeLine,
): TimeLine {
  const cold = rows.filter(({ init_ms }) => init_ms !== null);
  if (rows.length < 5)
    return make(rows.length < 3 ? 'not-enough-evidence' : 'healthy', `${rows.length} requests, none fails.`);
  if (humps !== null && cold.length > 0) {
    const cut = Math.sqrt(humps[0] * humps[1]);
    const slow = rows.filter(({ duration_ms }) => (duration_ms ?? 0) > cut);
    const both = slow.filter(({ init_ms }) => init_ms !== null);
    if (both.length >= slow.length * 0.7)
      return make('cold-starts', `${both.length} of ${slow.length} slow requests are first ones of an environment.`);
  }
  const inits = cold.map(({ init_ms }) => init_ms ?? 0);
  const warm = median(rows.map(({ duration_ms }) => duration_ms ?? 0));
  if (cold.length >= 2 && median(inits) > Math.max(1_000, 2 * warm))
    return make(
      'cold-starts',
      `Initialisation takes ${Math.round(median(inits))} ms at the median, a request ${Math.round(warm)} ms.`,
    );
  const durations = rows.flatMap(({ duration_ms }) => duration_ms ?? []);
  if (humps === null && median(durations) > 10_000)
    return make(
      'slow-code',
      `Requests take ${Math.round(median(durations) / 1_000)} s at the median, in one hump: the work itself is slow.`,
    );
  return make('healthy', `${rows.length} requests, none fails.`);
}

/** Successes fill the space up to the limit: no gap between what passes and what is cut off. */
function isSlow(
  passed: readonly RequestRow[],
  timeouts: readonly RequestRow[],
  limitS: number | null,
  humps: readonly [number, number] | null,
): boolean {
  const limit = limitS === null ? median(timeouts.map(({ duration_ms }) => duration_ms ?? 0)) : limitS * 1_000;
  const durations = passed.flatMap(({ duration_ms }) => duration_ms ?? []).toSorted((a, b) => a - b);
  if (timeouts.length === 0 || durations.length < 5 || limit <= 0) return false;
  const [p50, p90] = [quantile(durations, 0.5), quantile(durations, 0.9)];
  return p90 > 0.6 * limit && p50 > 0.25 * limit && (humps === null || humps[0] > 0.2 * limit);
}

/** One-sided permutation test, within bursts: do failures stand late? null: too few to ever be significant. */
function lateFailures(all: readonly (readonly RequestRow[])[], isFailed: (row: RequestRow) => boolean): number | null {
  const bursts = all.filter((burst) => burst.some(isFailed) && !burst.every(isFailed));
  const smallest = bursts.reduce((product, burst) => product * choose(burst.length, burst.filter(isFailed).length), 1);
  if (bursts.length === 0 || 1 / smallest > SIGNIFICANT) return null;
  const labels = bursts.map((burst) => burst.map((row) => (isFailed(row) ? 1 : 0)));
  const score = (each: readonly (readonly number[])[]) =>
    each.reduce(
      (sum, burst) =>
        sum + burst.reduce<number>((part, label, at) => part + label * (at / Math.max(1, burst.length - 1)), 0),
      0,
    );
  const seen = score(labels);
  let state = 0x9e3779b9;
  const random = () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) / 4_294_967_296;
  };
  let atLeast = 1;
  for (let run = 0; run < PERMUTATIONS; run += 1) {
    const shuffled = labels.map((burst) => shuffle(burst, random));
    if (score(shuffled) >= seen - 1e-9) atLeast += 1;
  }
  return atLeast / (PERMUTATIONS + 1);
}

function split(rows: readonly RequestRow[]): RequestRow[][] {
  const bursts: RequestRow[][] = [];
  let last: number | null = null;
  for (const row of rows) {
    const current = bursts.at(-1);
    if (!current || (row.start_ms !== null && last !== null && row.start_ms - last > BURST_GAP_MS)) bursts.push([row]);
    else current.push(row);
    last = row.start_ms ?? last;
  }
  return bursts;
}

function shuffle(list: readonly number[], random: () => number): number[] {
  const copy = [...list];
  for (let at = copy.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [copy[at], copy[other]] = [copy[other] ?? 0, copy[at] ?? 0];
  }
  return copy;
}

function choose(n: number, k: number): number {
  let value = 1;
  for (let at = 1; at <= Math.min(k, n - k); at += 1) value = Math.min(1e15, (value * (n - at + 1)) / at);
  return value;
}

function median(list: readonly number[]): number {
  return quantile(
    list.toSorted((a, b) => a - b),
    0.5,
  );
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}
