import { writeFile } from 'node:fs/promises';
import { SlipstreamError } from '@slipstream/shared';
import { Command } from 'commander';
import { leastPolicy } from '../collect/aws/least-policy.ts';
import { collectSynth } from '../collect/synth/collect-synth.ts';
import { diagnose, examine } from '../examine.ts';
import { findingsOfSteps, type LiveChecks, type StepResult } from '../live/live-step.ts';
import { addDeclaredNeeds } from '../needs/read-declared-needs.ts';
import { diffExaminations, printDifference } from '../report/diff-examinations.ts';
import { printHtml } from '../report/print-html.ts';
import { pathRows, printPaths } from '../report/print-paths.ts';
import { printReport } from '../report/print-report.ts';
import { explain } from '../rules/explain.ts';
import { readSnapshot } from '../snapshot/read-snapshot.ts';
import { redactSnapshot } from '../snapshot/redact.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

const EXIT_HEALTHY = 0;
const EXIT_FINDINGS = 1;
/** It could not look: bad input, no permission at all. */
export const EXIT_BLIND = 2;

interface DoctorOptions {
  readonly synth?: string;
  readonly snapshot?: string;
  readonly stack?: string;
  readonly needs?: string;
  readonly save?: string;
  readonly html?: string;
  readonly json?: boolean;
  readonly advice?: boolean;
  readonly function?: readonly string[];
  readonly vpc?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly probe?: boolean;
  readonly invoke?: readonly string[];
  readonly logs?: readonly string[];
  readonly flow?: boolean;
}

/**
 * `slipstream doctor`, and `slipstream-doctor` by itself. `liveChecks`: what a program that can sign in and upload checks
 * besides, with `--flow`.
 */
export function doctorCommand(name: string, program: string, liveChecks: LiveChecks | null = null): Command {
  const command = new Command(name)
    .description('Find why a function hangs, and what fixes it: what the code needs against what the network reaches')
    .enablePositionalOptions()
    .passThroughOptions(false)
    .addHelpText(
      'after',
      `\nExit code: 0 healthy, 1 findings, 2 could not look.\n\nExamples:\n  $ ${program} --synth packages/infra-terraform-cdktf/cdktf.out/stacks/slipstream-dev\n  $ terraform show -json plan.bin > plan.json && ${program} --synth plan.json\n  $ ${program} paths --synth plan.json\n  $ ${program} explain myths`,
    );
  source(command)
    .option('--save <file>', 'Write the snapshot, without secrets: it can be examined again with --snapshot')
    .option('--html <file>', 'Write one page that needs nothing else: the network drawn, the broken hops marked')
    .option('--advice', 'Print advice as well where nothing is wrong')
    .option('--logs <file...>', 'Exported logs: what they complain of is joined with what the network shows')
    .option('--probe', 'Call connectivity-probe from inside the network, and ask NAT instances (Systems Manager)')
    .option('--invoke <name...>', 'Send these functions the empty batch, and see whether they get through it')
    .action(run((options) => report(options, liveChecks)));
  if (liveChecks !== null)
    command.option(
      '--flow',
      "With --stack: verify's steps as well: each queue, each role's rights on a marked record, object and message, and a sample followed to its end",
    );
  source(
    command.command('paths').description('Each function and destination: way, endpoint, monthly cost, status'),
  ).action(
    run(async (options) => {
      const examination = examine(await collect(options));
      const rows = pathRows(examination);
      print(options.json ? json(rows) : printPaths(rows));
      return rows.some(({ status }) => status === 'broken' || status === 'some subnets') ? EXIT_FINDINGS : EXIT_HEALTHY;
    }),
  );
  command
    .command('diff')
    .description('What changes between two stacks, plans or snapshots; what changes reach first')
    .argument('<before>', 'A cdk.tf.json, the output of terraform show -json, or a snapshot')
    .argument('<after>', 'The same')
    .option('--json', 'Print JSON')
    .action(
      run(async (options, before, after) => {
        const [a, b] = [await open(String(before)), await open(String(after))];
        const difference = diffExaminations(examine(a), examine(b));
        print(options.json ? json(difference) : printDifference(difference));
        return difference.appeared.some(({ severity }) => severity !== 'advice') ||
          difference.reach.some(({ after: now }) => now.startsWith('broken'))
          ? EXIT_FINDINGS
          : EXIT_HEALTHY;
      }),
    );
  command
    .command('logs')
    .description('What a log says: a row a request, first-N-succeed against chance, hosts, stack traces')
    .argument('<files...>', 'Exported logs, plain or gzipped, or the output of aws logs tail')
    .option('--json', 'Print JSON')
    .action(
      run(async (options, files) => {
        const { analyseLogs } = await import('../logs/analyse-log.ts');
        const { printLog } = await import('../logs/print-log.ts');
        const analysis = await analyseLogs(Array.isArray(files) ? files.map(String) : [String(files)]);
        print(options.json ? json(analysis) : printLog(analysis));
        return analysis.findings.some(({ severity }) => severity !== 'advice') ? EXIT_FINDINGS : EXIT_HEALTHY;
      }),
    );
  command
    .command('policy')
    .description('Print the least IAM policy that it needs: reading, nothing else')
    .option('--probe', 'With what --probe and --invoke need besides')
    .action(
      run(async (options) => {
        print(json(leastPolicy(options.probe === true)));
        return EXIT_HEALTHY;
      }),
    );
  command
    .command('explain')
    .description('What a rule, a cause by its number, or a myth means; "rules", "causes" and "myths" list them')
    .argument('[topic]', 'Nothing: all three lists', '')
    .action(
      run(async (_, topic) => {
        print(explain(String(topic)));
        return EXIT_HEALTHY;
      }),
    );
  return command;
}

