import { expect, it } from 'vitest';
import { INDEX_ATTRIBUTES } from '../src/index.ts';

it('the index has room for its attributes: DynamoDB projects at most 20, each once, and its keys by itself', () => {
  expect(INDEX_ATTRIBUTES.length).toBeLessThanOrEqual(20);
  expect(new Set(INDEX_ATTRIBUTES).size).toBe(INDEX_ATTRIBUTES.length);
  for (const key of ['pk', 'sk', 'gsi1pk', 'gsi1sk']) expect(INDEX_ATTRIBUTES).not.toContain(key);
});
