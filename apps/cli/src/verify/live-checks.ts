import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LiveChoice, StepResult } from '@slipstream/doctor';
import { readImageFile } from '@slipstream/runtime';
import { SlipstreamError } from '@slipstream/shared';
import { stopSignal } from '@slipstream/terminal';
import type { DeployedStack } from '../remote/deployed-stack.ts';
import { readStack } from '../remote/read-stack.ts';
import { probedTargets } from './probe-steps.ts';
import { runVerification } from './run-verification.ts';

const INFRA = new URL('../../../../packages/infra-terraform-cdktf/', import.meta.url);
export const SAMPLE = new URL('../../../../samples/us-diner.jpg', import.meta.url).pathname;
export const WAIT_S = 300;
/** Behind a photograph's end: its bytes are new then, so that nothing of an earlier run is met. */
const NEW_BYTES = 16;

interface CheckChoice {
  readonly stack: DeployedStack;
  readonly profile: string | null;
  readonly targets: readonly string[];
  readonly sample: string;
  readonly wait_ms: number;
  readonly asOperator: boolean;
}

/** Whether the stack lets no operator into its functions' roles: one's own rights are verified in their place. */
export function namesNobody({ outputs }: DeployedStack): boolean {
  return outputs.verify_operator_arns === '';
}

/** The steps of `slipstream verify`; Ctrl-C ends them, and what was made is removed. */
export async function* checkStack({ stack, profile, targets, sample, wait_ms, asOperator }: CheckChoice) {
  const interrupted = new AbortController();
  void stopSignal().then(() =>
    interrupted.abort(new SlipstreamError('ABORTED', 'It was interrupted; the other steps were not taken.')),
  );
  yield* runVerification({
    stack,
    profile,
    targets,
    sample: { file: sample, bytes: Buffer.concat([await readImageFile(sample), randomBytes(NEW_BYTES)]) },
    wait_ms,
    asOperator: asOperator || namesNobody(stack),
    signal: interrupted.signal,
  });
}

/** The same as `slipstream doctor --flow`, with what verify takes where nothing else is said. */
export async function* liveChecks({ stack: name, profile }: LiveChoice): AsyncGenerator<StepResult> {
  const stack = readStack({ stack: name, outputs: deployedOutputs(name) });
  const targets = probedTargets(undefined, stack);
  yield* checkStack({ stack, profile, targets, sample: SAMPLE, wait_ms: WAIT_S * 1_000, asOperator: false });
}

/** The outputs that `npm run deploy -- --env <name>` left behind in this checkout; null where it has not run here. */
export function deployedOutputs(env: string | null): string | null {
  if (env === null || !/^[a-z][a-z0-9]{1,11}$/.test(env)) return null;
  const file = fileURLToPath(new URL(`outputs.${env}.json`, INFRA));
  return existsSync(file) ? file : null;
}
