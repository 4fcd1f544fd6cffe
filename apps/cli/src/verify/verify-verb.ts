import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readImageFile } from '@slipstream/runtime';
import { SlipstreamError, styled } from '@slipstream/shared';
import { colour, EXIT_FAILED, printJson, printLine, printNote, stopSignal, type Verb } from '@slipstream/terminal';
import { readStack } from '../remote/read-stack.ts';
import { integerOption } from '../verbs/receipt-filters.ts';
import { runVerification } from './run-verification.ts';
import { reportOf, type StepResult } from './step.ts';

const SETTINGS = ['stack', 'outputs', 'profile'] as const;
const INFRA = new URL('../../../../packages/infra-terraform-cdktf/', import.meta.url);
const SAMPLE = new URL('../../../../samples/us-diner.jpg', import.meta.url).pathname;
const WAIT_S_MAX = 3_600;
/** Behind a photograph's end: its bytes are new then, so that nothing of an earlier run is met. */
const NEW_BYTES = 16;

export const verifyVerb: Verb<(typeof SETTINGS)[number]> = {
  name: 'verify',
  summary: [
    'Verify a deployed stack: reach every target from the functions’ subnets; write, read and delete a marked record,',
    'object and message with each function’s role; upload a sample, wait until it is read and validated; clean up.',
    'Each role is assumed with your AWS credentials, so its trust policy has to name you: --as-operator does without,',
    'and verifies your own rights in their place. The sample goes through the API: sign in with slipstream login first.',
    'Exit code 0 only if every step passed.',
  ].join(' '),
  examples: ['npm run verify -- --env dev', 'npm run verify -- --env dev --as-operator --json'],
  options: [
    ['--env <name>', 'The environment: its stack is slipstream-<name>'],
    ['--targets <names>', 'Probe these only, with commas between (a network without a NAT reaches no public target)'],
    ['--as-operator', "Use your own credentials in place of each role's"],
    ['--sample <file>', 'The photograph that is uploaded', SAMPLE],
    ['--wait <seconds>', 'How long the sample may take', '300'],
  ],
  settings: SETTINGS,
  run: async ({ options, settings, json }) => {
    const { env, targets } = options;
    const name = typeof env === 'string' ? env : settings.stack;
    const stack = readStack({ stack: name, outputs: settings.outputs ?? deployedOutputs(name) });
    const interrupted = new AbortController();
    void stopSignal().then(() =>
      interrupted.abort(new SlipstreamError('ABORTED', 'It was interrupted; the other steps were not taken.')),
    );
    const file = String(options.sample);
    const namesNobody = stack.outputs.verify_operator_arns === '';
    if (namesNobody && options.asOperator !== true) {
      printNote(
        `${stack.name} lets no operator into its functions' roles (verify.operator_arns is empty): your own rights are verified in their place.`,
      );
    }
    const steps = runVerification({
      stack,
      profile: settings.profile,
      targets: typeof targets === 'string' ? targets.split(',') : [],
      sample: { file, bytes: Buffer.concat([await readImageFile(file), randomBytes(NEW_BYTES)]) },
      wait_ms: integerOption('--wait', options.wait, WAIT_S_MAX) * 1_000,
      asOperator: options.asOperator === true || namesNobody,
      signal: interrupted.signal,
    });
    const results: StepResult[] = [];
    for await (const result of steps) {
      results.push(result);
      if (!json) printStep(result);
    }
    const failed = results.filter(({ ok }) => !ok).length;
    if (json)
      printJson({
        stack: stack.name,
        ok: failed === 0,
        steps: results,
        ...reportOf(results, `npm run verify -- --env ${stack.name.replace(/^slipstream-/, '')}`),
      });
    else printLine(`${results.length - failed} of ${results.length} steps passed.`);
    return failed === 0 ? 0 : EXIT_FAILED;
  },
};

function printStep({ step, ok, detail, remedy, duration_ms }: StepResult): void {
  printLine(
    styled`${ok ? colour.green('ok    ') : colour.red('FAILED')}  ${step.padEnd(46)}  ${duration_ms} ms  ${detail}`,
  );
  if (remedy !== null) printLine(`        ${remedy}`);
}

/** The outputs that `npm run deploy -- --env <name>` left behind in this checkout; null where it has not run here. */
function deployedOutputs(env: string | null): string | null {
  if (env === null || !/^[a-z][a-z0-9]{1,11}$/.test(env)) return null;
  const file = fileURLToPath(new URL(`outputs.${env}.json`, INFRA));
  return existsSync(file) ? file : null;
}
