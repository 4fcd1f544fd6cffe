import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasMoto } from '@slipstream/testing/aws-server';
import { CANNOT } from './emulator/cannot.ts';
import { takeTheWalk } from './steps.ts';
import { findTools } from './tools.ts';

/**
 * npm run test:walk [-- --docs] [-- --keep]: the README's own commands, from the bootstrap to the last bucket's removal,
 * against an AWS-protocol emulator. Ends with 1 at the first step that goes otherwise than it should.
 */
const folder = mkdtempSync(join(tmpdir(), 'slipstream-walk-'));
const tools = findTools(folder, process.env);
const missing =
  typeof tools === 'string'
    ? tools
    : hasMoto('all')
      ? null
      : 'Python has no moto with all of its services (npm run moto:install -w @slipstream/testing -- --all).';

if (typeof tools === 'string' || missing !== null) {
  console.error(`SKIPPED test:walk: ${missing} Nothing of the way was walked.`);
} else {
  console.log('What the emulator cannot do, and what stands in its place:');
  for (const { what, reason, instead } of CANNOT) console.log(`  - ${what}: ${reason}; ${instead}.`);
  console.log(`\nEverything that is printed goes to ${join(folder, 'walk.log')}.\n`);
  try {
    await takeTheWalk({ folder, tools, writesDocs: process.argv.includes('--docs') });
    if (!process.argv.includes('--keep')) rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    console.error(`FAILED: ${error instanceof Error ? error.message : error}\nLook at ${join(folder, 'walk.log')}.`);
    process.exitCode = 1;
  }
}
