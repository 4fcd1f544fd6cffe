import { reportOf, type StepResult } from '@slipstream/doctor';
import { styled } from '@slipstream/shared';
import { colour, EXIT_FAILED, printJson, printLine, printNote, type Verb } from '@slipstream/terminal';
import { readStack } from '../remote/read-stack.ts';
import { integerOption } from '../verbs/receipt-filters.ts';
import { checkStack, deployedOutputs, namesNobody, SAMPLE, WAIT_S } from './live-checks.ts';
import { probedTargets } from './probe-steps.ts';

const SETTINGS = ['stack', 'outputs', 'profile'] as const;
const WAIT_S_MAX = 3_600;

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
    ['--targets <names>', 'Probe these only, with commas between; without it, all that the stack’s network can reach'],
    ['--as-operator', "Use your own credentials in place of each role's"],
    ['--sample <file>', 'The photograph that is uploaded', SAMPLE],
    ['--wait <seconds>', 'How long the sample may take', String(WAIT_S)],
  ],
  settings: SETTINGS,
  run: async ({ options, settings, json }) => {
    const { env, targets } = options;
    const name = typeof env === 'string' ? env : settings.stack;
    const stack = readStack({ stack: name, outputs: settings.outputs ?? deployedOutputs(name) });
    if (namesNobody(stack) && options.asOperator !== true) {
      printNote(
        `${stack.name} lets no operator into its functions' roles (verify.operator_arns is empty): your own rights are verified in their place.`,
      );
    }
    const steps = checkStack({
      stack,
      profile: settings.profile,
      targets: probedTargets(targets, stack),
      sample: String(options.sample),
      wait_ms: integerOption('--wait', options.wait, WAIT_S_MAX) * 1_000,
      asOperator: options.asOperator === true,
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
