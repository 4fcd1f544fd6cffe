import { parseArgs } from 'node:util';
import { Random } from '@slipstream/testing';
import { killAgents } from './kill-agents.ts';

const USAGE = `Kills one of two agents again and again while they work on 1,000 jobs.

  npm run kill-test
  npm run kill-test -- --jobs 100 --seed 7 --json
`;
const LIMIT_MS = 900_000;
const LIFE_MS_MAX = 40;

const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(USAGE);
else process.exitCode = await main(Number(values.jobs), Number(values.seed));

async function main(jobs: number, seed: number): Promise<number> {
  const random = new Random(seed);
  const result = await killAgents({
    jobs,
    life_ms_max: LIFE_MS_MAX,
    kills_max: Number.POSITIVE_INFINITY,
    limit_ms: LIMIT_MS,
    random: () => random.next(),
  });
  if (values.json) console.log(JSON.stringify({ seed, ...result }, null, 2));
  else
    for (const [name, value] of Object.entries({ seed, ...result }))
      console.log(`${name.padEnd(18)} ${JSON.stringify(value)}`);
  const { publications, without_document, without_result, left_in_queue, dead } = result;
  const isWell = publications[1] === jobs && without_document + without_result + left_in_queue + dead === 0;
  return isWell ? 0 : 1;
}
