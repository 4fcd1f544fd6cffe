import { parseArgs } from 'node:util';
import { simulate } from './simulate.ts';

const USAGE = `Runs workers with a trivial job through seeded crashes, sleep, stops and lost answers.

  npm run simulate -w @slipstream/queue-worker                          a thousand seeds
  npm run simulate -w @slipstream/queue-worker -- --seeds 500 --from 1  other seeds
  npm run simulate -w @slipstream/queue-worker -- --seeds 1 --from 4711 one seed again
`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(USAGE);
else {
  const [from, count] = [Number(values.from), Number(values.seeds)];
  for (let seed = from; seed < from + count; seed += 1) {
    const { violations } = await simulate(seed);
    if (violations.length === 0) continue;
    process.exitCode = 1;
    process.stdout.write(`seed ${seed}: ${violations.join('; ')}\n`);
  }
  process.stdout.write(`Ran ${count} seeds.\n`);
}
