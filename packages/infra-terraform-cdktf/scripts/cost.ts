import { PRICED_REGIONS, pricesOf } from '@slipstream/shared';
import { costRows, dollars } from '../src/cost/cost-rows.ts';
import { scriptArguments } from '../src/operate/arguments.ts';

/** npm run cost -- --env dev [--region eu-west-1] [--json]: what stands all month, what it is for, what can be left out. */
const { environment, has, text } = scriptArguments(
  'npm run cost -- --env dev [--region <region>] [--json]',
  ['json'],
  ['region'],
);
const INDENT = ' '.repeat(12);
const region = text('region') ?? environment.region;
const prices = pricesOf(region);
if (!prices) {
  console.error(`No prices are known for ${region}. Known: ${PRICED_REGIONS.join(', ')}.`);
  process.exit(1);
}
const rows = costRows(environment, prices);
const total = rows.reduce((sum, row) => sum + (row.usd_month ?? 0), 0);

if (has('json')) {
  console.log(
    JSON.stringify({ environment: environment.name, region, rows, total_usd_month: Number(total.toFixed(2)) }, null, 2),
  );
} else {
  console.log(`slipstream-${environment.name}, ${region}: US dollars a month before the first receipt\n`);
  for (const { part, usd_month, what_for, advice } of rows) {
    console.log(`${(usd_month === null ? 'by use' : dollars(usd_month)).padStart(8)}  ${part}`);
    for (const text of [what_for, advice ?? '']) for (const line of wrapped(text)) console.log(`${INDENT}${line}`);
  }
  console.log(`${dollars(total).padStart(8)}  in all`);
  console.log('\nList prices as known in 2026; before you rely on one: https://calculator.aws');
}

/** Lines of a text that fit 80 columns behind the amounts. */
function wrapped(text: string): string[] {
  return text.match(new RegExp(`\\S.{0,${79 - INDENT.length}}(?=\\s|$)`, 'g')) ?? [];
}
