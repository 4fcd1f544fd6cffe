import { commandSettings } from '@slipstream/runtime';
import { printJson, printLine } from '@slipstream/terminal';
import type { Command } from 'commander';
import { type Check, reportOf } from '../doctor/check.ts';
import { diagnose } from '../doctor/diagnose.ts';
import { AGENT_SETTINGS } from '../settings/agent-settings.ts';
import { askStatus } from '../status/ask-status.ts';
import { runDir } from './run-dir.ts';
import { serviceOf } from './service-verbs.ts';

const EXIT_FAILED = 1;
/** Verdict and name, before what was found. */
const INDENT = ' '.repeat(18);

/** Checks everything; fails when something does that has to be mended. */
export async function doctorVerb(command: Command): Promise<number> {
  const service = serviceOf(command);
  const runDirs = [...new Set([runDir(), service.layout.runDir])];
  const checks = await diagnose(commandSettings(command, AGENT_SETTINGS), {
    service: () => service.report(),
    running: async () => (await Promise.all(runDirs.map(askStatus))).flat().length,
  });
  if (command.opts().json === true) printJson({ ...reportOf(checks), checks });
  else checks.forEach(printCheck);
  return checks.some(({ verdict }) => verdict === 'failed') ? EXIT_FAILED : 0;
}

function printCheck({ what, verdict, found, fix }: Check): void {
  printLine(`${verdict.padEnd(7)}  ${what.padEnd(7)}  ${found}`);
  if (fix !== null) printLine(`${INDENT}→ ${fix}`);
}
