import { writeFileSync } from 'node:fs';
import { foreignBases, ownBases } from '../tests/matrix/bases.ts';
import { FAULTS } from '../tests/matrix/faults.ts';
import { breakInPairs, breakSingly, type FaultTally, type Form, wrongErrors } from '../tests/matrix/run-matrix.ts';

/**
 * The fault matrix in full: `npm run doctor:matrix -- [--stacks N] [--pairs N] [--seed N] [--write FILE]`. Ends with 1
 * where one of its bounds is not met.
 */
const RECALL_MIN = 1;
const FIRST_MIN = 0.98;
const PAIRS_MIN = 0.95;
const HEALTHY_MIN = 200;

function option(name: string, usual: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? usual : Number(process.argv[at + 1]);
}

const seed = option('seed', 1);
const own = ownBases();
const foreign = foreignBases(option('stacks', 170), seed);
const all = [...own, ...foreign];
const wanted = option('pairs', 600);
const lines: string[] = [];
const faults: string[] = [];

function say(line = ''): void {
  lines.push(line);
  process.stdout.write(`${line}\n`);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}

const FORMS: readonly (readonly [form: Form, name: string])[] = [
  ['json', 'cdk.tf.json'],
  ['blocks', 'plan of HCL'],
  ['flat', 'plan of HCL, rules and routes unknown'],
];

say('# Fault matrix of the doctor');
say();
say(`\`npm run doctor:matrix -- --seed ${seed}\`: ${own.length} stacks of this project (instance, gateway and no NAT;`);
say(`endpoints on and off; two and three zones; an existing network) and ${foreign.length} of others, broken in`);
say(`${FAULTS.length} ways. What a plan of HCL does not say before it is applied is left out there.`);
say();
say('| stack as | healthy, with a false error | single faults | found | root first | pairs | both found |');
say('|---|---|---|---|---|---|---|');
const tallies = new Map<Form, FaultTally[]>();
for (const [form, name] of FORMS) {
  const bases = form === 'json' ? all : foreign;
  const wrong = wrongErrors(bases, form);
  faults.push(...wrong.map((each) => `${name}, healthy: ${each}`));
  const chosen = FAULTS.filter(
    (fault) =>
      form === 'json' || (fault.hidden_in_plans !== true && (form === 'blocks' || fault.hidden_in_flat_plans !== true)),
  );
  const singles = chosen.map((fault) => breakSingly(fault, bases, form, seed));
  tallies.set(form, singles);
  const sum = (of: (tally: FaultTally) => number) => singles.reduce((total, tally) => total + of(tally), 0);
  const [runs, found, first] = [sum((each) => each.runs), sum((each) => each.found), sum((each) => each.first)];
  const { pairs, missed } = breakInPairs(bases, form, wanted, seed + 77);
  say(
    `| ${name} | ${bases.length}, ${wrong.length} | ${runs} | ${share(found, runs).toFixed(4)} | ${share(first, runs).toFixed(4)} | ${pairs} | ${share(pairs - missed.length, pairs).toFixed(4)} |`,
  );
  if (share(found, runs) < RECALL_MIN) faults.push(`${name}: recall ${share(found, runs)}`);
  if (share(first, runs) < FIRST_MIN) faults.push(`${name}: root first ${share(first, runs)}`);
  if (share(pairs - missed.length, pairs) < PAIRS_MIN) faults.push(`${name}: pairs ${pairs - missed.length}/${pairs}`);
  faults.push(...singles.flatMap((tally) => tally.missed.slice(0, 2).map((each) => `${tally.fault.name}: ${each}`)));
}
if (all.length < HEALTHY_MIN) faults.push(`${all.length} healthy stacks are fewer than ${HEALTHY_MIN}`);
say();
say('| cause or rule | fault | stacks | found | first | in plans |');
say('|---|---|---|---|---|---|');
for (const { fault, runs, found, first } of tallies.get('json') ?? []) {
  const inPlan = tallies.get('blocks')?.find((each) => each.fault === fault);
  say(
    `| ${fault.cause ?? fault.rule} | ${fault.name} | ${runs} | ${found} | ${first} | ${inPlan ? `${inPlan.found} of ${inPlan.runs}` : 'not said'} |`,
  );
}
const target = process.argv.indexOf('--write');
if (target !== -1) writeFileSync(process.argv[target + 1] ?? '', `${lines.join('\n')}\n`);
for (const each of faults) process.stderr.write(`${each.slice(0, 600)}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
