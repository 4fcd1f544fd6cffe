#!/usr/bin/env node
import { AGENT_VERSION } from '@slipstream/ocr';
import { addSettings, commandSettings, PRIVATE_UMASK } from '@slipstream/runtime';
import { EXIT_FAILED, printError, runProgram } from '@slipstream/terminal';
import { Command } from 'commander';
import { readFiles, workOffQueue } from './program/default-command.ts';
import { doctorVerb } from './program/doctor-verb.ts';
import { logsVerb } from './program/logs-verb.ts';
import { runDir } from './program/run-dir.ts';
import { SERVICE_VERBS, serviceOf, serviceVerb } from './program/service-verbs.ts';
import { showStatus } from './program/status-verb.ts';
import { AGENT_SETTINGS } from './settings/agent-settings.ts';

// What it makes, other users of this machine can neither list nor read.
process.umask(PRIVATE_UMASK);

/** Calls that nobody waits for any more, to a network that does not answer, keep the process no longer than this. */
const LINGER_MS_MAX = 2_000;

const program = new Command('receipt-ocr')
  .description('Reads receipts: works off the OCR queue, or reads the images that it is given.')
  .version(AGENT_VERSION)
  .argument('[images...]', 'Images to read, or folders of them; without any, the queue is worked off')
  .option('--json', 'Print JSON')
  .option('--log-dir <dir>', 'Write the log to rotated files there instead of standard error')
  .enablePositionalOptions()
  .addHelpText(
    'after',
    `
Examples:
  $ receipt-ocr receipt.jpg --json
  $ receipt-ocr --data ~/.slipstream --continuous
  $ receipt-ocr --ocr-job-queue-url https://sqs…/ocr-queue --ocr-results-queue-url https://sqs…/ocr-results-queue \\
      --dynamo-table-name ReceiptsTable --region us-east-1 --continuous
  $ receipt-ocr install --outputs outputs.json --profile slipstream`,
  );
addSettings(program, AGENT_SETTINGS);
program.action((images: string[]) =>
  run(program, async () => {
    const { json, logDir } = program.opts();
    const settings = commandSettings(program, AGENT_SETTINGS);
    if (images.length > 0) return readFiles(images, settings, json === true);
    return workOffQueue(settings, typeof logDir === 'string' ? logDir : null, json === true);
  }),
);

for (const verb of SERVICE_VERBS) {
  const command = addVerb(verb.name, verb.about, (self) => serviceVerb(verb, self));
  if (verb.takesSettings) addSettings(command, AGENT_SETTINGS);
}
addVerb('status', 'Say what the service and the running agents do', (command) => {
  const service = serviceOf(command);
  return showStatus(service.report(), [runDir(), service.layout.runDir], command.opts().json === true);
});
addVerb('logs', 'Show the service’s log', logsVerb).option('-f, --follow', 'Go on with what is written');
addSettings(addVerb('doctor', 'Check what usually goes wrong, each with its fix', doctorVerb), AGENT_SETTINGS);

await runProgram(program);

function addVerb(name: string, about: string, act: (command: Command) => Promise<number>): Command {
  const command = program.command(name).description(about).option('--json', 'Print JSON');
  command.option('--system', 'For a machine without a logged-in user (with sudo)');
  return command.action(() => run(command, () => act(command)));
}

/** Errors go to standard error with what mends them; the exit code says the same. */
async function run(command: Command, act: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await act();
  } catch (error) {
    printError(error, command.opts().json === true);
    process.exitCode = EXIT_FAILED;
  }
  setTimeout(() => process.exit(), LINGER_MS_MAX).unref();
}
