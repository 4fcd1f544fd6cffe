import { describe, expect, test } from 'vitest';
import { type Base, foreignBases, ownBases } from './matrix/bases.ts';
import { FAULTS, type Fault } from './matrix/faults.ts';
import { brief, examineConfig, isFirst, isFound } from './matrix/judge.ts';
import { Random } from './matrix/random.ts';

const SEED = Number(process.env.DOCTOR_SEED ?? 1);
/** Of healthy stacks; singles and pairs take fewer, so that the suite ends in a minute. */
const FOREIGN = Number(process.env.DOCTOR_STACKS ?? 170);
const PAIRS = Number(process.env.DOCTOR_PAIRS ?? 400);

const own = ownBases();
const foreign = foreignBases(FOREIGN, SEED);
const all = [...own, ...foreign];

test(`no finding of severity error on ${all.length} healthy stacks`, () => {
  expect(all.length).toBeGreaterThanOrEqual(200);
  const wrong = all.flatMap(({ name, config, needs }) => {
    const errors = examineConfig(config, needs).findings.filter(({ severity }) => severity === 'error');
    return errors.length > 0 ? [`${name}: ${errors.map(({ id, message }) => `${id} ${message}`).join('; ')}`] : [];
  });
  expect(wrong).toEqual([]);
});

describe('each fault by itself', () => {
  const bases = [...own, ...foreign.slice(0, 40)];
  const tally = { runs: 0, first: 0 };

  test.each(FAULTS.map((fault) => [`${fault.cause ?? fault.rule}: ${fault.name}`, fault] as const))(
    '%s',
    (_, fault) => {
      const broken = bases.flatMap((base, at) => breakIt(base, [fault], SEED + at));
      expect(broken.length, 'stacks that this fault can break').toBeGreaterThan(0);
      const missed = broken
        .filter(({ report }) => !isFound(fault, report))
        .map(({ base, report }) => `${base.name}: ${brief(report)}`);
      tally.runs += broken.length;
      tally.first += broken.filter(({ report }) => isFirst(fault, report)).length;
      expect(missed).toEqual([]);
    },
  );

  test('the right root stands first in at least 98 of 100', () => {
    expect(tally.first / tally.runs).toBeGreaterThanOrEqual(0.98);
  });
});

test(`both of two faults are found in at least 95 of 100 (${PAIRS} pairs)`, () => {
  const random = new Random(SEED + 77);
  const missed: string[] = [];
  let pairs = 0;
  for (let tries = 0; pairs < PAIRS && tries < PAIRS * 20; tries += 1) {
    const [one, other] = [random.pick(FAULTS), random.pick(FAULTS)];
    if (one === other || excludesOther(one, other)) continue;
    const [broken] = breakIt(random.pick(all), [one, other], SEED + tries);
    if (!broken) continue;
    pairs += 1;
    const open = [one, other].filter((fault) => !isFound(fault, broken.report));
    if (open.length > 0)
      missed.push(
        `${one.name} + ${other.name}, not found: ${open.map(({ name }) => name).join(', ')} | ${brief(broken.report)}`,
      );
  }
  expect(pairs).toBe(PAIRS);
  expect(missed.length / pairs, missed.slice(0, 10).join('\n')).toBeLessThanOrEqual(0.05);
});

/** The second fault takes away what the first one broke: nothing of it is left to be found. */
function excludesOther(one: Fault, other: Fault): boolean {
  const takesNatAway = (fault: Fault) =>
    [1, 2, 10, 43].includes(fault.cause ?? 0) || /gateway stands in a private/.test(fault.name);
  const isBehindNat = (fault: Fault) => [1, 2, 10, 11, 12, 13, 14, 33, 36, 37, 43].includes(fault.cause ?? 0);
  const leavesVpc = (fault: Fault) => fault.cause === 9;
  const noNames = (fault: Fault) => fault.cause === 38;
  const isEndpoint = (fault: Fault) => [4, 6, 19, 20, 40, 22].includes(fault.cause ?? 0);
  const pairs: readonly (readonly [(fault: Fault) => boolean, (fault: Fault) => boolean])[] = [
    [takesNatAway, isBehindNat],
    [leavesVpc, () => true],
    // Where no name resolves, no packet is sent that anything could drop.
    [noNames, (fault) => fault.cause !== null && ![5, 7, 26, 27, 30, 32, 41, 44, 9].includes(fault.cause)],
    [(fault) => [4, 19].includes(fault.cause ?? 0), isEndpoint],
    [(fault) => [3].includes(fault.cause ?? 0), (fault) => [3, 34, 35].includes(fault.cause ?? 0)],
    [(fault) => fault.cause === 41, (fault) => fault.cause === 41],
    [(fault) => [17, 18].includes(fault.cause ?? 0), (fault) => [17, 18].includes(fault.cause ?? 0)],
    [(fault) => fault.cause === 21, (fault) => fault.cause === 21],
    [(fault) => fault.cause === 29, (fault) => [4, 19, 23, 24].includes(fault.cause ?? 0)],
    [(fault) => /cache's group/.test(fault.name), (fault) => fault.cause === 44],
    [(fault) => fault.cause === 2, (fault) => [26, 40, 3, 36].includes(fault.cause ?? 0)],
  ];
  return pairs.some(([a, b]) => (a(one) && b(other)) || (a(other) && b(one)));
}

function breakIt(base: Base, faults: readonly Fault[], seed: number) {
  const config = base.config.copy();
  const random = new Random(seed);
  if (!faults.every((fault) => fault.apply(config, random))) return [];
  return [{ base, report: examineConfig(config, base.needs) }];
}
