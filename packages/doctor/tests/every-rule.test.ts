import { beforeAll, expect, test } from 'vitest';
import { diagnose, examine } from '../src/examine.ts';
import { RULES } from '../src/rules/all-rules.ts';
import { CAUSES } from '../src/rules/causes.ts';
import { LIVE_FIXTURES } from './fixtures/live-fixtures.ts';
import { LOG_FIXTURES } from './fixtures/log-fixtures.ts';
import { foreignBases, ownBases } from './matrix/bases.ts';
import { FAULTS } from './matrix/faults.ts';
import { Random } from './matrix/random.ts';
import { look } from './matrix/run-matrix.ts';
import { STORIES } from './stories/stories.ts';

/** With a NAT and without one the same fault is another rule's. */
const STACKS_EACH = 8;
const rules = new Set<string>();
const causes = new Set<number>();

function note(
  findings: readonly { readonly id: string; readonly causes: readonly number[]; readonly hides?: readonly string[] }[],
): void {
  for (const each of findings) {
    rules.add(each.id);
    // A consequence stands behind its root.
    for (const hidden of each.hides ?? []) rules.add(hidden.split(':')[0] ?? '');
    for (const cause of each.causes) causes.add(cause);
  }
}

beforeAll(() => {
  const bases = [...foreignBases(40, 1), ...ownBases().slice(0, 12)];
  for (const fault of FAULTS) {
    let broken = 0;
    for (const base of bases) {
      const config = base.config.copy();
      if (!fault.apply(config, new Random(1))) continue;
      note(look(config, base, 'json').findings);
      broken += 1;
      if (broken === STACKS_EACH) break;
    }
  }
  for (const story of STORIES) note(story.found());
  for (const { findings } of LOG_FIXTURES) note(findings());
});

test.each(LIVE_FIXTURES.map((fixture) => [fixture.rule, fixture] as const))('%s: %#', (rule, { make, cause }) => {
  const { findings } = diagnose(examine(make()));
  note(findings);
  const finding = findings.find(({ id }) => id === rule);
  expect(finding, findings.map(({ id }) => id).join()).toBeDefined();
  if (cause !== undefined) expect(finding?.causes).toContain(cause);
});

test.each(LOG_FIXTURES.map((fixture) => [fixture.finds, fixture] as const))(
  '%s from a log',
  (id, { findings, cause }) => {
    const finding = findings().find((each) => each.id === id);
    expect(finding?.causes ?? []).toContain(cause);
  },
);

test('every rule has a fixture that breaks it, a page that it rests on, and an explanation', () => {
  expect(RULES.filter(({ id }) => !rules.has(id)).map(({ id }) => id)).toEqual([]);
  for (const { page, explanation } of RULES) {
    expect(page).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    expect(explanation.length).toBeGreaterThan(40);
  }
});

test('every one of the 44 causes is named by a fixture', () => {
  expect(CAUSES.map(({ number }) => number).filter((number) => !causes.has(number))).toEqual([]);
});
