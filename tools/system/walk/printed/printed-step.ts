import { join } from 'node:path';
import { runCommand } from '../commands.ts';
import type { Emulator } from '../emulator/emulator.ts';
import { alarmCommands } from './alarm-commands.ts';
import { awsCliFolder } from './aws-cli.ts';
import { printedCommands } from './documents.ts';
import { runPrinted } from './run-printed.ts';
import { Scene } from './scene.ts';

export interface PrintedStep {
  readonly folder: string;
  readonly checkout: string;
  readonly emulator: Emulator;
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
  readonly imageId: string;
  /** Lines that the walk ran already. */
  readonly known: readonly string[];
}

const STACK_FOLDER = 'packages/infra-terraform-cdktf/cdktf.out/stacks/slipstream-dev';
/** What the walk adds to a command, so that it neither asks nor waits for what is not there. */
const ADDED = / --(auto-approve|(targets|watch|wait) \S+)/g;

/** Every command of an alarm, RUNBOOK, RESTORE, README and docs/deploy.md that wants a deployed stack, as printed. */
export async function runPrintedCommands(step: PrintedStep): Promise<void> {
  const { folder, checkout, emulator, logFile } = step;
  const awsFolder = awsCliFolder(folder);
  const env: NodeJS.ProcessEnv = {
    ...step.env,
    PATH: `${awsFolder ? `${awsFolder}:` : ''}${step.env.PATH}`,
    AWS_PAGER: '',
  };
  const shell = async (line: string, cwd = '.') => {
    const { code, text } = await runCommand(line, { cwd: join(checkout, cwd), env, logFile, secondsMax: 240 });
    if (code !== 0) throw new Error(`${line}: ${text.slice(-1_500)}`);
    return text;
  };
  const terraform = (args: string) => shell(`terraform ${args} -no-color`, STACK_FOLDER);
  const tableAddress = /^aws_dynamodb_table\.\S+$/m.exec(await terraform('state list'))?.[0] ?? '';
  const scene = new Scene({
    endpoint: emulator.url,
    checkout,
    home: env.HOME ?? folder,
    imageId: step.imageId,
    liveVersion: await emulator.liveVersion('slipstream-dev-validate-receipt'),
    tableAddress,
    log: emulator.log,
    shell,
    terraform,
  });
  const known = new Set(step.known.map((line) => line.replaceAll(ADDED, '')));
  try {
    const printed = [
      ...(await alarmCommands(emulator.url, 'us-east-1', 'slipstream-dev')),
      ...printedCommands(checkout),
    ];
    // Nobody is signed in after it.
    const isLast = ({ command }: { readonly command: string }) => command.startsWith('slipstream logout');
    const faults = await runPrinted([...printed.filter((one) => !isLast(one)), ...printed.filter(isLast)], {
      placeholders: await scene.prepare(),
      checkout,
      env,
      logFile,
      isKnown: (line) => known.has(line.replaceAll(ADDED, '')),
      lacks: (line) => (line.startsWith('aws ') && awsFolder === null ? 'no AWS CLI 2 is installed' : null),
      before: (line) => scene.before(line),
      after: (line) => scene.after(line),
    });
    if (faults.length > 0) throw new Error(`${faults.length} printed commands went wrong:\n\n${faults.join('\n\n')}`);
  } finally {
    scene.close();
  }
}
