import { expect, test } from 'vitest';
import { readAgentNeeds } from '../src/bundles/bundle-files.ts';
import { statementsOf, synthesised } from './support/synthesised.ts';

test('the agent may do what it needs, and nothing else', () => {
  const { aws } = readAgentNeeds();
  const statements = statementsOf(synthesised().one('aws_iam_policy', 'agent_').policy);
  expect(statements.filter(({ Sid }) => Sid?.startsWith('Agent')).map(({ Action }) => Action)).toEqual(
    aws.map(({ actions }) => actions),
  );
  expect(statements.filter(({ Sid }) => !Sid?.startsWith('Agent')).map(({ Sid }) => Sid)).toEqual(['Key']);
});
