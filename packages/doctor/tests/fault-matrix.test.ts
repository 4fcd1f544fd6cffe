import { describe, expect, test } from 'vitest';
import { foreignBases, ownBases } from './matrix/bases.ts';
import { FAULTS } from './matrix/faults.ts';
import { breakInPairs, breakSingly, type Form, wrongErrors } from './matrix/run-matrix.ts';

/** The short form: `npm run doctor:matrix` takes more stacks and pairs, and writes what it finds. */
const SEED = Number(process.env.DOCTOR_SEED ?? 1);
const PAIRS = 200;
const FORMS: readonly Form[] = ['json', 'blocks', 'flat'];

const own = ownBases();
const foreign = foreignBases(170, SEED);

test(`no finding of severity error on ${own.length + foreign.length} healthy stacks`, () => {
  expect(own.length + foreign.length).toBeGreaterThanOrEqual(200);
  expect(wrongErrors([...own, ...foreign], 'json')).toEqual([]);
});

test.each(['blocks', 'flat'] as const)('no finding of severity error on healthy plans of HCL (%s)', (form) => {
  expect(wrongErrors(foreign.slice(0, 60), form)).toEqual([]);
});

describe.each(FORMS)('each fault by itself, as %s', (form) => {
  const bases = form === 'json' ? [...own, ...foreign.slice(0, 24)] : foreign.slice(0, 24);
  const faults = FAULTS.filter(
    (fault) => form === 'json' || (fault.hidden_in_plans !== true && fault.hidden_in_flat_plans !== true),
  );
  const tally = { runs: 0, first: 0 };

  test.each(faults.map((fault) => [`${fault.cause ?? fault.rule}: ${fault.name}`, fault] as const))(
    '%s',
    (_, fault) => {
      const { runs, first, missed } = breakSingly(fault, bases, form, SEED);
      if (form === 'json') expect(runs, 'stacks that this fault can break').toBeGreaterThan(0);
      tally.runs += runs;
      tally.first += first;
      expect(missed).toEqual([]);
    },
  );

  test('the right root stands first in at least 98 of 100', () => {
    expect(tally.first / tally.runs).toBeGreaterThanOrEqual(0.98);
  });
});

test(`both of two faults are found in at least 95 of 100 (${PAIRS} pairs)`, () => {
  const { pairs, missed } = breakInPairs([...own, ...foreign], 'json', PAIRS, SEED + 77);
  expect(pairs).toBe(PAIRS);
  expect(missed.length / pairs, missed.slice(0, 10).join('\n')).toBeLessThanOrEqual(0.05);
});
