/**
 * Runs the scenarios in a plain Node, without a test runner around them: the program that sanitizers watch.
 * usage: NODE_MAC_VISION_ADDON=… node exercise.ts JOBS
 */
import { inProcessScenarios } from '../tests/native/scenarios/index.ts';

const jobs = Number(process.argv[2]);
let failed = 0;
for (const { name, run } of inProcessScenarios({ jobs })) {
  try {
    await run();
  } catch (error) {
    failed++;
    console.log(`FAILED ${name}\n  ${error instanceof Error ? error.message : error}`);
  }
}
console.log(failed === 0 ? 'all scenarios hold' : `${failed} scenarios failed`);
process.exitCode = failed === 0 ? 0 : 1;
