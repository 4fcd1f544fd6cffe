import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { explain } from '../../src/rules/explain.ts';
import { STORIES } from './stories.ts';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

test.each(STORIES.map((story) => [story.situation, story] as const))('%s', (_, { finds, cause, found }) => {
  const findings = found();
  if (finds === null) {
    expect(findings).toEqual([]);
    return;
  }
  const finding = findings.find(({ id }) => id === finds);
  expect(finding, findings.map(({ id }) => id).join()).toBeDefined();
  if (cause !== undefined) expect(finding?.causes).toContain(cause);
});

test('the README lists each of them, and nothing that no test runs', () => {
  const rows = STORIES.map(
    ({ situation, finds, cause, also = '' }) =>
      `| ${situation} | ${finds === null ? 'no finding' : `\`${finds}\``}${cause === undefined ? '' : ` (${cause})`} | ${also} |`,
  );
  const section = README.split('## The known stories')[1]?.split('\n## ')[0] ?? '';
  expect(section.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| situation'))).toEqual(rows);
});

test('what the stories refer to is explained', () => {
  for (const topic of STORIES.flatMap(({ also }) => [...(also ?? '').matchAll(/`explain ([\w-]+)`/g)]))
    expect(explain(topic[1] ?? '')).toContain('What holds');
});
