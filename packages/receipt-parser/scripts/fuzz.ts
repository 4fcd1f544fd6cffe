/**
 * Parses documents that pass the schema and are made to be awkward. Nothing may throw, every receipt must pass its own
 * schema, and no document may take long.
 *
 *   npm run fuzz [-- --cases 100000 --seed 1]
 */
import { parseArgs } from 'node:util';
import { fuzzCase } from './fuzz/fuzz-case.ts';

const { values } = parseArgs({
  options: { cases: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
});
const cases = Number(values.cases);
const failures: string[] = [];
let slowest = { seed: 0, ms: 0 };
for (let i = 0; i < cases; i += 1) {
  const seed = Number(values.seed) * 1_000_000 + i;
  const started = performance.now();
  const failure = fuzzCase(seed);
  const ms = performance.now() - started;
  if (ms > slowest.ms) slowest = { seed, ms };
  if (failure !== null) failures.push(`case ${seed}: ${failure}`);
}
console.log(
  `${cases} documents, ${failures.length} failures; slowest ${slowest.ms.toFixed(1)} ms (case ${slowest.seed})`,
);
for (const failure of failures.slice(0, 20)) console.log(failure);
process.exitCode = failures.length > 0 ? 1 : 0;
