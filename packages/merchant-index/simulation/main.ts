// Two compactors, a reader, redelivered and reordered messages, re-reads, removals, freezes and crashes at every step, on
// the real LanceDB: exhaustively for two compactors of which one freezes once, then by seed. Then the same check on
// compactors that are built wrong, each of which it has to catch.
//   npm run simulate:index -- [--seeds 300] [--from 1] [--short] [--json]
import { parseArgs } from 'node:util';
import { exploreAll } from './interleave.ts';
import { randomRun } from './random-run.ts';
import { SCENARIOS } from './scenarios.ts';
import { type Caught, catchVariant, VARIANTS } from './variants.ts';

const RANDOM_STEPS = 120;
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '300' },
    from: { type: 'string', default: '1' },
    short: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const stride = values.short ? 3 : 1;
const seeds = values.short ? 10 : Number(values.seeds);
const from = Number(values.from);
const say = (line: string) => {
  if (!values.json) console.log(line);
};

const faults: string[] = [];
const explored: { scenario: string; interleavings: number }[] = [];
for (const scenario of SCENARIOS) {
  const { interleavings, failure } = await exploreAll(scenario, {}, stride);
  explored.push({ scenario: scenario.name, interleavings });
  say(`${failure ? 'WRONG' : 'right'}  ${String(interleavings).padStart(4)} interleavings  ${scenario.name}`);
  if (failure) faults.push(`${scenario.name} ${JSON.stringify(failure.schedule)}: ${said(failure.error)}`);
}
let right = 0;
for (let seed = from; seed < from + seeds; seed += 1) {
  try {
    await randomRun(seed, RANDOM_STEPS);
    right += 1;
  } catch (error) {
    faults.push(said(error));
  }
}
say(`${right === seeds ? 'right' : 'WRONG'}  ${String(right).padStart(4)} lives by seed, from ${from} on`);
const caught: Caught[] = [];
for (const variant of VARIANTS) {
  // Some show in one interleaving of hundreds: none may be left out.
  const result = await catchVariant(variant);
  caught.push(result);
  say(
    `${result.by ? 'caught' : 'MISSED'}  ${result.name}\n          ${result.by ?? `in ${result.interleavings} interleavings`}`,
  );
  if (result.by === null) faults.push(`not caught: ${result.name}`);
}
if (values.json) console.log(JSON.stringify({ explored, seeds: { from, seeds, right }, caught, faults }, null, 2));
else for (const fault of faults) console.log(fault);
process.exitCode = faults.length === 0 ? 0 : 1;

function said(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
