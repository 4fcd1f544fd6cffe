// 10,000 receipts through the whole embedded flow with compaction on: nothing lost, as many rows in the index as in the
// documents, and memory that does not grow. Prints a table; --json too; exits with 1 when a bar is missed.
//   npm run bench:index-flow -- [--receipts 10000] [--json]
import { parseArgs } from 'node:util';
import { isDifferent } from '@slipstream/merchant-index';
import { withSteadyMemory } from '../src/local/steady-memory.ts';
import { runIndexFlow } from './run-index-flow.ts';

// As `slipstream dev` begins.
withSteadyMemory();

/** The last quarter's memory against the second's: the first warms caches up. */
const GROWTH_MAX = 1.25;

const { values } = parseArgs({
  options: { receipts: { type: 'string', default: '10000' }, json: { type: 'boolean', default: false } },
});
const { receipts, seconds, status, comparison, rss_mb } = await runIndexFlow(Number(values.receipts));
const growth = (rss_mb[3] ?? 0) / (rss_mb[1] ?? 1);
const missed = [
  isDifferent(comparison) && 'the index is not what the documents say',
  comparison.receipts !== receipts && 'receipts are lost',
  status.published?.rows !== comparison.found && 'the published count is wrong',
  status.pending + status.failed > 0 && 'runs were not merged',
  growth > GROWTH_MAX && 'memory grows',
].filter((name) => name !== false);
const per_s = Number((receipts / seconds).toPrecision(3));
if (values.json)
  console.log(JSON.stringify({ receipts, seconds, per_s, status, comparison, rss_mb, growth, missed }, null, 2));
else {
  console.log(`${receipts} receipts     ${seconds.toFixed(1)} s, ${per_s} a second, until the last row was published`);
  console.log(`Rows                ${comparison.expected} in documents, ${comparison.found} in the index`);
  console.log(
    `Differences         missing ${comparison.missing}, extra ${comparison.extra}, different ${comparison.different}, duplicates ${comparison.duplicates}`,
  );
  console.log(`Runs                ${status.pending} waiting, ${status.failed} failed`);
  console.log(`Memory by quarter   ${rss_mb.join(', ')} MB; last ÷ second ${growth.toFixed(2)} (≤ ${GROWTH_MAX})`);
  for (const bar of missed) console.log(`missed: ${bar}`);
}
process.exitCode = missed.length === 0 ? 0 : 1;
