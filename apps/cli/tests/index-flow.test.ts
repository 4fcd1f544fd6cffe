import { isDifferent } from '@slipstream/merchant-index';
import { expect, it } from 'vitest';
import { runIndexFlow } from '../bench/run-index-flow.ts';

/** The short form of `npm run bench:index-flow`. */
it('receipts through the whole flow: as many rows in the index as in the documents, nothing waiting', async () => {
  const { comparison, status } = await runIndexFlow(100);
  expect(comparison).toMatchObject({ receipts: 100, expected: 400, found: 400, unreadable: 0 });
  expect(isDifferent(comparison)).toBe(false);
  expect(status).toMatchObject({ pending: 0, failed: 0, published: { rows: 400 } });
}, 90_000);