function source(command: Command): Command {
  return command
    .option(
      '--synth <path>',
      'What is about to be deployed: a cdk.tf.json or its folder, or the output of terraform show -json',
    )
    .option('--snapshot <file>', 'A snapshot that --save wrote')
    .option(
      '--stack <name>',
      'The deployed stack (slipstream-NAME-…); with --synth the one that is meant, where the folder has several',
    )
    .option('--function <name...>', 'Deployed functions, by name')
    .option('--vpc <id>', 'A VPC with all its functions')
    .option('--region <region>', 'Default: AWS_REGION')
    .option('--profile <name>', 'Profile of the AWS credentials')
    .option('--needs <folder>', "The functions' needs.json (the bundles of this checkout are found by themselves)")
    .option('--json', 'Print JSON');
}

type Action = (options: DoctorOptions, ...args: readonly unknown[]) => Promise<number>;

/** An error is one sentence on standard error, and exit code 2. */
function run(action: Action): (...args: unknown[]) => Promise<void> {
  return async (...args) => {
    const command = args.at(-1);
    const options: DoctorOptions = command instanceof Command ? command.optsWithGlobals() : {};
    try {
      process.exitCode = await action(options, ...args.slice(0, -2));
    } catch (thrown) {
      const { code, message } = SlipstreamError.from(thrown);
      process.stderr.write(
        options.json ? `${JSON.stringify({ error: { code, message } })}\n` : `error ${message} (${code})\n`,
      );
      process.exitCode = EXIT_BLIND;
    }
  };
}

async function report(options: DoctorOptions, liveChecks: LiveChecks | null): Promise<number> {
  const isLive = options.synth === undefined && options.snapshot === undefined;
  if (!isLive && (options.probe === true || options.invoke !== undefined))
    throw new SlipstreamError(
      'REQUEST_INVALID',
      '--probe and --invoke call what is deployed: name it with --stack, --function or --vpc.',
    );
  if (options.flow === true && (!isLive || options.stack === undefined))
    throw new SlipstreamError(
      'REQUEST_INVALID',
      '--flow follows a sample through a deployed stack: name it with --stack.',
    );
  const snapshot = await collect(options);
  if (options.flow === true && liveChecks !== null) await addFlow(snapshot, options, liveChecks);
  if (options.logs) await addLogs(snapshot, options.logs);
  if (options.save) await writeFile(options.save, json(redactSnapshot(snapshot)));
  const examination = examine(snapshot);
  const found = diagnose(examination);
  if (options.html) await writeFile(options.html, printHtml(found, examination));
  const { length: count } = snapshot.functions;
  const subject = `${count} ${count === 1 ? 'function' : 'functions'} of ${snapshot.source.name}`;
  print(
    options.json ? json(found) : printReport(found, { colour: isColoured(), advice: options.advice === true, subject }),
  );
  return found.healthy ? EXIT_HEALTHY : EXIT_FINDINGS;
}

async function collect(options: DoctorOptions): Promise<Snapshot> {
  if (options.snapshot) return readSnapshot(options.snapshot);
  const snapshot = options.synth
    ? await collectSynth(options.synth, options.stack ?? null)
    : await collectLive(options);
  await addDeclaredNeeds(snapshot, options.needs ?? null, ...(options.synth ? [options.synth] : []));
  return snapshot;
}

/** What failed of the live checks stands beside what the network shows. */
async function addFlow(snapshot: Snapshot, options: DoctorOptions, liveChecks: LiveChecks): Promise<void> {
  const stack = options.stack ?? '';
  const show = process.stderr.isTTY === true && options.json !== true;
  const steps: StepResult[] = [];
  for await (const result of liveChecks({ stack, profile: options.profile ?? null })) {
    steps.push(result);
    if (show) process.stderr.write(`\r\u001b[K${result.ok ? 'passed' : 'FAILED'} ${result.step}`);
  }
  if (show) process.stderr.write('\r\u001b[K');
  snapshot.measured.push(...findingsOfSteps(steps, `npm run verify -- --env ${stack}`));
}

/** Offline logs, each with the function that it is of. */
async function addLogs(snapshot: Snapshot, files: readonly string[]): Promise<void> {
  const { readRequests } = await import('../logs/requests.ts');
  const { logFacts } = await import('../logs/log-facts.ts');
  const { functionOfLog } = await import('../logs/function-of-log.ts');
  for (const file of files)
    snapshot.logs.push(logFacts(await readRequests([file]), file, await functionOfLog(file, snapshot)));
}

/** By read-only calls; what is called is shown while it lasts. */
async function collectLive(options: DoctorOptions): Promise<Snapshot> {
  const { collectAws } = await import('../collect/aws/collect-aws.ts');
  const isTerminal = process.stderr.isTTY === true && options.json !== true;
  try {
    return await collectAws({
      names: options.function ?? [],
      stack: options.stack ?? null,
      vpc: options.vpc ?? null,
      region: options.region ?? null,
      profile: options.profile ?? null,
      probe: options.probe === true,
      invoke: options.invoke ?? [],
      progress: (what) => {
        if (isTerminal) process.stderr.write(`\r\u001b[Kcollecting ${what}`);
      },
    });
  } finally {
    if (isTerminal) process.stderr.write('\r\u001b[K');
  }
}

/** A snapshot or a stack's file, whichever it is. */
async function open(path: string): Promise<Snapshot> {
  try {
    return await readSnapshot(path);
  } catch {
    return collect({ synth: path });
  }
}

function isColoured(): boolean {
  return process.stdout.isTTY === true && !process.env.NO_COLOR;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function print(text: string): void {
  process.stdout.write(text);
}
