import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { AGENT_GRANTS } from '../src/agent/agent-grants.ts';
import type { Grant } from '../src/functions/grants.ts';

const NEEDS = new URL('../../../apps/ocr-agent/needs.json', import.meta.url);
const needsSchema = z.object({ aws: z.array(z.object({ actions: z.array(z.string()), resource: z.string() })) });

test('the agent is granted what it needs, and nothing else', () => {
  const { aws } = needsSchema.parse(JSON.parse(readFileSync(NEEDS, 'utf8')));
  const flat = (grants: readonly (Pick<Grant, 'actions'> & { readonly resource: string })[]) =>
    grants.flatMap(({ actions, resource }) => actions.map((action) => `${action} on ${resource}`)).toSorted();
  expect(flat(AGENT_GRANTS)).toEqual(flat(aws));
});
