import { parseArgs } from 'node:util';
import { BROKEN_VARIANTS } from './broken-variants.ts';
import { catchVariant } from './catch-variant.ts';
import { simulate } from './simulate.ts';

const USAGE = `Runs the agent through thousands of simulated disasters.

  npm run simulate                          ten thousand seeds, then every broken variant
  npm run simulate -- --seeds 500 --from 1  other seeds
  npm run simulate -- --seed 4711           one seed again, with what went wrong
  npm run simulate -- --json
`;
/** Between two signs of life. */
const PROGRESS_SEEDS = 500;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(USAGE);
else process.exitCode = values.seed === undefined ? await runMany() : await runOne(Number(values.seed));

async function runOne(seed: number): Promise<number> {
  const result = await simulate(seed);
  console.log(JSON.stringify(result, null, 2));
  return result.violations.length === 0 ? 0 : 1;
}

async function runMany(): Promise<number> {
  const [from, count] = [Number(values.from), Number(values.seeds)];
  const failed: { seed: number; violation: string }[] = [];
  let hours = 0;
  for (let seed = from; seed < from + count; seed += 1) {
    const { violations, duration_ms } = await simulate(seed);
    hours += duration_ms / 3_600_000;
    if (violations[0] !== undefined) failed.push({ seed, violation: violations[0] });
    if ((seed - from + 1) % PROGRESS_SEEDS === 0) {
      process.stderr.write(`${seed - from + 1} of ${count} seeds, ${failed.length} failed …\n`);
    }
  }
  const variants = [];
  for (const variant of BROKEN_VARIANTS) variants.push({ name: variant.name, ...(await catchVariant(variant)) });
  const summary = { seeds: count, simulated_hours: Math.round(hours), failed, variants };
  if (values.json) console.log(JSON.stringify(summary, null, 2));
  else print(summary);
  return failed.length === 0 && variants.every(({ caught_by }) => caught_by !== null) ? 0 : 1;
}

interface Summary {
  readonly seeds: number;
  readonly simulated_hours: number;
  readonly failed: readonly { seed: number; violation: string }[];
  readonly variants: readonly { name: string; caught_by: number | null; violation: string | null }[];
}

function print({ seeds, simulated_hours, failed, variants }: Summary): void {
  console.log(`${seeds} seeds, ${simulated_hours} hours of virtual time: ${failed.length} failed`);
  for (const { seed, violation } of failed)
    console.log(`  seed ${seed}: ${violation}  (npm run simulate -- --seed ${seed})`);
  console.log('\nbroken variants, and the seed that catches each');
  for (const { name, caught_by, violation } of variants) {
    console.log(`  ${String(caught_by ?? 'NOT CAUGHT').padStart(10)}  ${name.padEnd(68)} ${violation ?? ''}`);
  }
}
